import { normalQuantile } from '../core/normal.ts'

/** A share of runs with its interval, all 0 … 1. */
export interface Share {
  readonly count: number
  readonly share: number
  readonly lower: number
  readonly upper: number
}

/**
 * Wilson's score interval for a share of independent runs; it keeps its coverage where shares are near 0 or 1.
 *
 * @param level - coverage, 0 … 1
 * @returns share, lower and upper; NaN where there are no runs
 * @see Wilson (1927), JASA 22(158); Brown, Cai & DasGupta (2001), Statistical Science 16(2)
 * @example wilson(0, 10).upper.toFixed(4) // => '0.2775'
 */
export function wilson(count: number, runs: number, level = 0.95): Share {
  if (runs === 0) return { count, share: Number.NaN, lower: Number.NaN, upper: Number.NaN }
  const z = normalQuantile(1 - (1 - level) / 2)
  const share = count / runs
  const spread = 1 + (z * z) / runs
  const centre = (share + (z * z) / (2 * runs)) / spread
  const half = (z / spread) * Math.sqrt((share * (1 - share)) / runs + (z * z) / (4 * runs * runs))
  return {
    count,
    share,
    lower: Math.max(0, count === 0 ? 0 : centre - half),
    upper: Math.min(1, count === runs ? 1 : centre + half),
  }
}
