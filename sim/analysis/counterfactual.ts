import { mean, quantileSorted } from 'simple-statistics'
import { type DriverName, driverNames } from '../model/attribution.ts'
import { type IndexName, indexNames } from '../model/indices.ts'
import { outcomes } from '../model/outcomes.ts'
import type { Result } from '../model/simulate.ts'
import type { EffectDocument, ScenarioDocument } from '../scenario/schema.ts'
import type { Batch } from '../store/batch.ts'
import { pairedDifference } from './hypothesis-figures.ts'
import { type Reruns, rerunsOf } from './reruns.ts'

/** What is taken out of a world. */
export interface Omission {
  readonly kind: 'event' | 'institution' | 'driver'
  readonly id: string
}

/** The parameters whose value 0 silences a driver's terms. */
export const strengths: Readonly<Record<DriverName, readonly string[]>> = {
  growth: ['b_growth'],
  corridor: ['b_corr'],
  capacity: ['b_cap'],
  winwin: ['b_win'],
  threat: ['b_band', 'b_derisk'],
  insecurity: ['b_ins'],
  sanctions: ['b_sanc'],
  hedging: ['b_hedge'],
  linkage: ['link'],
  peer: ['b_peer'],
  club: ['b_club'],
  leader: ['leader_sd'],
  generation: ['gen_drift'],
  project: ['b_proj'],
  noise: ['sigma'],
}

/** What can be taken out of a scenario: its events, its institutions and the drivers. */
export function omissionsOf(document: ScenarioDocument): Omission[] {
  const of = (kind: Omission['kind'], ids: readonly string[]) => ids.map(id => ({ kind, id }))
  return [
    ...of('event', Object.keys(document.events)),
    ...of('institution', Object.keys(document.institutions)),
    ...of('driver', driverNames),
  ]
}

/** The scenario without something. Everything left keeps its draws, because addresses are made of names. */
export function without(document: ScenarioDocument, { kind, id }: Omission): ScenarioDocument {
  if (kind === 'event') {
    const { [id]: _, ...events } = document.events
    return { ...document, events }
  }
  if (kind === 'driver') return document
  const concerns = (effect: EffectDocument) =>
    'joins' in effect
      ? effect.joins === id || effect.institution === id
      : 'tier' in effect
        ? effect.tier === id
        : 'variable' in effect && effect.variable !== 'corridor_exposure' && effect.of === id
  const events = Object.entries(document.events).map(([name, event]) => {
    return [name, { ...event, effects: event.effects.filter(effect => !concerns(effect)) }]
  })
  return {
    ...document,
    institutions: { ...document.institutions, [id]: { ...document.institutions[id]!, exists: false } },
    events: Object.fromEntries(events) as ScenarioDocument['events'],
  }
}

/** A paired difference over runs: with less without. */
export interface Difference {
  /** Its mean, and half of the 95 % interval of that mean; infinite for one run. */
  readonly value: number
  readonly halfWidth: number
  /** The central 90 % of the runs. */
  readonly low: number
  readonly high: number
}

/** What a world is with something, less what it is without it, over the same random worlds. */
export interface Counterfactual {
  readonly omission: Omission
  /** Runs asked for, runs that the omission concerns, and those left out because one of both failed. */
  readonly runs: number
  readonly concerned: number
  readonly failed: number
  /** Changes of the indices since the start, means of the last four ticks. */
  readonly indices: Readonly<Record<IndexName, Difference>>
  /** Changes of each actor since the start, at the last tick. */
  readonly actors: Readonly<
    Record<string, { readonly ID: Difference; readonly OP: Difference; readonly gap: Difference }>
  >
  /** How often the outcome is another one without it; empty for an institution, where outcomes do not compare. */
  readonly turned: readonly { readonly from: string; readonly to: string; readonly runs: number }[]
}

/**
 * Runs the same random worlds with and without something.
 *
 * An event concerns only the runs in which it happens. The start differs where an institution is left out, so all
 * differences are those of changes since the start.
 *
 * @param runs - addresses of the batch
 */
