import { describe, expect, test } from 'vitest'
import { classTokens } from '../../reports/charts/diverging.ts'
import { colourOf, contrast, contrastIn, inkTokenOn } from '../../reports/charts/ink.ts'
import { lookOf, poleLookOf, tokens } from '../../reports/theme.ts'

type Three = readonly [number, number, number]

/**
 * How linear colours look with one kind of cone missing.
 *
 * @see Machado, Oliveira & Fernandes (2009), https://doi.org/10.1109/TVCG.2009.113, severity 1
 */
const sights: Readonly<Record<string, readonly [Three, Three, Three]>> = {
  'full colour vision': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

/** A colour in CIELAB under D65, as seen. @see https://www.w3.org/TR/css-color-4/#color-conversion-code */
function seen(hex: string, sight: readonly [Three, Three, Three]): Three {
  const linear = [1, 3, 5]
    .map(place => Number.parseInt(hex.slice(place, place + 2), 16) / 255)
    .map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  const [r, g, b] = sight.map(row =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, part, n) => sum + part * linear[n]!, 0),
      ),
    ),
  ) as [number, number, number]
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116)
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047)
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b)
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

/** The two colours of a list that look most alike: their distance in CIELAB (1976); 2.3 is just noticeable. */
function closest(colours: readonly string[], sight: readonly [Three, Three, Three]): number {
  const places = colours.map(colour => seen(colour, sight))
  const apart = places.flatMap((a, n) => places.slice(0, n).map(b => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])))
  return Math.min(...apart)
}

const outcomes = ['status_quo', 'duality', 'reverse_duality', 'council', 'shell', 'consolidation', 'realignment']
const poles = ['russia', 'china', 'west', 'turkiye', 'south', 'own']

describe.each(Object.keys(sights))('with %s', sight => {
  test.each([0, 1] as const)('the outcomes, and the poles, stay apart by 15 at least (%i)', place => {
    for (const looks of [outcomes.map(lookOf), poles.map(poleLookOf)]) {
      expect(
        closest(
          looks.map(({ token }) => tokens[token][place]),
          sights[sight]!,
        ),
      ).toBeGreaterThan(15)
    }
  })
})

describe('the looks', () => {
  test('give each outcome and each pole a shape and a name of its own', () => {
    for (const looks of [outcomes.map(lookOf), poles.map(poleLookOf)]) {
      expect(new Set(looks.map(({ shape }) => shape)).size).toBe(looks.length)
      expect(new Set(looks.map(({ name }) => name)).size).toBe(looks.length)
    }
    expect(poleLookOf('constructor').name).toBe('constructor')
  })

  test('would not have passed with colours that only full colour vision tells apart', () => {
    const [grey, pink] = ['#737b85', '#b0578f']
    expect(closest([grey, pink], sights['full colour vision']!)).toBeGreaterThan(15)
    expect(closest([grey, pink], sights.deuteranopia!)).toBeLessThan(15)
  })
})

describe('what is written in a cell', () => {
  const depths = Array.from({ length: 101 }, (_, n) => n / 100)

  test.each(['accent', 'consolidation', ...classTokens] as const)(
    'of %s has a contrast of 4.5 at least, however deep its colour, on light and on dark paper',
    token => {
      for (const depth of depths)
        for (const [paper, found] of contrastIn(token, depth).entries())
          expect(found, `${depth}, ${['light', 'dark'][paper]}`).toBeGreaterThanOrEqual(4.5)
    },
  )

  test('is black on the blue of 60 to 78 % of runs, on which white is too faint on light paper', () => {
    for (const share of [0.6, 0.7, 0.78])
      expect(tokens[inkTokenOn('accent', 0.04 + 0.96 * share)][0], String(share)).toBe('#000000')
    expect(inkTokenOn('accent', 0.1)).toBe('black_white')
    expect(inkTokenOn('accent', 0.75)).toBe('black')
    expect(inkTokenOn('accent', 1)).toBe('white_black')
  })

  test('is measured as the guidelines for web content measure it', () => {
    expect(contrast(colourOf('#000000'), colourOf('#ffffff'))).toBe(21)
    // The lightest grey that is enough on white, and the next one.
    expect(contrast(colourOf('#767676'), colourOf('#ffffff'))).toBeCloseTo(4.54, 2)
    expect(contrast(colourOf('#777777'), colourOf('#ffffff'))).toBeCloseTo(4.48, 2)
  })
})
