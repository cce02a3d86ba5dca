import { colour, type Token, tokens } from '../theme.ts'

/** Red, green and blue, each 0 to 1. */
type Colour = readonly [red: number, green: number, blue: number]

export function colourOf(hex: string): Colour {
  const part = (place: number) => Number.parseInt(hex.slice(place, place + 2), 16) / 255
  return [part(1), part(3), part(5)]
}

function luminance(parts: Colour): number {
  const [red, green, blue] = parts.map(part => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

/**
 * Contrast of two colours, 1 to 21; small text needs 4.5.
 *
 * @see WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 * @example contrast([0, 0, 0], [1, 1, 1]) // => 21
 */
export function contrast(a: Colour, b: Colour): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light! + 0.05) / (dark! + 0.05)
}

/** A cell as it looks on paper: its colour over that of the paper. 0 is light paper, 1 dark. */
function cellOn(paper: 0 | 1, fill: Token, opacity: number): Colour {
  const [over, under] = [colourOf(tokens[fill][paper]), colourOf(tokens.paper[paper])]
  const mixed = (n: 0 | 1 | 2) => opacity * over[n] + (1 - opacity) * under[n]
  return [mixed(0), mixed(1), mixed(2)]
}

/** What may be written in a cell: black or white, on each paper. Of the two one always has a contrast of 4.5. */
const inks = ['black', 'white', 'black_white', 'white_black'] as const satisfies readonly Token[]

/**
 * The ink for what is written in a cell: on light and on dark paper the one of black and white that stands out more.
 *
 * @param opacity - of the fill over the paper, 0 to 1
 */
export function inkTokenOn(fill: Token, opacity = 1): Token {
  const best = ([0, 1] as const).map(paper => {
    const cell = cellOn(paper, fill, opacity)
    return contrast(cell, [0, 0, 0]) >= contrast(cell, [1, 1, 1]) ? '#000000' : '#ffffff'
  })
  return inks.find(token => tokens[token].every((value, paper) => value === best[paper]))!
}

/** As `inkTokenOn`, as a colour of a chart. */
export function inkOn(fill: Token, opacity = 1): string {
  return colour(inkTokenOn(fill, opacity))
}

/** The contrast of that ink with its cell, on light and on dark paper. */
export function contrastIn(fill: Token, opacity: number): [light: number, dark: number] {
  const ink = tokens[inkTokenOn(fill, opacity)]
  return [contrast(cellOn(0, fill, opacity), colourOf(ink[0])), contrast(cellOn(1, fill, opacity), colourOf(ink[1]))]
}
