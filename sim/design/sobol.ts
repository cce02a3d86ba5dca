import { keyOfText } from '../core/seed.ts'
import { directionNumbers, sobolDimensions } from './sobol-directions.ts'

/** Writes point `index` of a sequence to `u`, [dimensions], each strictly inside (0, 1). */
export type Sequence = (index: number, u: Float64Array) => void

/**
 * Points of the Sobol' sequence, scrambled after Owen: each binary digit of a coordinate is flipped or not by a hash of the
 * digits before it, so that every point is uniform while the strata of the sequence stay intact. Another seed gives an
 * independent scramble. Any point is had without those before it, in O(dimensions × log index).
 *
 * Adding points is best done by doubling: prefixes of 2^k points are balanced.
 *
 * @param names - one of each dimension; they address the scrambles
 * @throws RangeError beyond 256 dimensions
 * @see Sobol' (1967); Joe & Kuo (2008); Owen (1995); Burley (2020), Practical hash-based Owen scrambling, JCGT 9(4)
 */
export function sobolSequence(names: readonly string[], seed: string): Sequence {
  if (names.length > sobolDimensions)
    throw new RangeError(`sobol: expected at most ${sobolDimensions} dimensions, got ${names.length}`)
  const directions = names.map((_, dimension) => directionNumbers(dimension))
  const keys = names.map(name => keyOfText(`${seed}/scramble/${name}`).low)
  return (index, u) => {
    for (let dimension = 0; dimension < keys.length; dimension++) {
      u[dimension] = ((scramble(sobolWord(directions[dimension]!, index), keys[dimension]!) >>> 0) + 0.5) / 4294967296
    }
  }
}

/** Coordinate of point `index`, not scrambled, as 32 binary digits. @param index - 0 … 2^32 − 1 */
export function sobolWord(directions: Int32Array, index: number): number {
  let word = 0
  for (let rest = index >>> 0, n = 0; rest !== 0; rest >>>= 1, n++) if (rest & 1) word ^= directions[n]!
  return word
}

/** Nested uniform scramble of 32 digits. @see Vegdahl (2021), Building a better LK hash, after Laine & Karras (2011) */
function scramble(word: number, key: number): number {
  let x = reverse(word)
  x ^= Math.imul(x, 0x3d20adea)
  x = (x + key) | 0
  x = Math.imul(x, (key >>> 16) | 1)
  x ^= Math.imul(x, 0x05526c56)
  x ^= Math.imul(x, 0x53a22864)
  return reverse(x)
}

/** The 32 digits in the opposite order. */
function reverse(word: number): number {
  let x = word
  x = ((x >>> 1) & 0x55555555) | ((x & 0x55555555) << 1)
  x = ((x >>> 2) & 0x33333333) | ((x & 0x33333333) << 2)
  x = ((x >>> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4)
  x = ((x >>> 8) & 0x00ff00ff) | ((x & 0x00ff00ff) << 8)
  return (x >>> 16) | (x << 16)
}
