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

/** The middle value. @example medianOf([3, 1, 2]) // => { value: 2 } */
export function medianOf(values: ArrayLike<number>): HypothesisFigure {
  return { value: median(Array.from(values)) }
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

/** Whether a number is above 0 by more than its half-width. @example isUp({ value: 1, halfWidth: 2 }) // => false */
export function isUp({ value, halfWidth = 0 }: HypothesisFigure): boolean {
  return value - halfWidth > 0
}

/** Whether a number is below 0 by more than its half-width. @example isDown({ value: -1, halfWidth: 0.5 }) // => true */
export function isDown({ value, halfWidth = 0 }: HypothesisFigure): boolean {
  return value + halfWidth < 0
}

/**
 * Root mean square of the differences of two columns over the cells `keep` selects.
 *
 * @example rootMeanSquare([0, 0], [3, 4], n => n === 1) // => 4
 */
export function rootMeanSquare(a: ArrayLike<number>, b: ArrayLike<number>, keep: (cell: number) => boolean): number {
  let squares = 0
  let cells = 0
  for (let n = 0; n < a.length; n++) {
    if (!keep(n)) continue
    squares += (a[n]! - b[n]!) * (a[n]! - b[n]!)
    cells++
  }
  return Math.sqrt(squares / cells)
}

/**
 * A number to four digits with its 95 % half-width to two.
 *
 * @example formatFigure({ value: 0.012345, halfWidth: 0.00051 }) // => '0.01235 ± 0.00051'
 * @example formatFigure({ value: 466 }) // => '466'
 */
export function formatFigure({ value, halfWidth }: HypothesisFigure): string {
  const round = (x: number, digits: number) => String(Number(x.toPrecision(digits)))
  return halfWidth === undefined ? round(value, 4) : `${round(value, 4)} ± ${round(halfWidth, 2)}`
}
