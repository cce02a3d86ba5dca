import { packed, packedFloats } from '../core/packed.ts'
import type { Key } from '../core/random.ts'
import { P } from '../scenario/parameter.ts'
import { createDraws } from './draws.ts'
import { exchange, haveSameSizes, ownModel } from './engine-model.ts'
import { type Failure, isFiniteWorld, notFinite } from './failure.ts'
import { createObserver, I, indexNames, type Observer } from './indices.ts'
import { createDrivers } from './mechanisms/drivers.ts'
import { applyEvents, createEventLog, drawEvents, type Occurrence } from './mechanisms/events.ts'
import type { Model } from './model.ts'
import { type Judged, judgeActor, largest, margin, outcomes, scoreRun } from './outcomes.ts'
import { createStep, type Scratch } from './schedule.ts'
import { createSettings, deriveSensitivities, resetConstants, type Settings } from './settings.ts'
import { advance, createWorld, resetWorld, type World } from './world.ts'

export type { Failure }

/** Ticks at the end of a run over which outcomes average. */
export const judgedTicks = 4

/** Everything one run leaves behind. The next run, of this simulator or another, reuses the buffers. */
export interface Result {
  failure: Failure | undefined
  readonly occurrences: Occurrence[]
  /** Indices at every tick, [ticks + 1, indices]; all columns only in the last four ticks unless `detail` is set. */
  readonly indices: Float64Array
  /** Institutional and operational alignment of each actor, each [ticks + 1, S]. */
  readonly institutional: Float64Array
  readonly operational: Float64Array
  /** The same for each group, each [ticks + 1, groups]. */
  readonly groupInstitutional: Float64Array
  readonly groupOperational: Float64Array
  /** Tier of each actor in the first two institutions at every tick, [ticks + 1, S, 2]. */
  readonly tierPath: Uint8Array
  /** Means of the indices over the last four ticks, [indices]. */
  readonly final: Float64Array
  /** [6], in the order of `outcomes`. */
  readonly scores: Float64Array
  /** Index in `outcomes`. */
  outcome: number
  /** Difference of the two best scores. */
  margin: number
  /** Index in `actorOutcomes`, [S] and [groups]. */
  readonly actorOutcome: Uint8Array
  readonly groupOutcome: Uint8Array
  /** The state at the end. */
  readonly world: World
}

/** What an onlooker of a run is shown: the state after each tick, tick 0 included. */
export interface Sight {
  readonly tick: number
  readonly prev: World
  readonly next: World
  readonly scratch: Scratch
  readonly settings: Settings
  readonly observer: Observer
}

/** Runs one scenario again and again. Not for two runs at once. */
export interface Simulator {
  readonly model: Model
  readonly ticks: number
  /**
   * @param key - from the seed
   * @param run - address of the run, 0 … 2^32 − 1
   * @param parameters - the run's parameters, [parameters]; read only
   * @param onlooker - called after each tick; all indices are then computed at every tick, results are the same
   */
  simulate(key: Key, run: number, parameters: Float64Array, onlooker?: (sight: Sight) => void): Result
}

/** What computes runs, of one model after the other. */
interface Engine extends Simulator {
  /** The model whose numbers `model` has. */
  held: Model
  /** Whether a run is under way. */
  busy: boolean
}

/** Engines that simulators still to come may share, each for models of other sizes; the first ones stay. */
const engines: Engine[] = []
const mostEngines = 4

/**
 * Prepares the runs of a model. V8 compiles the first engine of a thread for the very columns it works on, and every
 * further one for any, at nearly twice the time; so simulators of the same sizes share one, which takes over the numbers
 * of the model that runs.
 */
export function createSimulator(model: Model): Simulator {
  const ticks = model.scenario.parameters[P.horizon]!
  let engine = engines.find(other => other.ticks === ticks && haveSameSizes(other.model, model))
  if (!engine) {
    engine = createEngine(ownModel(model), model)
    engines.splice(mostEngines - 1)
    engines.push(engine)
  }
  return { model, ticks, simulate: (...asked) => simulateOn(engine, model, asked) }
}

function simulateOn(engine: Engine, model: Model, asked: Parameters<Simulator['simulate']>): Result {
  if (engine.busy) throw new Error('expected one run after the other, got one while another is under way')
  if (engine.held !== model) exchange(engine.model, model)
  engine.held = model
  engine.busy = true
  try {
    return engine.simulate(...asked)
  } finally {
    engine.busy = false
  }
}

