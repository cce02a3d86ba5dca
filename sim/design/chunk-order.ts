import { chunkCount, type DesignName, type Plan } from './plan.ts'

/** Designs whose points come in the order of a grid or of a list, so that the first of them are alike. */
const ordered: ReadonlySet<DesignName> = new Set(['factorial', 'oat', 'points'])

/**
 * The order in which chunks are computed, so that a batch cut short is balanced over the strata of its design. The first
 * runs of the other designs are a smaller design of the same kind already: points, blocks and trajectories in random or
 * low-discrepancy order. Grids and lists are taken in steps of about 0.618 of their length, with no divisor in common: the
 * steps spread evenly over slow inputs, and over any stride that divides the length each residue comes equally often. No
 * number of a run depends on the order. Cost O(chunks).
 *
 * @see Korobov (1959) for the lattice, Knuth (1998), The art of computer programming 3, section 6.4, for the ratio
 * @example chunkOrder({ design: 'factorial', runs: 800, seed: '1', chunkRuns: 100 }) // => [0, 5, 2, 7, 4, 1, 6, 3]
 */
export function chunkOrder(plan: Plan): number[] {
  const count = chunkCount(plan)
  const step = ordered.has(plan.design) ? goldenStep(count) : 1
  return Array.from({ length: count }, (_, n) => (n * step) % count)
}

/** The step nearest to 0.618 of a length that has no divisor in common with it. */
function goldenStep(length: number): number {
  const middle = Math.round(length * 0.618034)
  for (let away = 0; away < length; away++) {
    for (const step of [middle - away, middle + away]) if (step > 0 && commonDivisor(step, length) === 1) return step
  }
  return 1
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}
