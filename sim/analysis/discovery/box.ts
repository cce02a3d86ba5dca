import { logGamma } from '../../core/distributions.ts'
import type { InputColumn } from '../table.ts'
import type { Cases } from './cases.ts'

/** Limits of a box: [low, high] of every restricted continuous input, and the categories left of a restricted other. */
export interface Limits {
  readonly ranges: ReadonlyMap<number, readonly [number, number]>
  readonly categories: ReadonlyMap<number, ReadonlySet<number>>
}

export const everywhere: Limits = { ranges: new Map(), categories: new Map() }

/** Rows and cases of interest. */
export interface Counted {
  readonly rows: number
  readonly cases: number
}

/** A box counted on some rows, and again without each of its restrictions. */
export interface BoxCounts extends Counted {
  /** Without the restriction of an input, by its place. */
  readonly without: ReadonlyMap<number, Counted>
}

/** Inputs a box restricts, in table order. */
export function restricted({ ranges, categories }: Limits): number[] {
  return [...ranges.keys(), ...categories.keys()].sort((a, b) => a - b)
}

/** The same box with one input free again. */
export function release({ ranges, categories }: Limits, input: number): Limits {
  return {
    ranges: new Map([...ranges].filter(([n]) => n !== input)),
    categories: new Map([...categories].filter(([n]) => n !== input)),
  }
}

/** A restriction made ready for a loop over rows: values inside have `keep` 1, or lie from low to high. */
interface Check {
  readonly values: Float64Array
  readonly low: number
  readonly high: number
  readonly keep: Uint8Array | undefined
}

function checksOf(inputs: readonly InputColumn[], { ranges, categories }: Limits, own: readonly number[]): Check[] {
  return own.map(n => {
    const { values, categories: names } = inputs[n]!
    const kept = categories.get(n)
    const [low, high] = ranges.get(n) ?? [0, 0]
    return { values, low, high, keep: kept && Uint8Array.from(names!, (_, code) => (kept.has(code) ? 1 : 0)) }
  })
}

function passesCheck({ values, low, high, keep }: Check, row: number): boolean {
  const value = values[row]!
  return keep ? keep[value] === 1 : low <= value && value <= high
}

/** Whether each row lies in a box, 1 or 0, [rows]. Cost O(rows × restricted inputs). */
export function membership(inputs: readonly InputColumn[], limits: Limits, rows: number): Uint8Array {
  const inside = new Uint8Array(rows).fill(1)
  for (const check of checksOf(inputs, limits, restricted(limits))) {
    for (let row = 0; row < rows; row++) if (inside[row] === 1 && !passesCheck(check, row)) inside[row] = 0
  }
  return inside
}

/** Counts a box on some rows, without needing the rows twice. Cost O(rows × restricted inputs). */
export function countBox(
  inputs: readonly InputColumn[],
  limits: Limits,
  rows: Uint32Array,
  cases: Cases['of'],
): BoxCounts {
  const own = restricted(limits)
  const checks = checksOf(inputs, limits, own)
  const missedRows = new Float64Array(own.length)
  const missedCases = new Float64Array(own.length)
  let [inside, found] = [0, 0]
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k]!
    let broken = -1
    for (let m = 0; m < checks.length; m++) {
      if (passesCheck(checks[m]!, row)) continue
      broken = broken === -1 ? m : -2
      if (broken === -2) break
    }
    if (broken === -1) {
      inside++
      found += cases[row]!
    } else if (broken >= 0) {
      missedRows[broken]!++
      missedCases[broken]! += cases[row]!
    }
  }
  const without = new Map(
    own.map((n, m) => [n, { rows: inside + missedRows[m]!, cases: found + missedCases[m]! }] as const),
  )
  return { rows: inside, cases: found, without }
}

/**
 * Quasi-p value of each restriction: the chance of as many cases as the box has, were its density that of the box without
 * the restriction. On held-out rows it is the p value of a binomial test; on the rows the box was found on it flatters.
 *
 * @see Bryant & Lempert (2010), Technological Forecasting and Social Change 77(1)
 */
export function quasiP({ rows, cases, without }: BoxCounts): Map<number, number> {
  return new Map(
    [...without].map(([n, other]) => [n, binomialTail(cases, rows, other.rows > 0 ? other.cases / other.rows : 0)]),
  )
}

/**
 * P(X ≥ k) of a binomial of n trials. Sums terms while they matter: O(√n) in practice.
 *
 * @example binomialTail(2, 2, 0.5).toFixed(9) // => '0.250000000'
 * @example binomialTail(0, 5, 0.3) // => 1
 */
export function binomialTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1
  if (p <= 0) return 0
  if (p >= 1) return 1
  // Below the mean the other tail is the shorter sum.
  if (k <= n * p) return Math.max(0, 1 - sum(k - 1, -1, n, p))
  return Math.min(1, sum(k, 1, n, p))
}

/** Binomial terms from k, going up or down until they no longer count. */
function sum(k: number, step: 1 | -1, n: number, p: number): number {
  const log = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) + k * Math.log(p) + (n - k) * Math.log1p(-p)
  let term = Math.exp(log)
  let total = 0
  for (let at = k; at >= 0 && at <= n && (term > total * 1e-17 || total === 0); at += step) {
    total += term
    term *= step === 1 ? ((n - at) / (at + 1)) * (p / (1 - p)) : (at / (n - at + 1)) * ((1 - p) / p)
    if (term === 0) break
  }
  return total
}

/**
 * Correlation of being in a box with being a case (Matthews's φ): high where a box is both pure and large.
 *
 * @example association({ rows: 2, cases: 2 }, { rows: 4, cases: 2 }) // => 1
 */
export function association(box: Counted, all: Counted): number {
  const [n, a, b] = [all.rows, box.rows, all.cases]
  const spread = a * (n - a) * b * (n - b)
  return spread > 0 ? (n * box.cases - a * b) / Math.sqrt(spread) : 0
}
