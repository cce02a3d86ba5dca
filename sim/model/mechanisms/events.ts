import { fnv1a } from '../../core/hash.ts'
import { clamp } from '../../core/numeric.ts'
import { quartersBetween } from '../../core/quarter.ts'
import { type Key, philox, uniform } from '../../core/random.ts'
import type { ActorConstants, Scenario } from '../../scenario/compile.ts'
import { actorConstants, type EffectDocument, tierNames } from '../../scenario/schema.ts'
import { purpose } from '../draws.ts'
import type { Model } from '../model.ts'
import { deriveSensitivities, resetConstants, type Settings } from '../settings.ts'
import type { World } from '../world.ts'

/** An event that happens in this run. It is in force from tick `start` up to but not including tick `end`. */
export interface Occurrence {
  /** Index in `Scenario.events`. */
  readonly event: number
  readonly start: number
  readonly end: number
}

/** An event as a run needs it: looked up once a scenario. */
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
  readonly effects: readonly EffectDocument[]
  /** Whether it changes parameters or constants, and whether it holds a state variable. */
  readonly changesSettings: boolean
  readonly holds: boolean
}

/** The events of a scenario, in its order. */
export function planEvents({ document, events, actors }: Scenario): EventPlan[] {
  return events.map(event => {
    const [from, to] = event.window ?? [event.at!, event.at!]
    return {
      address: fnv1a(event.id),
      probability: event.probability,
      first: quartersBetween(document.start, from),
      last: quartersBetween(document.start, to),
      duration: event.duration ?? Number.POSITIVE_INFINITY,
      actors: event.actors === 'all' ? actors.map((_, i) => i) : event.actors.map(id => actors.indexOf(id)),
      effects: event.effects,
      changesSettings: event.effects.some(
        effect => 'parameter' in effect || ('variable' in effect && isConstant(effect.variable)),
      ),
      holds: event.effects.some(effect => ('driver' in effect || 'variable' in effect) && effect.set !== undefined),
    }
  })
}

const isConstant = (variable: string) => (actorConstants as readonly string[]).includes(variable)

const words = new Int32Array(4)

/** Whether and when each event happens in a run. Every event has its own address, so no event moves another. */
export function drawOccurrences(model: Model, key: Key, run: number): Occurrence[] {
  const occurrences: Occurrence[] = []
  model.events.forEach(({ address, probability, first, last, duration }, event) => {
    philox(words, key, run, address, 0, purpose.scenarioEvents)
    if (uniform(words[0]!) >= probability) return
    const start = first + Math.floor(uniform(words[1]!) * (last - first + 1))
    occurrences.push({ event, start, end: start + duration })
  })
  return occurrences
}

/** What the events of one run have changed and must take back. */
export interface EventLog {
  occurrences: readonly Occurrence[]
  /** The run's parameters and constants without events. */
  readonly base: { readonly parameters: Float64Array; readonly constants: ActorConstants }
  /** Tier steps made by each occurrence, to be undone at its end: [actor × M + institution, steps]. */
  readonly steps: Map<Occurrence, [cell: number, steps: number][]>
}

export function createEventLog(model: Model, occurrences: readonly Occurrence[], parameters: Float64Array): EventLog {
  return {
    occurrences,
    base: { parameters: parameters.slice(), constants: model.scenario.constants },
    steps: new Map(),
  }
}

/**
 * Applies the events before the equations of tick `tick`, on the state they start from.
 *
 * Parameters and constants are set anew from the run's own whenever an event starts or ends, so that several events add
 * up in any order of their ends. `add` to a state variable acts once, `set` holds it for the duration.
 */
export function applyEvents(log: EventLog, world: World, model: Model, settings: Settings, tick: number): void {
  let changed = false
  for (const occurrence of log.occurrences) {
    const ends = occurrence.end === tick
    if ((ends || occurrence.start === tick) && model.events[occurrence.event]!.changesSettings) changed = true
    if (ends) undo(log, occurrence, world, model)
  }
  if (changed) {
    settings.parameters.set(log.base.parameters)
    resetConstants(settings.constants, log.base.constants)
  }
  for (const occurrence of log.occurrences) {
    if (tick < occurrence.start || tick >= occurrence.end) continue
    const { actors, effects, holds } = model.events[occurrence.event]!
    const starts = tick === occurrence.start
    if (changed) for (const effect of effects) changeSettings(effect, actors, model, settings)
    if (starts || holds)
      for (const effect of effects) changeState(effect, actors, world, model, starts, log, occurrence)
  }
  if (changed) deriveSensitivities(settings, model)
}

interface Change {
  readonly add?: number | undefined
  readonly set?: number | undefined
}

const changedBy = (value: number, { add, set }: Change) => set ?? value + (add ?? 0)

