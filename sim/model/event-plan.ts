import { fnv1a } from '../core/hash.ts'
import { quartersBetween } from '../core/quarter.ts'
import type { ActorConstants, Scenario } from '../scenario/compile.ts'
import { actorConstants } from '../scenario/names.ts'
import type { EffectDocument } from '../scenario/schema.ts'

/** What happens to a number: it is set, or something is added to it. */
export interface Change {
  readonly add?: number | undefined
  readonly set?: number | undefined
}

/** A change of some parameters or constants while an event is in force. */
export interface SettingChange {
  readonly table: 'parameters' | keyof ActorConstants
  /** Cells of the table. */
  readonly cells: readonly number[]
  readonly by: Change
  /** Bounds of the changed values. */
  readonly low: number
  readonly high: number
}

/** An event as a run needs it: its names are looked up once a scenario. */
export interface EventPlan {
  /** Address of its draws. */
  readonly address: number
  readonly probability: number
  /** First and last tick it may happen in. */
  readonly first: number
  readonly last: number
  /** Ticks in force; infinite for the rest of the run. */
  readonly duration: number
  /** Indices of the actors it concerns. */
  readonly actors: readonly number[]
  /** What it does to parameters and constants, and its effects on the state. */
  readonly settings: readonly SettingChange[]
  readonly states: readonly EffectDocument[]
  /** Whether it holds a state variable. */
  readonly holds: boolean
}

/** The events of a scenario, in its order. */
export function planEvents(scenario: Scenario): EventPlan[] {
  const { document, actors } = scenario
  return scenario.events.map(event => {
    const [from, to] = event.window ?? [event.at!, event.at!]
    const concerned = event.actors === 'all' ? actors.map((_, i) => i) : event.actors.map(id => actors.indexOf(id))
    const changes = event.effects.map(effect => settingChange(effect, concerned, scenario))
    const states = event.effects.filter((_, n) => changes[n] === undefined)
    return {
      address: fnv1a(event.id),
      probability: event.probability,
      first: quartersBetween(document.start, from),
      last: quartersBetween(document.start, to),
      duration: event.duration ?? Number.POSITIVE_INFINITY,
      actors: concerned,
      settings: changes.filter(change => change !== undefined),
      states,
      holds: states.some(effect => ('driver' in effect || 'variable' in effect) && effect.set !== undefined),
    }
  })
}

/** An effect as a change of settings; undefined for one on the state. */
function settingChange(
  effect: EffectDocument,
  actors: readonly number[],
  { parameterIndex, catalogue, corridors, institutions }: Scenario,
): SettingChange | undefined {
  if ('parameter' in effect) {
    const [low, high] = catalogue.get(effect.parameter)!.bounds
    return { table: 'parameters', cells: [parameterIndex.get(effect.parameter)!], by: effect, low, high }
  }
  if (!('variable' in effect) || !isConstant(effect.variable)) return undefined
  const { of, variable: table } = effect
  const members = of === undefined ? [''] : table === 'corridor_exposure' ? corridors : institutions
  const offset = of === undefined ? 0 : members.indexOf(of)
  const cells = actors.map(i => i * members.length + offset)
  return { table, cells, by: effect, low: 0, high: Number.POSITIVE_INFINITY }
}

const isConstant = (variable: string): variable is keyof ActorConstants =>
  (actorConstants as readonly string[]).includes(variable)
