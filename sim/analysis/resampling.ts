import { philox } from '../core/random.ts'
import { keyOfText } from '../core/seed.ts'

/** A stream of whole numbers from 0 to `size` − 1, each equally likely to within 2^-32 × size. */
export type Draw = (size: number) => number

/** The stream of a seed and a purpose. The same two give the same stream anywhere. */
export function drawsOf(seed: string, purpose: string): Draw {
  const key = keyOfText(`${seed}/${purpose}`)
  const words = new Int32Array(4)
  let n = 0
  return size => {
    const place = n & 3
    if (place === 0) philox(words, key, Math.floor(n / 4) | 0, Math.floor(n / 17179869184) | 0, 0, 0)
    n++
    return Math.floor(((words[place]! >>> 0) / 4294967296) * size)
  }
}

/** An estimate with its 95 % interval. */
export interface Estimate {
  readonly value: number
  readonly lower: number
  readonly upper: number
}

/**
 * Quantile of sorted numbers, linear between order statistics (Hyndman & Fan type 7). O(1).
 *
 * @example quantileOfSorted(Float64Array.of(0, 1, 2, 3), 0.5) // => 1.5
 */
export function quantileOfSorted(sorted: Float64Array, q: number): number {
  const place = q * (sorted.length - 1)
  const below = Math.floor(place)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!)
}

/**
 * Percentile interval of a bootstrap, widened where needed to hold the estimate. Sorts `replicates`.
 *
 * @see Efron & Tibshirani (1993), An introduction to the bootstrap, chapter 13
 */
export function percentileInterval(value: number, replicates: Float64Array): Estimate {
  replicates.sort()
  return {
    value,
    lower: Math.min(value, quantileOfSorted(replicates, 0.025)),
    upper: Math.max(value, quantileOfSorted(replicates, 0.975)),
  }
}

/** Repeats of a bootstrap: enough for two digits of a 95 % limit. */
export const bootstraps = 1000