export function compareWithout(batch: Batch, omission: Omission, runs: readonly number[]): Counterfactual {
  const base = rerunsOf(batch)
  const { document, events } = base.scenario
  const other = rerunsOf(batch, without(document, omission))
  const event = omission.kind === 'event' ? events.findIndex(({ id }) => id === omission.id) : -1
  const pairs: { readonly before: Changes; readonly after: Changes }[] = []
  let failed = 0
  let concerned = 0
  for (const run of runs) {
    const result = base.simulate(run, () => undefined)
    if (event >= 0 && !result.occurrences.some(occurrence => occurrence.event === event)) continue
    concerned++
    const failedWith = result.failure !== undefined
    const after = failedWith ? undefined : changesOf(base, result)
    const omitted = other.simulate(run, () => undefined, silenced(other, run, omission))
    if (after === undefined || omitted.failure) failed++
    else pairs.push({ before: changesOf(other, omitted), after })
  }
  const difference = (read: (changes: Changes) => number): Difference => {
    const before = pairs.map(pair => read(pair.before))
    const after = pairs.map(pair => read(pair.after))
    return differenceOf(before, after)
  }
  const turned = new Map<string, number>()
  if (omission.kind !== 'institution') {
    for (const { before, after } of pairs) {
      const turn = `${after.outcome} ${before.outcome}`
      if (after.outcome !== before.outcome) turned.set(turn, (turned.get(turn) ?? 0) + 1)
    }
  }
  return {
    omission,
    runs: runs.length,
    concerned,
    failed,
    indices: Object.fromEntries(
      indexNames.map((name, n) => [name, difference(({ indices }) => indices[n]!)]),
    ) as Counterfactual['indices'],
    actors: Object.fromEntries(
      base.scenario.actors.map((id, i) => [
        id,
        {
          ID: difference(({ institutional }) => institutional[i]!),
          OP: difference(({ operational }) => operational[i]!),
          gap: difference(({ institutional, operational }) => institutional[i]! - operational[i]!),
        },
      ]),
    ),
    turned: [...turned]
      .map(([turn, count]) => ({ from: turn.split(' ')[0]!, to: turn.split(' ')[1]!, runs: count }))
      .sort((a, b) => b.runs - a.runs),
  }
}

/** Changes of a run since its start, copied. */
interface Changes {
  readonly indices: Float64Array
  readonly institutional: Float64Array
  readonly operational: Float64Array
  readonly outcome: string
}

function changesOf({ simulator, scenario }: Reruns, result: Result): Changes {
  const { S } = scenario.sizes
  const end = simulator.ticks * S
  const last = (path: Float64Array) => Float64Array.from({ length: S }, (_, i) => path[end + i]! - path[i]!)
  return {
    indices: Float64Array.from(result.final, (value, n) => value - result.indices[n]!),
    institutional: last(result.institutional),
    operational: last(result.operational),
    outcome: outcomes[result.outcome]!,
  }
}

/** The parameters of a run, with the strengths of a left-out driver at 0. */
function silenced(reruns: Reruns, run: number, { kind, id }: Omission): Float64Array {
  const parameters = reruns.parametersOf(run)
  if (kind === 'driver') {
    for (const name of strengths[id as DriverName]) parameters[reruns.scenario.parameterIndex.get(name)!] = 0
  }
  return parameters
}

function differenceOf(before: readonly number[], after: readonly number[]): Difference {
  if (before.length === 0) return { value: 0, halfWidth: 0, low: 0, high: 0 }
  const sorted = after.map((value, n) => value - before[n]!).sort((a, b) => a - b)
  const { halfWidth = 0 } = pairedDifference(before, after)
  return { value: mean(sorted), halfWidth, low: quantileSorted(sorted, 0.05), high: quantileSorted(sorted, 0.95) }
}

/**
 * Addresses spread evenly over the runs of a batch.
 *
 * @example spreadRuns(4, 10) // => [1, 3, 6, 8]
 * @example spreadRuns(10, 3) // => [0, 1, 2]
 */
export function spreadRuns(sample: number, runs: number): number[] {
  const count = Math.min(sample, runs)
  return Array.from({ length: count }, (_, n) => Math.floor(((n + 0.5) * runs) / count))
}
