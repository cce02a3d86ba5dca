import type { Key } from '../core/random.ts'
import { P } from '../scenario/parameter.ts'
import { createDrawSummit, createDrawTick, type Draws } from './draws.ts'
import { coercionAndCredibility, insecurity, settlementAndProjects, succession } from './mechanisms/actors.ts'
import { createChoice } from './mechanisms/choice.ts'
import { clubDriver, corridorDriver, type Drivers, regionDriver, russiaDrivers } from './mechanisms/drivers.ts'
import { createMembership } from './mechanisms/membership.ts'
import { capacity, corridors, poles, posture, sanctions, vitality, war } from './mechanisms/system.ts'
import type { Model } from './model.ts'
import type { Settings } from './settings.ts'
import type { World } from './world.ts'

/** Buffers of a tick. */
export interface Scratch {
  readonly draws: Draws
  readonly drivers: Drivers
  /** Driver terms, [S, D, P], log-odds. */
  readonly pull: Float64Array
}

/**
 * One quarter: every equation reads the last tick (`prev`) and writes the next one, so their order does not matter,
 * but that shares follow from the deviations of the same tick.
 *
 * What loops over many cells is bound to its columns once, here and in `createChoice`, and reads them into locals before
 * it loops: V8 then takes the columns for constants, which nearly halves the work of a loop. It does so for the first
 * engine of a thread; `createSimulator` says how others come by it.
 *
 * @returns a function that computes a tick and returns the first actor whose alignment is not finite, or −1
 */
export function createStep(
  prev: World,
  next: World,
  model: Model,
  settings: Settings,
  scratch: Scratch,
): (key: Key, run: number, tick: number) => number {
  const { draws, drivers } = scratch
  const drawTick = createDrawTick(draws, model)
  const drawSummit = createDrawSummit(draws, model, settings)
  const russia = russiaDrivers(drivers, prev, model, settings)
  const corridor = corridorDriver(drivers, prev, model, settings)
  const region = regionDriver(drivers, prev, model)
  const club = clubDriver(drivers, prev, model)
  const choice = createChoice(prev, next, model, settings, scratch)
  const membership = createMembership(prev, next, model, settings, draws)

  return (key, run, tick) => {
    drawTick(key, run, tick)

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
    russia(tick)
    corridor()
    region()
    club()
    const broken = choice()

    // Who belongs where: S8.
    next.tier.set(prev.tier)
    next.depth.set(prev.depth)
    if (isSummit(tick, settings)) {
      drawSummit(key, run, tick)
      membership()
    }
    return broken
  }
}

/** Whether institutions hold their summits in a quarter. */
export function isSummit(tick: number, { parameters }: Settings): boolean {
  return tick % 4 === parameters[P.summit_quarter]!
}
