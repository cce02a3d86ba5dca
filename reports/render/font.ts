import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { builtFile } from '../../sim/built/built-file.ts'

/** The family of every picture: Source Sans 3 by Adobe, under the SIL Open Font License. */
export const pictureFont = 'Source Sans 3'

/** The weights that charts use. */
const weights = { 400: 'SourceSans3_400Regular', 600: 'SourceSans3_600SemiBold', 700: 'SourceSans3_700Bold' } as const
type Weight = keyof typeof weights

const fileOf = (name: string) => builtFile(`reports/fonts/${name}.ttf`)

/** Paths of the font files. */
export const fontFiles: readonly string[] = Object.values(weights).map(name => fileURLToPath(fileOf(name)))

/** What a font has, and the advances of its characters in units of which its size has `unitsPerEm`. */
interface Advances {
  readonly unitsPerEm: number
  has(codePoint: number): boolean
  of(codePoint: number): number
}

const known = new Map<Weight, Advances>()

/**
 * Width of a line of text in the font of pictures. Pairs are not kerned, so the true width is at most a little less.
 *
 * @param size - of the font, in pixels
 * @param weight - as in CSS; the nearest there is
 */
export function textWidth(text: string, size: number, weight: number | string = 400): number {
  const { unitsPerEm, of } = advancesOf(nearest(weight))
  let sum = 0
  for (const character of text) sum += of(character.codePointAt(0)!)
  return (sum * size) / unitsPerEm
}

/** Whether the font has every character of a text. */
export function covers(text: string): boolean {
  const { has } = advancesOf(400)
  return [...new Set(text)].every(character => character < ' ' || has(character.codePointAt(0)!))
}

function nearest(weight: number | string): Weight {
  const asked = weight === 'bold' ? 700 : Number(weight) || 400
  return asked < 500 ? 400 : asked < 650 ? 600 : 700
}

function advancesOf(weight: Weight): Advances {
  const held = known.get(weight)
  if (held) return held
  const bytes = readFileSync(fileOf(weights[weight]))
  const advances = readAdvances(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  known.set(weight, advances)
  return advances
}

/**
 * Reads what a TrueType file says of the width of each character.
 *
 * @see https://learn.microsoft.com/typography/opentype/spec: tables cmap (format 12), head, hhea and hmtx
 */
function readAdvances(file: DataView): Advances {
  const table = (tag: string): number => {
    for (let n = 0, at = 12; n < file.getUint16(4); n++, at += 16) {
      if ([0, 1, 2, 3].every(k => file.getUint8(at + k) === tag.charCodeAt(k))) return file.getUint32(at + 8)
    }
    throw new RangeError(`font: expected a table ${tag}`)
  }
  const cmap = table('cmap')
  const hmtx = table('hmtx')
  const lastOwn = file.getUint16(table('hhea') + 34) - 1
  const widthOf = (glyph: number) => file.getUint16(hmtx + 4 * Math.min(glyph, lastOwn))
  const widths = new Map<number, number>()
  for (let n = 0; n < file.getUint16(cmap + 2); n++) {
    const map = cmap + file.getUint32(cmap + 8 + 8 * n)
    if (file.getUint16(map) !== 12) continue
    for (let group = 0, at = map + 16; group < file.getUint32(map + 12); group++, at += 12) {
      const [first, last, glyph] = [file.getUint32(at), file.getUint32(at + 4), file.getUint32(at + 8)]
      for (let code = first; code <= last; code++) widths.set(code, widthOf(glyph + code - first))
    }
  }
  const missing = widthOf(0)
  return {
    unitsPerEm: file.getUint16(table('head') + 18),
    has: code => widths.has(code),
    of: code => widths.get(code) ?? missing,
  }
}
