import { normalQuantile } from '../../core/normal.ts'
import type { Estimate } from '../resampling.ts'
import { needRows, needVariation, type Table } from '../table.ts'

/** Spearman's rank correlation of each input with the outcome. */
export interface RankCorrelations {
  readonly method: 'rank'
  readonly outcome: string
  readonly rows: number
  /** −1 … 1; 0 for an input that does not vary. */
  readonly correlation: Readonly<Record<string, Estimate>>
}

/**
 * Rank correlations with 95 % intervals: tanh(artanh r ± 1.96 √((1 + r²/2) / (n − 3))). They see monotonic effects only.
 * Cost O(inputs × rows × log rows).
 *
 * @see Spearman (1904); Bonett & Wright (2000), Psychometrika 65(1), for the interval
 */
export function rankCorrelations(table: Table): RankCorrelations {
  needRows('rank', table.rows, 10)
  needVariation(table)
  const y = ranks(table.outcome.values)
  const correlation = Object.fromEntries(
    table.inputs.map(({ name, values, ranks: known }) => [
      name,
      withInterval(pearson(known ?? ranks(values), y), table.rows),
    ]),
  )
  return { method: 'rank', outcome: table.outcome.name, rows: table.rows, correlation }
}

function withInterval(r: number, rows: number): Estimate {
  const limited = Math.min(1 - 1e-12, Math.max(1e-12 - 1, r))
  const half = normalQuantile(0.975) * Math.sqrt((1 + (r * r) / 2) / (rows - 3))
  const centre = Math.atanh(limited)
  return { value: r, lower: Math.min(r, Math.tanh(centre - half)), upper: Math.max(r, Math.tanh(centre + half)) }
}

/**
 * Ranks from 1; equal values share the mean of their ranks. Cost O(rows × log rows).
 *
 * @example [...ranks(Float64Array.of(5, 1, 5))] // => [2.5, 1, 2.5]
 */
export function ranks(values: Float64Array): Float64Array {
  const order = sortedOrder(values)
  const out = new Float64Array(values.length)
  for (let from = 0; from < order.length; ) {
    let end = from + 1
    while (end < order.length && values[order[end]!] === values[order[from]!]) end++
    for (let n = from; n < end; n++) out[order[n]!] = (from + 1 + end) / 2
    from = end
  }
  return out
}

/**
 * Rows in the order of their values; equal values in the order of rows. Sorts the bare numbers, which is fast, and finds
 * the place of each row in them. Cost O(rows × log rows).
 *
 * @example [...sortedOrder(Float64Array.of(5, 1, 5))] // => [1, 0, 2]
 */
export function sortedOrder(values: Float64Array): Uint32Array {
  const sorted = values.slice().sort()
  const taken = new Uint32Array(values.length)
  const order = new Uint32Array(values.length)
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!
    let [low, high] = [0, values.length - 1]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (sorted[middle]! < value) low = middle + 1
      else high = middle
    }
    order[low + taken[low]!] = row
    taken[low]!++
  }
  return order
}

function pearson(a: Float64Array, b: Float64Array): number {
  const n = a.length
  const centre = (n + 1) / 2
  let [ab, aa, bb] = [0, 0, 0]
  for (let row = 0; row < n; row++) {
    const [x, y] = [a[row]! - centre, b[row]! - centre]
    ab += x * y
    aa += x * x
    bb += y * y
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb)
}
