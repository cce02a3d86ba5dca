import { quarterAfter } from '../core/quarter.ts'
import type { Plan } from '../design/plan.ts'
import { I, type IndexName, indexNames } from '../model/indices.ts'
import { actorOutcomes, outcomes } from '../model/outcomes.ts'
import type { Scenario } from '../scenario/compile.ts'
import { tierNames } from '../scenario/names.ts'
import { hasOuterTier } from '../scenario/outer-tier.ts'
import type { FailedRun } from '../store/part.ts'
import { histogram, type TallyLayout, tallyQuantiles, trajectoryIndices } from '../store/tallies.ts'
import { type Share, wilson } from './intervals.ts'

/** A quantity over the runs: its value at the start, and median and central 90 % at the end. */
export interface Range {
  readonly start: number
  readonly median: number
  readonly low: number
  readonly high: number
}

/** Quantiles of an index at each tick, each [ticks + 1]. */
export interface Fan {
  readonly q05: readonly number[]
  readonly q25: readonly number[]
  readonly q50: readonly number[]
  readonly q75: readonly number[]
  readonly q95: readonly number[]
}

export interface OutcomeShare extends Share {
  readonly outcome: string
}

/** What the runs say of one actor or group. */
export interface ActorSummary {
  readonly id: string
  readonly name: string
  readonly outcomes: readonly OutcomeShare[]
  /** Levels at the last tick. */
  readonly institutional: Range
  readonly operational: Range
  readonly gap: Range
  readonly fans: { readonly ID: Fan; readonly OP: Fan; readonly gap: Fan }
}

export interface CountrySummary extends ActorSummary {
  readonly code: number
  readonly core: boolean
  readonly region: string | undefined
  /** Change of the Russian share since the start, by domain. */
  readonly domains: readonly (Range & { readonly domain: string })[]
  /** Tier at the start and share of runs in each tier at the end, by institution. */
  readonly tiers: readonly { readonly institution: string; readonly start: string; readonly end: readonly number[] }[]
  /** Final (institutional, operational) alignment of a sample of runs. */
  readonly cloud: readonly (readonly [number, number])[]
}

/** Findings of one batch as plain data: everything a report says comes from here. */
export interface Summary {
  readonly title: string
  readonly question: string
  readonly id: string
  readonly scenarioHash: string
  readonly batch: string
  readonly digest: string
  readonly engine: string
  readonly model: string
  readonly plan: Plan
  /** Runs stored, and how many of them failed. */
  readonly runs: number
  readonly failed: readonly FailedRun[]
  readonly complete: boolean
  /** Quarter of each tick, [ticks + 1]. */
  readonly quarters: readonly string[]
  /** Whether CIS Plus exists; where it does not, its vitality and the outcomes that read it are of no such body. */
  readonly outerTier: boolean
  /** Inputs in which runs differ. */
  readonly sampled: number
  readonly outcomes: readonly OutcomeShare[]
  readonly ambiguous: Share
  /** Means over the last four ticks. */
  readonly indices: readonly (Range & { readonly index: IndexName })[]
  readonly fans: { readonly [index in (typeof trajectoryIndices)[number]]: Fan }
  readonly groups: readonly ActorSummary[]
  readonly actors: readonly CountrySummary[]
  /** Mean number of core and of other actors in each tier of the first two institutions at each tick. */
  readonly flow: readonly {
    readonly institution: string
    readonly core: readonly (readonly number[])[]
    readonly external: readonly (readonly number[])[]
  }[]
  readonly events: readonly {
    readonly id: string
    readonly title: string
    readonly window: string
    readonly probability: number
    readonly happened: Share
  }[]
}

/** What a summary is made from. */
export interface BatchView {
  readonly scenario: Scenario
  readonly tallies: TallyLayout
  /** Summed counts, [cells]. */
  readonly totals: Float64Array
  readonly runs: number
  readonly failed: readonly FailedRun[]
  readonly digest: string
  readonly manifest: {
    readonly batch: string
    readonly engine: string
    readonly model: string
    readonly plan: Plan
    readonly scenario: { readonly id: string; readonly sha256: string }
  }
  /** Indices of tick 0, [indices], and of each actor and group, [S] and [groups]. */
  readonly start: {
    readonly indices: Float64Array
    readonly institutional: Float64Array
    readonly operational: Float64Array
    readonly groupInstitutional: Float64Array
    readonly groupOperational: Float64Array
  }
  /** Final alignment of sampled runs, for each actor a list of (ID, OP). */
  readonly clouds: readonly (readonly (readonly [number, number])[])[]
}

