import { mean, median, sampleRankCorrelation, sampleStandardDeviation } from 'simple-statistics'

/** A number a hypothesis is judged by. */
export interface HypothesisFigure {
  readonly value: number
  /** Half of the 95 % interval, where the number is a mean over runs. */
  readonly halfWidth?: number
}

/**
 * Mean of the difference of two worlds, run by run, with the half-width of its 95 % interval (normal, so for some
 * hundred pairs and more). Pairs share their draws, which takes most of the chance out of the difference.
 *
 * @param before - one value a run
 * @param after - the same runs in the other world
 * @example pairedDifference([1, 2, 3], [2, 4, 6]).value // => 2
 */
export function pairedDifference(before: ArrayLike<number>, after: ArrayLike<number>): HypothesisFigure {
  return meanOf(Array.from(before, (value, run) => after[run]! - value))
}

/**
 * A mean over runs with the half-width of its 95 % interval.
 *
 * @example meanOf([2, 2, 2]) // => { value: 2, halfWidth: 0 }
 */
export function meanOf(values: ArrayLike<number>): HypothesisFigure {
  const list = Array.from(values)
  const spread = list.length > 1 ? sampleStandardDeviation(list) : Number.POSITIVE_INFINITY
  return { value: mean(list), halfWidth: (1.96 * spread) / Math.sqrt(list.length) }
}

/**
 * The middle value, with half of its distribution-free 95 % interval: between the order statistics n/2 ± 0.98 √n.
 *
 * @see Conover (1999), Practical nonparametric statistics, section 3.2
 * @example medianOf([3, 1, 2]).value // => 2
 */
export function medianOf(values: ArrayLike<number>): HypothesisFigure {
  const sorted = Float64Array.from(Array.from(values)).sort()
  const n = sorted.length
  const reach = 0.98 * Math.sqrt(n)
  const low = sorted[Math.max(0, Math.floor(n / 2 - reach) - 1)]!
  const high = sorted[Math.min(n - 1, Math.ceil(n / 2 + reach))]!
  const middle = median(Array.from(sorted))
  return { value: middle, halfWidth: Math.max(high - middle, middle - low) }
}

/**
 * Spearman's rank correlation; the half-width is Fisher's, 1.96 / √(n − 3), which suits correlations that are not near
 * −1 or 1. NaN for fewer than four pairs.
 *
 * @example rankCorrelation([1, 2, 3, 4], [1, 4, 9, 16]).value.toFixed(6) // => '1.000000'
 */
export function rankCorrelation(a: readonly number[], b: readonly number[]): HypothesisFigure {
  if (a.length < 4) return { value: Number.NaN }
  return { value: sampleRankCorrelation([...a], [...b]), halfWidth: 1.96 / Math.sqrt(a.length - 3) }
}

/**
 * Mean squares of the differences of two columns, run by run, over the cells of a run that `keep` selects.
 *
 * @param a - [runs × cells], as `b`
 * @example [...meanSquares([0, 0, 1, 1], [3, 4, 1, 3], 2, cell => cell === 1)] // => [16, 4]
 */
export function meanSquares(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  runs: number,
  keep: (cell: number) => boolean,
): Float64Array {
  const cells = a.length / runs
  const kept = Array.from({ length: cells }, (_, cell) => cell).filter(keep)
  return Float64Array.from({ length: runs }, (_, run) => {
    let squares = 0
    for (const cell of kept) squares += (a[run * cells + cell]! - b[run * cells + cell]!) ** 2
    return squares / kept.length
  })
}

/** The root of a mean, its half-width by the slope of the root. @example rootOf([4, 4]) // => { value: 2, halfWidth: 0 } */
export function rootOf(values: ArrayLike<number>): HypothesisFigure {
  const { value, halfWidth = 0 } = meanOf(values)
  const root = Math.sqrt(value)
  return { value: root, halfWidth: root > 0 ? halfWidth / (2 * root) : 0 }
}

/**
 * A number to four digits with its 95 % half-width to two.
 *
 * @example formatFigure({ value: 0.012345, halfWidth: 0.00051 }) // => '0.01235 ± 0.00051'
 * @example formatFigure({ value: 466 }) // => '466'
 * @example formatFigure({ value: Number.NaN }) // => 'too few runs'
 */
export function formatFigure({ value, halfWidth }: HypothesisFigure): string {
  if (Number.isNaN(value)) return 'too few runs'
  const round = (x: number, digits: number) => String(Number(x.toPrecision(digits)))
  return halfWidth === undefined ? round(value, 4) : `${round(value, 4)} ± ${round(halfWidth, 2)}`
}
