import { expect, it } from 'vitest'
import { wilson } from '../../sim/analysis/intervals.ts'

it('has the published limits of Newcombe (1998), table I', () => {
  // 81 of 263 and 15 of 148; Statistics in Medicine 17(8), method 3.
  const [a, b] = [wilson(81, 263), wilson(15, 148)]
  expect([a.lower, a.upper].map(x => x.toFixed(4))).toEqual(['0.2553', '0.3662'])
  expect([b.lower, b.upper].map(x => x.toFixed(4))).toEqual(['0.0624', '0.1605'])
})

it('covers the true share in about 95 of 100 samples where the Wald interval covers 63', () => {
  // All samples of 100 with p = 0.01, weighted by their binomial mass.
  let mass = 0.99 ** 100
  let covered = 0
  let wald = 0
  for (let k = 0; k <= 100; k++) {
    const { lower, upper, share } = wilson(k, 100)
    if (lower <= 0.01 && upper >= 0.01) covered += mass
    const half = 1.959964 * Math.sqrt((share * (1 - share)) / 100)
    if (share - half <= 0.01 && share + half >= 0.01) wald += mass
    mass *= ((100 - k) / (k + 1)) * (0.01 / 0.99)
  }
  expect(covered).toBeGreaterThan(0.9)
  expect(wald).toBeLessThan(0.65)
})

it('reaches 0 and 1 at the ends, and has no value without runs', () => {
  expect(wilson(0, 50).lower).toBe(0)
  expect(wilson(50, 50).upper).toBe(1)
  expect(wilson(0, 0).share).toBeNaN()
})
