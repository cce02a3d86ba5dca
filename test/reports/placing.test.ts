import { projection } from 'vega'
import { describe, expect, test } from 'vitest'
import { classOf } from '../../reports/charts/diverging.ts'
import { parallels, projected, wideView } from '../../reports/charts/map-shape.ts'
import { overlap, placeLabels } from '../../reports/charts/place-labels.ts'
import { wrapped } from '../../reports/charts/wrap.ts'
import { map } from './reported.ts'

/** What vega gives for a conic projection. */
interface GeoConicProjection {
  (place: [number, number]): [number, number] | null
  rotate(angles: [number, number, number]): this
  center(place: [number, number]): this
  parallels(two: [number, number]): this
  scale(pixels: number): this
  translate(place: [number, number]): this
}

describe('labels', () => {
  const frame = { left: 0, top: 0, right: 400, bottom: 300 }
  const boxes = (labels: Parameters<typeof placeLabels>[0]) =>
    placeLabels(labels, [], frame).map(({ x, y, align }, n) => {
      const { width, height } = labels[n]!
      const left = align === 'left' ? x : align === 'right' ? x - width : x - width / 2
      return { left, right: left + width, top: y - height / 2, bottom: y + height / 2 }
    })

  test('of crowded marks do not cover each other', () => {
    const labels = Array.from({ length: 6 }, (_, n) => ({ x: 200 + 9 * n, y: 150 + 7 * n, width: 60, height: 14 }))
    const placed = boxes(labels)
    for (const [n, a] of placed.entries()) {
      for (const b of placed.slice(n + 1)) expect(overlap(a, b)).toBe(0)
    }
  })

  test('stay in the frame and keep off what must stay free', () => {
    const [placed] = boxes([{ x: 395, y: 150, width: 60, height: 14 }])
    expect(placed!.right).toBeLessThanOrEqual(400)
    const right = { left: 205, top: 140, right: 300, bottom: 160 }
    const [away] = placeLabels([{ x: 200, y: 150, width: 60, height: 14 }], [right], frame)
    expect(away!.align).not.toBe('left')
  })

  test('stand on their mark where they may', () => {
    expect(placeLabels([{ x: 200, y: 150, width: 60, height: 14, inside: true }], [], frame)).toEqual([
      { x: 200, y: 150, align: 'center' },
    ])
  })
})

describe('long texts', () => {
  test('are broken between words, or inside a word that is too long, and cut with an ellipsis', () => {
    expect(wrapped('one two three', 8)).toEqual(['one two', 'three'])
    expect(wrapped('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij'])
    expect(wrapped('a b c d e', 1, 2)).toEqual(['a', '…'])
    expect(wrapped('x'.repeat(2000), 40).every(line => line.length <= 40)).toBe(true)
  })
})

describe('the map', () => {
  test('places points where the projection of the charts draws them', () => {
    const conic = (projection as unknown as (type: string) => () => GeoConicProjection)('conicEqualArea')()
      .rotate([-wideView.longitude, 0, 0])
      .center([0, wideView.latitude])
      .parallels([...parallels])
      .scale(500)
      .translate([400, 300])
    for (const place of [
      [51, 30],
      [-10, 60],
      [140, -8],
      [66, 37],
    ] as const) {
      const [x, y] = conic([...place])!
      const ours = projected(wideView, place, 500, 800, 600)
      expect(ours.x).toBeCloseTo(x, 6)
      expect(ours.y).toBeCloseTo(y, 6)
    }
  })

  test('has every state of the shipped scenarios, small states as points, and stays small', () => {
    const codes = new Set(map.map(({ code }) => code))
    const expected = [
      51, 31, 112, 398, 417, 498, 762, 795, 860, 268, 496, 4, 792, 364, 356, 586, 784, 682, 156, 360, 818, 231,
    ]
    expect(expected.filter(code => !codes.has(code))).toEqual([])
    expect(map.find(({ code }) => code === 702)).toEqual({ code: 702, label: [103.8, 1.4] })
    expect(JSON.stringify(map).length).toBeLessThan(120_000)
  })

  test('labels a state inside it', () => {
    const kazakhstan = map.find(({ code }) => code === 398)!
    expect(kazakhstan.label[0]).toBeGreaterThan(60)
    expect(kazakhstan.label[0]).toBeLessThan(74)
    expect(kazakhstan.label[1]).toBeGreaterThan(45)
    expect(kazakhstan.label[1]).toBeLessThan(51)
  })

  test('turns changes into classes at their limits', () => {
    const fills = [-0.06, -0.03, -0.01, 0, 0.005, 0.02, 0.05].map(value => classOf(value).fill)
    expect(new Set(fills).size).toBe(7)
    expect(fills[3]).toBe('var(--level)')
  })
})
