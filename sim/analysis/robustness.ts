import { passes, type Threshold } from './discovery/cases.ts'
import { prim } from './discovery/prim.ts'
import type { BoxDocument } from './discovery/stated-box.ts'
import { wilson } from './intervals.ts'
import { quantileOfSorted } from './resampling.ts'
import { sortedOrder } from './sensitivity/rank.ts'
import type { InputColumn, Table } from './table.ts'

/** A setting of levers, and how it does over the worlds. */
interface PolicyRobustness {
  readonly levers: Readonly<Record<string, number>>
  /** Mean of the criterion over worlds. */
  readonly mean: number
  /** How much better the best policy of each world does: mean, 90 % quantile and largest over worlds. */
  readonly regret: { readonly mean: number; readonly p90: number; readonly max: number }
  /** Share of worlds that meet the threshold, with its 95 % interval. */
  readonly satisficing: {
    readonly count: number
    readonly share: number
    readonly lower: number
    readonly upper: number
  }
  /** Conditions under which it fails the threshold; none where none is borne out. */
  readonly vulnerability: BoxDocument | null
}

/** Robustness of policies, as documented JSON. */
export interface RobustnessDocument {
  readonly method: 'robustness'
  readonly criterion: string
  readonly prefer: 'high' | 'low'
  readonly threshold: Threshold
  readonly worlds: number
  readonly policies: readonly PolicyRobustness[]
  /** Places in `policies`, the best by each rule. */
  readonly best: { readonly leastRegret: number; readonly leastWorstRegret: number; readonly mostSatisficing: number }
  /** Mean regret of each policy in the lower, middle and upper third of each uncertainty, those that matter most first. */
  readonly byUncertainty: readonly {
    readonly input: string
    readonly regret: readonly { readonly low: number; readonly middle: number; readonly high: number }[]
  }[]
  readonly sentence: string
}

/** Every policy in every world. */
export interface PolicyOutcomes {
  readonly criterion: string
  readonly policies: readonly Readonly<Record<string, number>>[]
  /** The uncertainties of the worlds. */
  readonly uncertainties: readonly InputColumn[]
  /** Criterion of each policy in each world, [policies][worlds]. */
  readonly values: readonly Float64Array[]
}

/**
 * Regret and satisficing of policies over the same worlds:
 *
 *     regret of p in w = |best over p′ of value(p′, w) − value(p, w)|,   satisficing of p = share of worlds that pass
 *
 * and, for each policy, the conditions under which it fails, by PRIM. Cost O(policies × worlds × uncertainties × 60).
 *
 * @see Savage (1951) for regret; Simon (1956) for satisficing; McPhail et al. (2018), Earth's Future 6(2), for the measures
 */
