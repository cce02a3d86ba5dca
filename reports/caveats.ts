import type { Summary } from '../sim/analysis/summary.ts'
import { withoutOuterTier } from './outer-tier-words.ts'
import { count } from './words.ts'

/** What a reader must know of this batch before any number of it, where an answer or a report begins. */
export function caveatsOf({ outerTier, plan, sampled }: Summary): string[] {
  // Where nothing is sampled there is one point, and every run is an independent draw at it.
  const dependence = sampled === 0 ? undefined : dependenceOf(plan)
  return [
    ...(outerTier ? [] : [withoutOuterTier]),
    ...(dependence === undefined
      ? []
      : [
          `${dependence}, so these runs say less than as many independent ones. The 95 % intervals take them for independent and are too narrow; for shares run the scenario without ${plan.replications === undefined ? 'this design' : '`--replications`'}.`,
        ]),
  ]
}

/** Designs whose runs come in blocks that share inputs and a random world. */
const blocked: readonly string[] = ['saltelli', 'morris', 'factorial', 'oat']

/** How runs of a plan hang together; undefined where they do not. */
function dependenceOf({ design, replications = 1, runs }: Summary['plan']): string | undefined {
  if (replications > 1) return `Each of ${count(Math.ceil(runs / replications))} points is run ${replications} times`
  return blocked.includes(design)
    ? `Runs of the design ${design} share their inputs and random worlds in blocks`
    : undefined
}