export function summarise(view: BatchView): Summary {
  const { scenario, tallies, totals, manifest, start } = view
  const { document } = scenario
  const { S, D, M } = scenario.sizes
  const G = scenario.groups.length
  const ticks = scenario.parameters[scenario.parameterIndex.get('horizon')!]!
  const table = (name: string) => tallies.tables.get(name)!
  const done = view.runs - view.failed.length
  const quantiles = (name: string, place: number, ranks: readonly number[]) =>
    tallyQuantiles(totals, table(name), place, ranks)
  const range = (name: string, place: number, from: number): Range => {
    const [low, median, high] = quantiles(name, place, [0.05, 0.5, 0.95])
    return { start: from, median: median!, low: low!, high: high! }
  }
  const fan = (name: string, from: number, places: number, place: number): Fan => {
    const ranks = [0.05, 0.25, 0.5, 0.75, 0.95]
    const levels = Array.from({ length: ticks + 1 }, (_, tick) =>
      tick === 0 ? ranks.map(() => from) : quantiles(name, tick * places + place, ranks),
    )
    const [q05, q25, q50, q75, q95] = ranks.map((_, n) => levels.map(found => found[n]!))
    return { q05: q05!, q25: q25!, q50: q50!, q75: q75!, q95: q95! }
  }
  const shares = (name: string, place: number, names: readonly string[]): OutcomeShare[] =>
    [...histogram(totals, table(name), place)].map((count, n) => ({ outcome: names[n]!, ...wilson(count, done) }))
  const actorLike = (
    kind: 'actor' | 'group',
    places: number,
    place: number,
    id: string,
    name: string,
    institutional: number,
    operational: number,
  ): ActorSummary => {
    const last = ticks * places + place
    return {
      id,
      name,
      outcomes: shares(`${kind}Outcome`, place, actorOutcomes),
      institutional: range(`${kind}.ID`, last, institutional),
      operational: range(`${kind}.OP`, last, operational),
      gap: range(`${kind}.gap`, last, institutional - operational),
      fans: {
        ID: fan(`${kind}.ID`, institutional, places, place),
        OP: fan(`${kind}.OP`, operational, places, place),
        gap: fan(`${kind}.gap`, institutional - operational, places, place),
      },
    }
  }
  const ambiguousCounts = outcomes.map((_, n) => histogram(totals, table('ambiguous'), n)[1]!)
  const tierMeans = (institution: number, core: number) =>
    Array.from({ length: ticks + 1 }, (_, tick) => {
      const means = tierNames.map(() => 0)
      for (let i = 0; i < S; i++) {
        if (scenario.core[i] !== core) continue
        histogram(totals, table('tierPath'), (tick * S + i) * 2 + institution).forEach((count, tier) => {
          means[tier]! += count / done
        })
      }
      return means
    })

  return {
    title: document.title,
    question: document.question,
    id: manifest.scenario.id,
    scenarioHash: manifest.scenario.sha256,
    batch: manifest.batch,
    digest: view.digest,
    engine: manifest.engine,
    model: manifest.model,
    plan: manifest.plan,
    runs: view.runs,
    failed: view.failed,
    complete: view.runs === manifest.plan.runs,
    quarters: Array.from({ length: ticks + 1 }, (_, tick) => quarterAfter(document.start, tick)),
    outerTier: hasOuterTier(document),
    sampled: scenario.uncertainties.filter(({ distribution }) => distribution.distribution !== 'fixed').length,
    outcomes: shares('outcome', 0, outcomes),
    ambiguous: wilson(
      ambiguousCounts.reduce((sum, n) => sum + n, 0),
      done,
    ),
    indices: indexNames.map((index, n) => ({ index, ...range(`final.${index}`, 0, start.indices[n]!) })),
    fans: Object.fromEntries(
      trajectoryIndices.map(name => [name, fan(`system.${name}`, start.indices[I[name]]!, 1, 0)]),
    ) as Summary['fans'],
    groups: scenario.groups.map(({ id, name }, g) =>
      actorLike('group', G, g, id, name, start.groupInstitutional[g]!, start.groupOperational[g]!),
    ),
    actors: scenario.actors.map((id, i) => {
      const { name, core, region, code } = document.actors[id]!
      return {
        ...actorLike('actor', S, i, id, name, start.institutional[i]!, start.operational[i]!),
        code,
        core,
        region,
        domains: scenario.domains.map((domain, d) => ({ domain, ...range('domain', i * D + d, 0) })),
        tiers: scenario.institutions.map((institution, m) => ({
          institution,
          start: tierNames[scenario.tier0[i * M + m]!]!,
          end: [...histogram(totals, table('tierEnd'), i * M + m)].map(count => count / done),
        })),
        cloud: view.clouds[i] ?? [],
      }
    }),
    flow: [0, 1].map(m => ({
      institution: scenario.institutions[m]!,
      core: tierMeans(m, 1),
      external: tierMeans(m, 0),
    })),
    events: scenario.events.map(({ id, title, at, window, probability }, e) => ({
      id,
      title,
      window: at ?? window!.join(' to '),
      probability,
      happened: wilson(histogram(totals, table('event'), e)[1]!, done),
    })),
  }
}
