import { packedFloats } from '../../core/packed.ts'
import { P } from '../../scenario/parameter.ts'
import type { Model } from '../model.ts'
import { commonDrivers, R, type Settings } from '../settings.ts'
import type { World } from '../world.ts'
import { threatSwitch } from './system.ts'

/** What moves alignment in one tick, before sensitivities: every value is zero at tick 0. */
export interface Drivers {
  /** Drivers of the Russian option common to all actors, in the order of `commonDrivers`. */
  readonly common: Float64Array
  /** Drivers of the Russian option, [R, S], in the order of `actorDrivers`. */
  readonly russia: Float64Array
  /** Corridor capacity serving each option, [S, P], log points. */
  readonly corridor: Float64Array
  /** Change of each institution's worth to each actor, depth × vitality, [S, M]. */
  readonly club: Float64Array
  /** Terms every actor shares, [D, P], log-odds. */
  readonly shared: Float64Array
  /** Weighted sum of deviations over the actors of each region, [regions, D, P]. */
  readonly region: Float64Array
}

export function createDrivers(model: Model): Drivers {
  const { sizes, regions } = model.scenario
  const { S, D, P: options, M } = sizes
  return {
    common: packedFloats(commonDrivers.length),
    russia: packedFloats(R * S),
    corridor: packedFloats(S * options),
    club: packedFloats(S * M),
    shared: packedFloats(D * options),
    region: packedFloats(regions * D * options),
  }
}

// Each function below binds a driver to its columns and returns what computes it at a tick; `createStep` says why.

/** S7, drivers 2–6 and 11–13: those that act on the Russian option. */
export function russiaDrivers(drivers: Drivers, prev: World, model: Model, settings: Settings): (tick: number) => void {
  return tick => {
    const { parameters, constants } = settings
    const { sanctions_exposure } = constants
    const { settlement0, sizes } = model.scenario
    const { S, M } = sizes
    const { russia, common } = drivers
    const { depth, threat, credibility, insecurity, settlement, leader, projects } = prev
    const delivered0 = parameters[P.delivered0]!
    const side = threatSwitch(prev, settings)
    const buffer = parameters[P.buffer]! * prev.vitality[1]!
    const mitigation = parameters[P.settle_mitigation]!
    const sanctions0 = parameters[P.sanctions0]!
    const support = 0.5 * parameters[P.support]!
    common[0] = prev.capacity - parameters[P.capacity0]!
    common[1] = -tick
    for (let i = 0; i < S; i++) {
      const forced = side * (1 - buffer * depth[i * M + 1]!)
      russia[i] = credibility[i]! - delivered0
      russia[S + i] = threat[i]! * forced
      russia[2 * S + i] = -threat[i]!
      russia[3 * S + i] = insecurity[i]! * forced
      russia[4 * S + i] =
        -sanctions_exposure[i]! *
        (prev.sanctions * (1 - mitigation * settlement[i]!) - sanctions0 * (1 - mitigation * settlement0[i]!))
      russia[5 * S + i] = leader[i]!
      russia[6 * S + i] = support * projects[i]!
    }
  }
}

/** S7, driver 1: what the corridors an actor is exposed to carry for each option. */
export function corridorDriver(drivers: Drivers, prev: World, model: Model, settings: Settings): () => void {
  return () => {
    const { S, P: options, K } = model.scenario.sizes
    const { servedStarts, servedOptions, servedWeights } = model
    const { corridorGrowth, corridorLoss } = prev
    const { corridor_exposure } = settings.constants
    const { corridor } = drivers
    corridor.fill(0)
    for (let i = 0; i < S; i++) {
      for (let k = 0; k < K; k++) {
        const reach = corridor_exposure[i * K + k]! * (corridorGrowth[k]! - corridorLoss[k]!)
        if (reach === 0) continue
        const end = servedStarts[k + 1]!
        for (let n = servedStarts[k]!; n < end; n++) {
          corridor[i * options + servedOptions[n]!]! += reach * servedWeights[n]!
        }
      }
    }
  }
}

/** S7, driver 9: deviations summed over each region, weighted; an actor's peers are the rest of its region. */
export function regionDriver(drivers: Drivers, prev: World, model: Model): () => void {
  return () => {
    const { scenario, peerScale } = model
    const { weight, region, sizes } = scenario
    const { S, D, P: options } = sizes
    const { region: sum } = drivers
    const { z } = prev
    const cells = D * options
    sum.fill(0)
    for (let i = 0; i < S; i++) {
      if (peerScale[i] === 0) continue
      const w = weight[i]!
      for (let n = 0, from = i * cells, to = region[i]! * cells; n < cells; n++) sum[to + n]! += w * z[from + n]!
    }
  }
}

/** S7, driver 10: what membership is worth now, less what it was worth at tick 0. */
export function clubDriver(drivers: Drivers, prev: World, model: Model): () => void {
  return () => {
    const { scenario, depth0 } = model
    const { vitality0, sizes } = scenario
    const { S, M } = sizes
    const { depth, vitality } = prev
    const { club } = drivers
    for (let i = 0, n = 0; i < S; i++) {
      for (let m = 0; m < M; m++, n++) club[n] = depth[n]! * vitality[m]! - depth0[n]! * vitality0[m]!
    }
  }
}
