import { keyOfSeed } from '../core/seed.ts'
import { compileScenario } from '../scenario/compile.ts'
import type { ScenarioDocument } from '../scenario/schema.ts'
import { suggest } from '../scenario/suggestion.ts'
import { createGroupMeans, type GroupSeries } from './group-means.ts'
import { indexNames } from './indices.ts'
import { createModel } from './model.ts'
import { actorOutcomes, outcomes } from './outcomes.ts'
import { createSimulator, type Failure } from './simulate.ts'

/** Which run to trace, and with which parameters. */
export interface TraceRequest {
  /** A decimal integer from 0 to 2^53 − 1 is the key itself; any other text goes through seedrandom. */
  readonly seed: string
  /** Integer, 0 … 2^32 − 1. */
  readonly run: number
  /** Parameters by name that differ from the scenario's; sampled ones of a batch run, for instance. */
  readonly set?: Readonly<Record<string, number>>
}

/** One run, every tick. Names of indices and outcomes are those of the model document. */
export interface Trace {
  readonly seed: string
  readonly run: number
  readonly parameters: Readonly<Record<string, number>>
  readonly failure: Failure | null
  /** Each index by tick, [ticks + 1]. */
  readonly indices: Readonly<Record<string, readonly number[]>>
  /** The means of each group by tick. */
  readonly groups: Readonly<Record<string, GroupSeries>>
  /** Events that happened, by their first tick, with the first tick at which they are no longer in force. */
  readonly events: readonly { readonly id: string; readonly start: number; readonly end: number | null }[]
  readonly scores: Readonly<Record<string, number>>
  readonly label: string | null
  readonly ambiguous: boolean
  readonly actorLabels: Readonly<Record<string, string>>
  readonly groupLabels: Readonly<Record<string, string>>
  readonly final: {
    /** Shares by actor, domain and option. */
    readonly alignment: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>
    /** Tier (0 none … 3 member) by actor and institution. */
    readonly tiers: Readonly<Record<string, Readonly<Record<string, number>>>>
    readonly vitality: Readonly<Record<string, number>>
    readonly threat: Readonly<Record<string, number>>
    readonly credibility: Readonly<Record<string, number>>
  }
}

/**
 * Traces one run of a scenario without sampling: parameters are the scenario's, those it fixes too, or as set.
 *
 * @throws RangeError for an unknown parameter, a value outside its bounds or a run that is no address
 */
export function traceRun(document: ScenarioDocument, { seed, run, set = {} }: TraceRequest): Trace {
  if (!Number.isInteger(run) || run < 0 || run > 0xffffffff)
    throw new RangeError(`run: expected an integer from 0 to 4294967295, got ${run}`)
  const scenario = compileScenario(document)
  for (const [name, value] of Object.entries(set)) {
    const known = scenario.catalogue.get(name)
    if (!known)
      throw new RangeError(
        `expected a parameter, got ${name}; ${suggest(name, scenario.catalogue.keys(), 'parameters')}`,
      )
    const [low, high] = known.bounds
    if (!(value >= low && value <= high))
      throw new RangeError(`${name}: expected a number from ${low} to ${high}, got ${value}`)
    if (known.integer && !Number.isInteger(value))
      throw new RangeError(`${name}: expected a whole number, got ${value}`)
    scenario.parameters[scenario.parameterIndex.get(name)!] = value
  }
  const { sizes } = scenario
  const model = createModel(scenario)
  const simulator = createSimulator(model)
  const groups = createGroupMeans(model)
  const result = simulator.simulate(keyOfSeed(seed), run, scenario.parameters, groups.onlooker)
  const lived = result.failure ? result.failure.tick - 1 : simulator.ticks
  const path = (column: Float64Array, width: number, place: number) =>
    Array.from({ length: lived + 1 }, (_, tick) => column[tick * width + place]!)
  const byId = <T>(ids: readonly string[], value: (n: number) => T) =>
    Object.fromEntries(ids.map((id, n) => [id, value(n)]))
  const { world } = result
  const failed = result.failure !== undefined
  return {
    seed,
    run,
    parameters: byId([...scenario.catalogue.keys()], n => scenario.parameters[n]!),
    failure: result.failure ?? null,
    indices: byId(indexNames, n => path(result.indices, indexNames.length, n)),
    groups: groups.series,
    events: result.occurrences.map(({ event, start, end }) => ({
      id: scenario.events[event]!.id,
      start,
      end: Number.isFinite(end) ? end : null,
    })),
    scores: failed ? {} : byId(outcomes, n => result.scores[n]!),
    label: failed ? null : outcomes[result.outcome]!,
    ambiguous: !failed && result.margin < document.thresholds.ambiguous,
    actorLabels: failed ? {} : byId(scenario.actors, i => actorOutcomes[result.actorOutcome[i]!]!),
    groupLabels: failed
      ? {}
      : byId(
          scenario.groups.map(group => group.id),
          g => actorOutcomes[result.groupOutcome[g]!]!,
        ),
    final: {
      alignment: byId(scenario.actors, i =>
        byId(scenario.domains, d => byId(scenario.options, p => world.alignment[(i * sizes.D + d) * sizes.P + p]!)),
      ),
      tiers: byId(scenario.actors, i => byId(scenario.institutions, m => world.tier[i * sizes.M + m]!)),
      vitality: byId(scenario.institutions, m => world.vitality[m]!),
      threat: byId(scenario.actors, i => world.threat[i]!),
      credibility: byId(scenario.actors, i => world.credibility[i]!),
    },
  }
}