function createEngine(model: Model, held: Model): Engine {
  const { scenario } = model
  const { S, M } = scenario.sizes
  const ticks = scenario.parameters[P.horizon]!
  const groups = scenario.groups.length
  const width = indexNames.length
  const settings = createSettings(scenario)
  const scratch: Scratch = {
    draws: createDraws(model),
    drivers: createDrivers(model),
    pull: packedFloats(scenario.alignment0.length),
  }
  const prev = createWorld(model)
  const next = createWorld(model)
  const observer = createObserver(next, model, settings)
  const step = createStep(prev, next, model, settings, scratch)
  const log = createEventLog(model, ticks)
  const result: Result = {
    failure: undefined,
    occurrences: log.occurrences,
    indices: packedFloats((ticks + 1) * width),
    institutional: packedFloats((ticks + 1) * S),
    operational: packedFloats((ticks + 1) * S),
    groupInstitutional: packedFloats((ticks + 1) * groups),
    groupOperational: packedFloats((ticks + 1) * groups),
    tierPath: packed(new Uint8Array((ticks + 1) * S * 2)),
    final: packedFloats(width),
    scores: packedFloats(outcomes.length),
    outcome: 0,
    margin: 0,
    actorOutcome: new Uint8Array(S),
    groupOutcome: new Uint8Array(groups),
    world: prev,
  }
  const judged: Judged = { id: 0, op: 0, gap: 0, vitality: 0, lead: 0, external: 0, breadth: 0 }

  /** Writes what `next` looks like to the results of a tick. */
  function record(tick: number, all: boolean): void {
    const world = next
    observer.observe(result.indices, tick * width, all || tick > ticks - judgedTicks)
    result.institutional.set(observer.institutional, tick * S)
    result.operational.set(world.operational, tick * S)
    for (let i = 0, n = tick * S * 2; i < S; i++) {
      result.tierPath[n++] = world.tier[i * M]!
      result.tierPath[n++] = world.tier[i * M + 1]!
    }
    for (let g = 0; g < groups; g++) {
      const { members } = scenario.groups[g]!
      let id = 0
      let op = 0
      let total = 0
      for (let n = 0; n < members.length; n++) {
        const i = members[n]!
        const w = scenario.weight[i]!
        id += w * observer.institutional[i]!
        op += w * world.operational[i]!
        total += w
      }
      result.groupInstitutional[tick * groups + g] = id / total
      result.groupOperational[tick * groups + g] = op / total
    }
  }

  function judge(): void {
    const { indices, final } = result
    const first = Math.max(1, ticks + 1 - judgedTicks)
    for (let n = 0; n < width; n++) {
      let sum = 0
      for (let t = first; t <= ticks; t++) sum += indices[t * width + n]!
      final[n] = sum / (ticks + 1 - first)
    }
    judged.id = final[I.ID]! - indices[I.ID]!
    judged.op = final[I.OP]! - indices[I.OP]!
    judged.gap = final[I.gap]! - indices[I.gap]!
    judged.vitality = final[I.v]!
    judged.lead = final[I.lead_RU]! - indices[I.lead_RU]!
    judged.external = final[I.ext]!
    judged.breadth = final[I.breadth]!
    const { thresholds } = scenario.document
    scoreRun(result.scores, judged, thresholds)
    result.outcome = largest(result.scores)
    result.margin = margin(result.scores)
    const end = ticks * S
    for (let i = 0; i < S; i++) {
      result.actorOutcome[i] = judgeActor(
        result.institutional[end + i]! - result.institutional[i]!,
        result.operational[end + i]! - result.operational[i]!,
        thresholds,
      )
    }
    const groupEnd = ticks * groups
    for (let g = 0; g < groups; g++) {
      result.groupOutcome[g] = judgeActor(
        result.groupInstitutional[groupEnd + g]! - result.groupInstitutional[g]!,
        result.groupOperational[groupEnd + g]! - result.groupOperational[g]!,
        thresholds,
      )
    }
  }

  function simulate(key: Key, run: number, parameters: Float64Array, onlooker?: (sight: Sight) => void): Result {
    settings.parameters.set(parameters)
    resetConstants(settings.constants, scenario.constants)
    deriveSensitivities(settings, model)
    result.failure = undefined
    drawEvents(log, model, key, run, parameters)
    resetWorld(next, model, parameters)
    record(0, onlooker !== undefined)
    advance(prev, next)
    onlooker?.({ tick: 0, prev, next: prev, scratch, settings, observer })
    for (let tick = 1; tick <= ticks; tick++) {
      applyEvents(log, prev, model, settings, tick)
      const broken = step(key, run, tick)
      if (broken >= 0) result.failure = { variable: 'alignment', of: scenario.actors[broken]!, tick }
      else if (!isFiniteWorld(next)) result.failure = notFinite(next, model, tick)
      if (result.failure) break
      record(tick, onlooker !== undefined)
      onlooker?.({ tick, prev, next, scratch, settings, observer })
      advance(prev, next)
    }
    if (!result.failure) judge()
    return result
  }

  return { model, ticks, simulate, held, busy: false }
}
