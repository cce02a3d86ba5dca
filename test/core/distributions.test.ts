import { describe, expect, it } from 'vitest'
import { betaQuantile, type Distribution, logGamma, normalCdf, quantileOf } from '../../sim/core/distributions.ts'
import { normalQuantile } from '../../sim/core/normal.ts'

const strata = (d: Distribution, n = 20_000) => {
  const quantile = quantileOf(d)
  return Array.from({ length: n }, (_, k) => quantile((k + 0.5) / n))
}
const mean = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length
const variance = (values: number[]) => mean(values.map(v => v * v)) - mean(values) ** 2

describe('normalCdf', () => {
  // Abramowitz & Stegun (1964), table 26.1.
  it.each([
    [0, 0.5],
    [1, 0.841344746068543],
    [2, 0.97724986805182],
    [-3, 0.00134989803163],
  ])('is the tabulated value at %f', (x, p) => expect(normalCdf(x)).toBeCloseTo(p, 13))

  it('inverts the quantile', () => {
    for (const u of [1e-9, 0.01, 0.3, 0.5, 0.77, 0.999]) expect(normalCdf(normalQuantile(u)) - u).toBeCloseTo(0, 14)
  })
})

describe('betaQuantile and logGamma', () => {
  it('has the known logarithms of factorials', () => {
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 12)
    expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 12)
  })

  it('has the closed forms of one parameter equal to 1', () => {
    for (const u of [0.001, 0.2, 0.5, 0.9]) {
      expect(betaQuantile(u, 2, 1)).toBeCloseTo(Math.sqrt(u), 10)
      expect(betaQuantile(u, 1, 3)).toBeCloseTo(1 - Math.cbrt(1 - u), 10)
    }
  })
})

describe('quantileOf', () => {
  it('has the mean and variance of the textbook for each distribution', () => {
    const cases: [Distribution, number, number][] = [
      [{ distribution: 'uniform', low: -1, high: 3 }, 1, 16 / 12],
      [{ distribution: 'triangular', low: 0, mode: 1, high: 5 }, 2, (25 + 1 + 0 - 0 - 0 - 5) / 18],
      [{ distribution: 'pert', low: 0, mode: 2, high: 10, shape: 4 }, 3, (3 * 7) / 7],
      [{ distribution: 'normal', mean: 2, sd: 3 }, 2, 9],
      [{ distribution: 'lognormal', median: 1, sigma: 0.5 }, Math.exp(0.125), (Math.exp(0.25) - 1) * Math.exp(0.25)],
      [{ distribution: 'discrete', values: [1, 2, 6], weights: [1, 1, 2] }, 3.75, (1 + 4 + 72) / 4 - 3.75 ** 2],
      [{ distribution: 'fixed', value: 4 }, 4, 0],
    ]
    for (const [d, m, v] of cases) {
      expect(mean(strata(d)), d.distribution).toBeCloseTo(m, 2)
      expect(Math.abs(variance(strata(d)) - v), d.distribution).toBeLessThan(0.01 * v + 1e-9)
    }
  })

  it('rises with its uniform and keeps truncated draws inside their bounds', () => {
    const bounded: Distribution = { distribution: 'normal', mean: 0, sd: 1, low: -0.5, high: 2 }
    const values = strata(bounded, 500)
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-0.5)
    expect(Math.max(...values)).toBeLessThanOrEqual(2)
    expect([...values].sort((a, b) => a - b)).toEqual(values)
    expect(
      strata({ distribution: 'lognormal', median: 1, sigma: 2, low: 0, high: 3 }, 500).every(v => v >= 0 && v <= 3),
    ).toBe(true)
  })
})