function changeSettings(effect: EffectDocument, actors: readonly number[], model: Model, settings: Settings): void {
  const { scenario } = model
  if ('parameter' in effect) {
    const column = scenario.parameterIndex.get(effect.parameter)!
    const [low, high] = scenario.catalogue.get(effect.parameter)!.bounds
    settings.parameters[column] = clamp(changedBy(settings.parameters[column]!, effect), low, high)
  } else if ('variable' in effect && effect.variable in settings.constants) {
    const column = settings.constants[effect.variable as keyof ActorConstants]
    const members =
      effect.variable === 'corridor_exposure'
        ? scenario.corridors
        : effect.of === undefined
          ? ['']
          : scenario.institutions
    const offset = effect.of === undefined ? 0 : members.indexOf(effect.of)
    for (const i of actors) {
      const cell = i * members.length + offset
      column[cell] = Math.max(0, changedBy(column[cell]!, effect))
    }
  }
}

function changeState(
  effect: EffectDocument,
  actors: readonly number[],
  world: World,
  model: Model,
  starts: boolean,
  log: EventLog,
  occurrence: Occurrence,
): void {
  const { scenario } = model
  const M = scenario.sizes.M
  if ('joins' in effect) {
    if (!starts) return
    const from = scenario.institutions.indexOf(effect.institution)
    const to = scenario.institutions.indexOf(effect.joins)
    const lifted = tierNames.indexOf(effect.tier)
    for (let i = 0; i < scenario.sizes.S; i++) {
      const isMember = world.tier[i * M + from] === tierNames.length - 1
      if (isMember && world.tier[i * M + to]! < lifted) setTier(world, model, i * M + to, lifted, log, occurrence)
    }
  } else if ('driver' in effect) {
    if (!starts && effect.set === undefined) return
    if (effect.driver === 'growth')
      change(
        world.growth,
        scenario.options.indexOf(effect.of!),
        effect,
        Number.NEGATIVE_INFINITY,
        Number.POSITIVE_INFINITY,
      )
    else if (effect.driver === 'vitality')
      change(world.vitality, scenario.institutions.indexOf(effect.of!), effect, 0, 1)
    else if (effect.driver === 'war') world.war = clamp(Math.round(changedBy(world.war, effect)), 0, 2)
    else
      world[effect.driver] = clamp(changedBy(world[effect.driver], effect), effect.driver === 'capacity' ? 0.05 : 0, 1)
  } else if ('variable' in effect) {
    const column = stateColumn(world, effect.variable)
    if (column === undefined || (!starts && effect.set === undefined)) return
    const bound = effect.variable === 'leader' ? Number.POSITIVE_INFINITY : 1
    for (const i of actors) change(column, i, effect, bound === 1 ? 0 : -bound, bound)
  } else if ('tier' in effect) {
    if (!starts) return
    const m = scenario.institutions.indexOf(effect.tier)
    for (const i of actors) {
      const tier = world.tier[i * M + m]!
      setTier(
        world,
        model,
        i * M + m,
        effect.set === undefined ? tier + effect.move! : tierNames.indexOf(effect.set),
        log,
        occurrence,
      )
    }
  } else if ('corridor' in effect) {
    if (!starts) return
    const k = scenario.corridors.indexOf(effect.corridor)
    world.corridorGrowth[k]! += effect.open ?? 0
    world.corridorLoss[k]! += effect.cut ?? 0
  }
}

function stateColumn(world: World, variable: string): Float64Array | undefined {
  switch (variable) {
    case 'threat':
      return world.threat
    case 'insecurity_felt':
      return world.insecurity
    case 'leader':
      return world.leader
    case 'credibility':
      return world.credibility
    case 'settlement':
      return world.settlement
    case 'projects':
      return world.projects
    default:
      return undefined
  }
}

function change(column: Float64Array, index: number, by: Change, low: number, high: number): void {
  column[index] = clamp(changedBy(column[index]!, by), low, high)
}

function setTier(world: World, model: Model, cell: number, tier: number, log: EventLog, occurrence: Occurrence): void {
  const moved = clamp(tier, 0, tierNames.length - 1)
  const steps = moved - world.tier[cell]!
  if (steps === 0) return
  world.tier[cell] = moved
  world.depth[cell] = model.scenario.depth[moved]!
  const made = log.steps.get(occurrence) ?? []
  made.push([cell, steps])
  log.steps.set(occurrence, made)
}

function undo(log: EventLog, occurrence: Occurrence, world: World, model: Model): void {
  for (const [cell, steps] of log.steps.get(occurrence) ?? []) {
    const tier = clamp(world.tier[cell]! - steps, 0, tierNames.length - 1)
    world.tier[cell] = tier
    world.depth[cell] = model.scenario.depth[tier]!
  }
  for (const effect of model.scenario.events[occurrence.event]!.effects) {
    if ('corridor' in effect)
      world.corridorGrowth[model.scenario.corridors.indexOf(effect.corridor)]! -= effect.open ?? 0
  }
}
