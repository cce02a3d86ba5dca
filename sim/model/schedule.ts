import type { Key } from '../core/random.ts'
import { P } from '../scenario/parameter.ts'
import { type Draws, drawSummit, drawTick } from './draws.ts'
import { coercionAndCredibility, insecurity, settlementAndProjects, succession } from './mechanisms/actors.ts'
import { choice } from './mechanisms/choice.ts'
import { clubColumn, corridorColumn, type Drivers, regionColumn, russiaDriverColumns } from './mechanisms/drivers.ts'
import { membership } from './mechanisms/membership.ts'
import { capacity, corridors, poles, posture, sanctions, vitality, war } from './mechanisms/system.ts'
import type { Memory } from './memory.ts'
import type { Model } from './model.ts'
import type { Settings } from './settings.ts'
import type { World } from './world.ts'

/** Buffers of a tick. */
export interface Scratch {
  readonly draws: Draws
  readonly drivers: Drivers
  readonly memory: Memory
  /** Driver terms, [S, D, P], log-odds; a view of the memory. */
  readonly pull: Float64Array
  /** [M] */
  readonly participation: Float64Array
}

/**
 * One quarter: every equation reads the last tick (`prev`) and writes the next one, so their order does not matter,
 * but that shares follow from the deviations of the same tick.
 *
 * @returns the first actor whose alignment is not finite, or −1
 */
export function step(
  prev: World,
  next: World,
  model: Model,
  settings: Settings,
  scratch: Scratch,
  key: Key,
  run: number,
  tick: number,
): number {
  const { draws, drivers } = scratch
  drawTick(draws, model, key, run, tick)

  // The system: G1–G7.
  war(prev, next, settings, draws)
  capacity(prev, next, settings, draws)
  sanctions(prev, next, settings, draws)
  poles(prev, next, model, settings, draws)
  posture(prev, next, model, settings, draws)
  corridors(prev, next, model, settings, draws)
  vitality(prev, next, model, settings)

  // What happens to each actor: S1–S6.
  insecurity(prev, next, model, settings, draws)
  coercionAndCredibility(prev, next, model, settings, draws, tick)
  succession(prev, next, model, settings, draws)
  settlementAndProjects(prev, next, model, settings)

  // What each actor chooses: S7, E8.
  driverColumns(drivers, prev, model, settings, tick)
  const broken = choice(prev, next, model, settings, drivers, draws, scratch.memory, scratch.pull)

  // Who belongs where: S8.
  next.tier.set(prev.tier)
  next.depth.set(prev.depth)
  if (isSummit(tick, settings)) {
    const { up_appetite, down_tendency } = settings.constants
    drawSummit(draws, model, key, run, tick, up_appetite, down_tendency)
    membership(prev, next, model, settings, draws, scratch.participation)
  }
  return broken
}

/** The drivers of the choice at a tick, computed from the state before it. */
export function driverColumns(drivers: Drivers, prev: World, model: Model, settings: Settings, tick: number): void {
  russiaDriverColumns(drivers, prev, model, settings, tick)
  corridorColumn(drivers, prev, model, settings)
  regionColumn(drivers, prev, model)
  clubColumn(drivers, prev, model)
}

/** Whether institutions hold their summits in a quarter. */
export function isSummit(tick: number, { parameters }: Settings): boolean {
  return tick % 4 === parameters[P.summit_quarter]!
}
