import { indexNames } from '../model/indices.ts'
import type { Result } from '../model/simulate.ts'

/** Indices of the whole system that a trajectory holds, besides ID and OP of each core actor. */
export const storyIndices = ['ID', 'OP', 'v', 'lead_RU', 'ext', 'breadth'] as const

/**
 * The trajectory of a run: six indices of the system, then institutional and operational alignment of each core actor,
 * at every tick but the first, which all runs share.
 *
 * @param result - of a watched run, which holds all indices at every tick
 * @returns [ticks, quantities] row-major
 */
export function trajectoryOf(result: Result, ticks: number, actors: number, core: Int32Array): Float64Array {
  const width = storyIndices.length + 2 * core.length
  const path = new Float64Array(ticks * width)
  const columns = storyIndices.map(name => indexNames.indexOf(name))
  for (let tick = 1, n = 0; tick <= ticks; tick++) {
    for (const column of columns) path[n++] = result.indices[tick * indexNames.length + column]!
    for (const i of core) {
      path[n++] = result.institutional[tick * actors + i]!
      path[n++] = result.operational[tick * actors + i]!
    }
  }
  return path
}

/**
 * What makes trajectories comparable: one over the standard deviation of each quantity over all trajectories and ticks;
 * 0 where a quantity never differs.
 */
export function scalesOf(trajectories: readonly Float64Array[], width: number): Float64Array {
  const sums = new Float64Array(width)
  const squares = new Float64Array(width)
  let rows = 0
  for (const path of trajectories) {
    rows += path.length / width
    path.forEach((value, n) => {
      sums[n % width]! += value
    })
  }
  const means = sums.map(sum => sum / rows)
  for (const path of trajectories) {
    path.forEach((value, n) => {
      const off = value - means[n % width]!
      squares[n % width]! += off * off
    })
  }
  return squares.map((square, n) =>
    square > 1e-18 * rows * Math.max(1, means[n]! * means[n]!) ? 1 / Math.sqrt(square / rows) : 0,
  )
}

/**
 * Distance of two trajectories: the root mean square, over ticks and quantities, of their differences in standard
 * deviations. The system's six indices weigh as much as all core actors together.
 *
 * @example trajectoryDistance([0, 0], [3, 4], [1, 1], 2) // => Math.sqrt(12.5)
 */
export function trajectoryDistance(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  scales: ArrayLike<number>,
  system: number,
): number {
  const width = scales.length
  const others = width - system
  const weight = others === 0 ? 1 : system / others
  let sum = 0
  for (let n = 0; n < a.length; n++) {
    const place = n % width
    const off = (a[n]! - b[n]!) * scales[place]!
    sum += (place < system ? 1 : weight) * off * off
  }
  return Math.sqrt(sum / ((a.length / width) * (others === 0 ? system : 2 * system)))
}

/** A run that stands for a set of runs, and two that differ from it and from each other. Places in the set. */
export interface Representatives {
  readonly medoid: number
  readonly contrasts: readonly number[]
  /** Mean distance of the set to its medoid, and the distance of each contrast to it. */
  readonly spread: number
  readonly distances: readonly number[]
}

/** Contrasts are taken from this share of a set, the nearest to the medoid, so that no freak stands for it. */
const typical = 0.9

/**
 * The medoid of a set, whose distances to all others add up to the least, and two contrasts: the one farthest from it,
 * then the one whose nearer distance to both is largest. Of equals the earlier. Cost O(n²) distances.
 *
 * @see Kaufman & Rousseeuw (1990), Finding groups in data, for medoids; Gonzalez (1985), Theoretical Computer Science 38,
 *   for taking the farthest next
 * @example representatives(5, (a, b) => Math.abs([0, 1, 2, 3, 9][a] - [0, 1, 2, 3, 9][b])).medoid // => 2
 */
export function representatives(count: number, distance: (a: number, b: number) => number): Representatives {
  if (count === 0) throw new RangeError('expected at least one run, got none')
  const table = new Float64Array(count * count)
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      const d = distance(a, b)
      table[a * count + b] = d
      table[b * count + a] = d
    }
  }
  const total = (a: number) => table.subarray(a * count, (a + 1) * count).reduce((sum, d) => sum + d, 0)
  const places = [...Array(count).keys()]
  const totals = places.map(total)
  const medoid = places.reduce((best, a) => (totals[a]! < totals[best]! ? a : best), 0)
  const from = (a: number, b: number) => table[a * count + b]!
  const near = places.filter(a => a !== medoid).sort((a, b) => from(medoid, a) - from(medoid, b) || a - b)
  const kept = near.slice(0, Math.max(2, Math.ceil(typical * near.length)))
  const contrasts: number[] = []
  while (contrasts.length < Math.min(2, kept.length)) {
    const apart = (a: number) => Math.min(from(medoid, a), ...contrasts.map(b => from(b, a)))
    const rest = kept.filter(a => !contrasts.includes(a))
    contrasts.push(rest.reduce((best, a) => (apart(a) > apart(best) ? a : best)))
  }
  return {
    medoid,
    contrasts,
    spread: totals[medoid]! / Math.max(1, count - 1),
    distances: contrasts.map(a => from(medoid, a)),
  }
}
