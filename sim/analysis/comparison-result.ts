import type { Plan } from '../design/plan.ts'
import type { Expectation } from '../scenario/expectation.ts'
import type { Difference } from './compare.ts'
import type { Verdict } from './equivalence.ts'
import type { ExpectationVerdict, Judgement } from './expectations.ts'
import type { Estimate } from './resampling.ts'
import type { ScenarioChange } from './scenario-changes.ts'

/** What is compared: a batch, or what a baseline recorded of one. */
export interface ComparedSide {
  /** As it was asked for. */
  readonly path: string
  readonly kind: 'batch' | 'baseline'
  readonly id: string
  readonly title: string
  readonly scenarioHash: string
  readonly batch: string
  readonly digest: string
  readonly engine: string
  readonly model: string
  readonly plan: Pick<Plan, 'design' | 'runs' | 'seed' | 'replications'>
  /** Runs that reached the horizon, and those that did not. */
  readonly runs: number
  readonly failed: number
  readonly complete: boolean
}

/** Two sides, quantity by quantity. */
export interface Compared {
  readonly a: ComparedSide
  /** `identical`: every run has the same numbers. Otherwise of all quantities together. */
  readonly verdict: 'identical' | Verdict
  readonly paired: boolean
  /** Why runs are not paired, and what else makes the sides less alike than they could be; sentences. */
  readonly notes: readonly string[]
  /** Pairs, or runs of the smaller side. */
  readonly runs: number
  /** Chance of any false “changed”, and of any false “unchanged”. */
  readonly alpha: number
  readonly correction: string
  readonly counts: Readonly<Record<Verdict, number>>
  readonly quantities: readonly Difference[]
  /** Null where a side holds no scenario, only its hash. */
  readonly changes: readonly ScenarioChange[] | null
  /** The state that changed most, if one did; of the core, where one did. */
  readonly most: MostAffected | null
}

interface MostAffected {
  readonly id: string
  readonly name: string
  readonly core: boolean
  /** Its quantities that changed, the largest in smallest effects first. */
  readonly differences: readonly Difference[]
}

export interface JudgedExpectation extends Judgement {
  readonly name: string
  readonly expectation: Expectation
  /** A share, mean or median, or the distance from the recorded one, with its 95 % interval. */
  readonly found: Estimate | null
  /** What is open or refuted where there is no number: quantities, or failed runs. */
  readonly detail: string
  /** Where it is written. */
  readonly at: { readonly file: string; readonly line: number } | null
}

/** One side against another, against its expectations, or both. */
export interface ComparisonResult {
  readonly b: ComparedSide
  readonly compared: Compared | null
  readonly expectations: readonly JudgedExpectation[]
  /** Null where nothing is expected. */
  readonly gate: ExpectationVerdict | null
  /** Names of actors and groups. */
  readonly people: Readonly<Record<string, string>>
}

/** All quantities in one word: changed where one is, unchanged where all are shown to be. */
export function overall(differences: readonly Pick<Difference, 'verdict'>[]): Verdict {
  const verdicts = new Set(differences.map(({ verdict }) => verdict))
  if (verdicts.has('changed')) return 'changed'
  return verdicts.has('inconclusive') ? 'inconclusive' : 'unchanged'
}

/** How often each verdict is given. */
export function verdictCounts(differences: readonly Pick<Difference, 'verdict'>[]): Record<Verdict, number> {
  const counts = { changed: 0, unchanged: 0, inconclusive: 0 }
  for (const { verdict } of differences) counts[verdict]++
  return counts
}

/** How many times the smallest effect that matters a difference is. */
export function timesSmallest({
  difference,
  smallestEffect,
}: Pick<Difference, 'difference' | 'smallestEffect'>): number {
  return Math.abs(difference.value) / smallestEffect
}

/** The actor or group a quantity is of, such as KAZ of `KAZ_gap`; undefined for the whole system. */
export function personOf(quantity: string): string | undefined {
  return /^(.+)_(?:gap|class=.+)$/.exec(quantity)?.[1]
}

/**
 * The actor with the largest change, measured in smallest effects that matter. Actors outside the core are named where no
 * actor of the core is shown to have changed.
 */
export function mostAffected(
  differences: readonly Difference[],
  actors: Readonly<Record<string, { readonly name: string; readonly core: boolean }>>,
): MostAffected | null {
  const changed = differences
    .filter(({ verdict, quantity }) => verdict === 'changed' && Object.hasOwn(actors, personOf(quantity) ?? ''))
    .sort((x, y) => timesSmallest(y) - timesSmallest(x))
  const first = changed.find(({ quantity }) => actors[personOf(quantity)!]!.core) ?? changed[0]
  if (!first) return null
  const id = personOf(first.quantity)!
  const { name, core } = actors[id]!
  return { id, name, core, differences: changed.filter(({ quantity }) => personOf(quantity) === id) }
}
