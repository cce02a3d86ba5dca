import type { Finding } from '../../scenario/lesson-schema.ts'
import { createComparison } from '../compare.ts'
import { meanOf } from '../hypothesis-figures.ts'
import { wilson } from '../intervals.ts'
import type { Estimate } from '../resampling.ts'
import type { LessonRuns } from './runs.ts'

/** Runs below which nothing is said. */
export const leastRuns = 30

/** Values of a quantity over the runs of a world. */
export function valuesOf(runs: LessonRuns, world: string, quantity: string): readonly number[] {
  return runs.values[runs.worlds.indexOf(world)]![runs.quantities.indexOf(quantity)]!
}

/** What a quantity was at the start of a world; NaN where there is none. */
export function startOf(runs: LessonRuns, world: string, quantity: string): number {
  return runs.starts[runs.worlds.indexOf(world)]![runs.quantities.indexOf(quantity)]!
}

/** Differences run by run against another world, or against the start. */
export function differencesOf(runs: LessonRuns, quantity: string, world: string, against: string): number[] {
  const here = valuesOf(runs, world, quantity)
  if (against === 'start') return here.map(value => value - startOf(runs, world, quantity))
  const there = valuesOf(runs, against, quantity)
  return here.map((value, run) => value - there[run]!)
}

/**
 * A mean or a share with its 95 % interval; or the change against another world, over pairs of runs, or against the start.
 * Shares have Wilson's interval, differences of shares that of paired shares.
 *
 * @param against - left out for the level itself
 */
export function estimateOf(runs: LessonRuns, quantity: string, world: string, against?: string): Estimate {
  const share = runs.shares[runs.quantities.indexOf(quantity)]!
  const values = valuesOf(runs, world, quantity)
  if (share && against === undefined) {
    const count = values.reduce((sum, value) => sum + value, 0)
    const { share: value, lower, upper } = wilson(count, values.length)
    return { value, lower, upper }
  }
  if (share && against !== undefined && against !== 'start') {
    const comparison = createComparison([{ name: quantity, kind: 'share' }], {
      paired: true,
      smallestEffect: () => 0.01,
    })
    const there = valuesOf(runs, against, quantity)
    for (const [run, value] of values.entries()) comparison.add(Float64Array.of(there[run]!), Float64Array.of(value))
    return comparison.differences()[0]!.difference
  }
  const { value, halfWidth = 0 } = meanOf(
    against === undefined ? values : differencesOf(runs, quantity, world, against),
  )
  return { value, lower: value - halfWidth, upper: value + halfWidth }
}

/** A claim with its number, and whether the runs bear it out. */
export interface CheckedFinding extends Finding {
  readonly estimate: Estimate
  readonly verdict: 'holds' | 'fails' | 'open'
}

/** Checks a claim: it holds or fails when the whole interval says so, and is open otherwise. */
export function checkFinding(runs: LessonRuns, finding: Finding): CheckedFinding {
  const estimate = estimateOf(runs, finding.quantity, finding.world, finding.against)
  return { ...finding, estimate, verdict: verdictOf(estimate, finding) }
}

function verdictOf({ lower, upper }: Estimate, { above, below, within }: Finding): CheckedFinding['verdict'] {
  const low = above ?? (within === undefined ? Number.NEGATIVE_INFINITY : -within)
  const high = below ?? within ?? Number.POSITIVE_INFINITY
  if (lower > low && upper < high) return 'holds'
  return upper < low || lower > high ? 'fails' : 'open'
}
