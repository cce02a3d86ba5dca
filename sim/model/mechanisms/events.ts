import { clamp } from '../../core/numeric.ts'
import { type Key, philoxActor, philoxAt, uniform } from '../../core/random.ts'
import { tierNames } from '../../scenario/names.ts'
import type { EffectDocument } from '../../scenario/schema.ts'
import { purpose } from '../draws.ts'
import type { Change, SettingChange } from '../event-plan.ts'
import type { Model } from '../model.ts'
import { deriveSensitivities, type Settings } from '../settings.ts'
import type { World } from '../world.ts'

/** An event that happens in this run. It is in force from tick `start` up to but not including tick `end`. */
export interface Occurrence {
  /** Index in `Scenario.events`. */
  readonly event: number
  readonly start: number
  readonly end: number
}

/** The events of one run, and what they have changed and must take back. Reused by the next run. */
export interface EventLog {
  readonly occurrences: Occurrence[]
  /** 1 at the ticks before which there is something to do, [ticks + 1]. */
  readonly busy: Uint8Array
  /** The run's parameters without events. */
  parameters: Float64Array
  /** Tier steps made by each occurrence, to be undone at its end: [actor × M + institution, steps]. */
  readonly steps: Map<Occurrence, [cell: number, steps: number][]>
}

export function createEventLog({ scenario }: Model, ticks: number): EventLog {
  return { occurrences: [], busy: new Uint8Array(ticks + 1), parameters: scenario.parameters, steps: new Map() }
}

const words = new Int32Array(4)
const shared = new Int32Array(6)

/** Draws whether and when each event happens in a run. Every event has its own address, so no event moves another. */
export function drawEvents(log: EventLog, model: Model, key: Key, run: number, parameters: Float64Array): void {
  const { occurrences, busy, steps } = log
  occurrences.length = 0
  busy.fill(0)
  steps.clear()
  log.parameters = parameters
  philoxAt(shared, key, run, 0, purpose.scenarioEvents)
  for (let event = 0; event < model.events.length; event++) {
    const { address, probability, first, last, duration, holds } = model.events[event]!
    philoxActor(words, shared, address)
    if (uniform(words[0]!) >= probability) continue
    const start = first + Math.floor(uniform(words[1]!) * (last - first + 1))
    const end = start + duration
    occurrences.push({ event, start, end })
    if (holds) busy.fill(1, start, end)
    if (start < busy.length) busy[start] = 1
    if (end < busy.length) busy[end] = 1
  }
}

/**
 * Applies the events before the equations of tick `tick`, on the state they start from.
 *
 * Whenever an event starts or ends, what events have changed of parameters and constants is taken back and changed anew,
 * so that several events add up in any order of their ends. `add` to a state variable acts once, `set` holds it for the
 * duration.
 */
export function applyEvents(log: EventLog, world: World, model: Model, settings: Settings, tick: number): void {
  if (log.busy[tick] === 0) return
  let changed = false
  for (const occurrence of log.occurrences) {
    const ends = occurrence.end === tick
    if ((ends || occurrence.start === tick) && model.events[occurrence.event]!.settings.length > 0) changed = true
    if (ends) undo(log, occurrence, world, model)
  }
  if (changed)
    for (const { event, start, end } of log.occurrences)
      if (start < tick && tick <= end) resetSettings(model.events[event]!.settings, settings, log, model)
  for (const occurrence of log.occurrences) {
    if (tick < occurrence.start || tick >= occurrence.end) continue
    const event = model.events[occurrence.event]!
    if (changed) changeSettings(event.settings, settings)
    const starts = tick === occurrence.start
    if (starts || event.holds)
      for (const effect of event.states) changeState(effect, event.actors, world, model, starts, log, occurrence)
  }
  if (changed) deriveSensitivities(settings, model)
}

const changedBy = (value: number, { add, set }: Change) => set ?? value + (add ?? 0)

function changeSettings(changes: readonly SettingChange[], settings: Settings): void {
  for (const { table, cells, by, low, high } of changes) {
    const column = table === 'parameters' ? settings.parameters : settings.constants[table]
    for (const cell of cells) column[cell] = clamp(changedBy(column[cell]!, by), low, high)
  }
}

function resetSettings(changes: readonly SettingChange[], settings: Settings, log: EventLog, model: Model): void {
  for (const { table, cells } of changes) {
    const column = table === 'parameters' ? settings.parameters : settings.constants[table]
    const base = table === 'parameters' ? log.parameters : model.scenario.constants[table]
    for (const cell of cells) column[cell] = base[cell]!
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
  for (const effect of model.events[occurrence.event]!.states) {
    if ('corridor' in effect)
      world.corridorGrowth[model.scenario.corridors.indexOf(effect.corridor)]! -= effect.open ?? 0
  }
}
