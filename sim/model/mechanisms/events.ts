import { fnv1a } from '../../core/hash.ts'
import { clamp } from '../../core/numeric.ts'
import { quartersBetween } from '../../core/quarter.ts'
import { type Key, philox, uniform } from '../../core/random.ts'
import type { ActorConstants } from '../../scenario/compile.ts'
import { type EffectDocument, tierNames } from '../../scenario/schema.ts'
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

/** Whether and when each event happens in a run. Every event has its own address, so no event moves another. */
export function drawOccurrences(model: Model, key: Key, run: number): Occurrence[] {
  const { scenario } = model
  const words = new Int32Array(4)
  const occurrences: Occurrence[] = []
  scenario.events.forEach(({ id, at, window, probability, duration }, event) => {
    philox(words, key, run, fnv1a(id), 0, purpose.scenarioEvents)
    if (uniform(words[0]!) >= probability) return
    const [from, to] = window ?? [at!, at!]
    const first = quartersBetween(scenario.document.start, from)
    const last = quartersBetween(scenario.document.start, to)
    const start = first + Math.floor(uniform(words[1]!) * (last - first + 1))
    occurrences.push({ event, start, end: duration === undefined ? Number.POSITIVE_INFINITY : start + duration })
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
    if (occurrence.start === tick || occurrence.end === tick) changed = true
    if (occurrence.end === tick) undo(log, occurrence, world, model)
  }
  if (changed) {
    settings.parameters.set(log.base.parameters)
    resetConstants(settings.constants, log.base.constants)
  }
  for (const occurrence of log.occurrences) {
    if (tick < occurrence.start || tick >= occurrence.end) continue
    const event = model.scenario.events[occurrence.event]!
    const actors =
      event.actors === 'all'
        ? model.scenario.actors.map((_, i) => i)
        : event.actors.map(id => model.scenario.actors.indexOf(id))
    for (const effect of event.effects) {
      if (changed) changeSettings(effect, actors, model, settings)
      changeState(effect, actors, world, model, tick === occurrence.start, log, occurrence)
    }
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