export function robustness(
  { criterion, policies, uncertainties, values }: PolicyOutcomes,
  { threshold: asked, prefer, seed }: { threshold?: Threshold | undefined; prefer: 'high' | 'low'; seed: string },
): RobustnessDocument {
  const worlds = values[0]!.length
  const threshold = asked ?? medianThreshold(values, prefer)
  const better = prefer === 'high' ? Math.max : Math.min
  const best = Float64Array.from({ length: worlds }, (_, w) => better(...values.map(own => own[w]!)))
  const regrets = values.map(own => own.map((value, w) => Math.abs(best[w]! - value)))
  const documents = policies.map((levers, p): PolicyRobustness => {
    const sorted = regrets[p]!.slice().sort()
    const met = values[p]!.filter(value => passes(value, threshold)).length
    return {
      levers,
      mean: mean(values[p]!),
      regret: { mean: mean(sorted), p90: quantileOfSorted(sorted, 0.9), max: sorted[worlds - 1]! },
      satisficing: wilson(met, worlds),
      vulnerability: vulnerability(uncertainties, criterion, values[p]!, threshold, seed),
    }
  })
  const least = (measure: (policy: PolicyRobustness) => number) =>
    documents.reduce((found, policy, n) => (measure(policy) < measure(documents[found]!) ? n : found), 0)
  const chosen = {
    leastRegret: least(({ regret }) => regret.mean),
    leastWorstRegret: least(({ regret }) => regret.max),
    mostSatisficing: least(({ satisficing }) => -satisficing.share),
  }
  return {
    method: 'robustness',
    criterion,
    prefer,
    threshold,
    worlds,
    policies: documents,
    best: chosen,
    byUncertainty: regretByThird(uncertainties, regrets),
    sentence: conclusion(documents, chosen, criterion, worlds),
  }
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function medianThreshold(values: readonly Float64Array[], prefer: 'high' | 'low'): Threshold {
  const all = Float64Array.from(values.flatMap(own => [...own])).sort()
  if (all.every(value => value === 0 || value === 1))
    return { relation: prefer === 'high' ? '>=' : '<=', value: prefer === 'high' ? 1 : 0 }
  return { relation: prefer === 'high' ? '>=' : '<=', value: quantileOfSorted(all, 0.5) }
}

const opposite = { '>=': '<', '>': '≤', '<=': '>', '<': '≥' } as const

/** The densest conditions of failure that held-out worlds bear out. */
function vulnerability(
  uncertainties: readonly InputColumn[],
  criterion: string,
  values: Float64Array,
  threshold: Threshold,
  seed: string,
): BoxDocument | null {
  const fails = Float64Array.from(values, value => (passes(value, threshold) ? 0 : 1))
  const failures = fails.reduce((sum, one) => sum + one, 0)
  if (values.length < 60 || failures < 5 || values.length - failures < 5) return null
  const table: Table = {
    rows: values.length,
    inputs: uncertainties,
    outcome: {
      name: `${criterion} ${opposite[threshold.relation]} ${Number(threshold.value.toPrecision(3))}`,
      values: fails,
    },
  }
  const [box] = prim(table, { boxes: 1, seed }).boxes
  if (!box) return null
  const { added, trajectory, resampling, ...stated } = box
  return stated
}

function regretByThird(
  uncertainties: readonly InputColumn[],
  regrets: readonly Float64Array[],
): RobustnessDocument['byUncertainty'] {
  return uncertainties
    .map(({ name, values }) => {
      const order = sortedOrder(values)
      const third = (n: number) =>
        order.subarray(Math.round((n * order.length) / 3), Math.round(((n + 1) * order.length) / 3))
      const regret = regrets.map(own => {
        const [low, middle, high] = [0, 1, 2].map(n => mean(Float64Array.from(third(n), w => own[w]!))) as [
          number,
          number,
          number,
        ]
        return { low, middle, high }
      })
      const spread = Math.max(
        ...regret.map(({ low, middle, high }) => Math.max(low, middle, high) - Math.min(low, middle, high)),
      )
      return { input: name, regret, spread }
    })
    .sort((a, b) => b.spread - a.spread || (a.input < b.input ? -1 : 1))
    .map(({ input, regret }) => ({ input, regret }))
}

/** A setting of levers in words. @example policyWords({ delivered: 0.5, ticket: 0 }) // => 'delivered 0.5, ticket 0' */
export function policyWords(levers: Readonly<Record<string, number>>): string {
  return Object.entries(levers)
    .map(([name, value]) => `${name} ${Number(value.toPrecision(3))}`)
    .join(', ')
}

function conclusion(
  policies: readonly PolicyRobustness[],
  { leastRegret, mostSatisficing }: RobustnessDocument['best'],
  criterion: string,
  worlds: number,
): string {
  const [first, most] = [policies[leastRegret]!, policies[mostSatisficing]!]
  const share = `${(100 * most.satisficing.share).toFixed(1)} % of ${worlds} worlds`
  const same = leastRegret === mostSatisficing ? 'it also meets' : `${policyWords(most.levers)} meets`
  return `For ${criterion}, ${policyWords(first.levers)} has the least mean regret (${first.regret.mean.toPrecision(3)}); ${same} the threshold most often, in ${share}.`
}
