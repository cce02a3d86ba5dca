import { describe, expect, test } from 'vitest'
import { exp, log } from '../../sim/core/exponential.ts'

/** Doubles of every size, from a fixed sequence. */
function doubles(count: number, make: (u: number, n: number) => number): number[] {
  let state = 1
  return Array.from({ length: count }, (_, n) => {
    state = (state * 1103515245 + 12345) % 2147483648
    return make(state / 2147483648, n)
  })
}

/** Units in the last place between a value and its standard. */
function units(value: number, standard: number): number {
  if (Object.is(value, standard)) return 0
  const next = Math.abs(standard) * 2 ** -52
  return Math.abs(value - standard) / (next === 0 ? 5e-324 : next)
}

const edges = [0, -0, 1, -1, 0.5, 2, 709.78, 709.79, -708.4, -745.1, -745.2, 1e-300, 5e-324, 1e308]

describe('exp and log by arithmetic', () => {
  test('agree with those of any engine to one unit in the last place', () => {
    const sizes = [1500, 8, 0.9]
    const powers = doubles(30_000, (u, n) => (u - 0.5) * sizes[n % 3]!).concat(edges)
    const numbers = powers.map(x => Math.exp(x / 3)).concat(edges.map(Math.abs))
    expect(Math.max(...powers.map(x => units(exp(x), Math.exp(x))))).toBeLessThanOrEqual(1)
    expect(Math.max(...numbers.map(x => units(log(x), Math.log(x))))).toBeLessThanOrEqual(1)
  })

  test('give these bits everywhere', () => {
    // From fdlibm; Chromium 156 gives another last digit for each of the first three.
    expect(exp(0.1)).toBe(1.1051709180756477)
    expect(exp(1)).toBe(Math.E)
    expect(log(10)).toBe(Math.LN10)
  })

  test('know the ends of their range', () => {
    expect([exp(Number.NaN), log(Number.NaN), log(-1)]).toEqual([Number.NaN, Number.NaN, Number.NaN])
    expect([exp(Infinity), exp(-Infinity), exp(710), exp(-746)]).toEqual([Infinity, 0, Infinity, 0])
    expect([log(0), log(Infinity), log(1)]).toEqual([-Infinity, Infinity, 0])
  })
})
