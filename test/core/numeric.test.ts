import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalQuantile } from '../../sim/core/normal.ts'
import { clamp, clamp01, expStep } from '../../sim/core/numeric.ts'

describe('the normal quantile', () => {
  const { normals } = JSON.parse(readFileSync(new URL('../golden/draws.json', import.meta.url), 'utf8')) as {
    normals: { uniform: number; normal: number }[]
  }

  test.each(normals)('of $uniform is $normal', ({ uniform, normal }) => {
    const got = normalQuantile(uniform)
    expect(normal === 0 ? Math.abs(got) : Math.abs(got / normal - 1)).toBeLessThanOrEqual(1e-14)
  })

  test('is odd about a half and rises everywhere', () => {
    const u = fc.double({ min: 1e-12, max: 0.5, noNaN: true })
    fc.assert(
      fc.property(u, u, (a, b) => {
        expect(normalQuantile(1 - a)).toBeCloseTo(-normalQuantile(a), 3)
        if (a < b) expect(normalQuantile(a)).toBeLessThanOrEqual(normalQuantile(b))
      }),
      { seed: 3 },
    )
  })

  test('has no step where its three branches meet', () => {
    for (const edge of [0.075, 0.925, Math.exp(-25), 1 - Math.exp(-25)]) {
      const around = [edge * (1 - 1e-13), edge, edge * (1 + 1e-13)].map(normalQuantile)
      expect(Math.abs(around[0]! - around[1]!)).toBeLessThan(1e-2 * (edge > 0.99 ? 1 : 1e-9))
      expect(Math.abs(around[2]! - around[1]!)).toBeLessThan(1e-2 * (edge > 0.99 ? 1 : 1e-9))
    }
  })
})

describe('expStep', () => {
  test('is within 10⁻¹⁴ of the exponential from −2 to 2', () => {
    let largest = 0
    let at = 0
    for (let n = -200_000; n <= 200_000; n++) {
      const x = n / 100_000
      const error = Math.abs(expStep(x) / Math.exp(x) - 1)
      if (error > largest) [largest, at] = [error, x]
    }
    expect(largest, `at ${at}`).toBeLessThan(1e-14)
    expect(largest).toBeGreaterThan(0)
  })

  test('is the exponential itself for large steps, infinities and NaN', () => {
    for (const x of [1e-300, 2, -3, -700, 800, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(expStep(x)).toBe(Math.exp(x))
    }
    expect(expStep(Number.NaN)).toBeNaN()
    expect(expStep(0)).toBe(1)
  })
})

describe('clamp', () => {
  test('limits to its ends and keeps NaN', () => {
    expect([-1, 0, 0.5, 1, 2].map(clamp01)).toEqual([0, 0, 0.5, 1, 1])
    expect([-3, -2, 0, 5, 6].map(x => clamp(x, -2, 5))).toEqual([-2, -2, 0, 5, 5])
    expect(clamp01(Number.NaN)).toBeNaN()
    expect(clamp(Number.NaN, 0, 1)).toBeNaN()
  })
})
