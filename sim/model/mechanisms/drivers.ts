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
    common: new Float64Array(commonDrivers.length),
    russia: new Float64Array(R * S),
    corridor: new Float64Array(S * options),
    club: new Float64Array(S * M),
    shared: new Float64Array(D * options),
    region: new Float64Array(regions * D * options),
  }
}

/** S7, drivers 2–6 and 11–13: those that act on the Russian option. */
export function russiaDriverColumns(
  drivers: Drivers,
  prev: World,
  model: Model,
  settings: Settings,
  tick: number,
): void {
  const { parameters, constants } = settings
  const { settlement0, sizes } = model.scenario
  const { S, M } = sizes
  const delivered0 = parameters[P.delivered0]!
  const side = threatSwitch(prev, settings)
  const buffer = parameters[P.buffer]! * prev.vitality[1]!
  const mitigation = parameters[P.settle_mitigation]!
  const sanctions0 = parameters[P.sanctions0]!
  const support = 0.5 * parameters[P.support]!
  const { russia, common } = drivers
  common[0] = prev.capacity - parameters[P.capacity0]!
  common[1] = -tick
  for (let i = 0; i < S; i++) {
    const forced = side * (1 - buffer * prev.depth[i * M + 1]!)
    const threat = prev.threat[i]!
    russia[i] = prev.credibility[i]! - delivered0
    russia[S + i] = threat * forced
    russia[2 * S + i] = -threat
    russia[3 * S + i] = prev.insecurity[i]! * forced
    russia[4 * S + i] =
      -constants.sanctions_exposure[i]! *
      (prev.sanctions * (1 - mitigation * prev.settlement[i]!) - sanctions0 * (1 - mitigation * settlement0[i]!))
    russia[5 * S + i] = prev.leader[i]!
    russia[6 * S + i] = support * prev.projects[i]!
  }
}

/** S7, driver 1: what the corridors an actor is exposed to carry for each option. */
export function corridorColumn(drivers: Drivers, prev: World, model: Model, { constants }: Settings): void {
  const { S, P: options, K } = model.scenario.sizes
  const { corridor } = drivers
  corridor.fill(0)
  for (let k = 0; k < K; k++) {
    const capacity = prev.corridorGrowth[k]! - prev.corridorLoss[k]!
    const served = model.servedOptions[k]!
    const weights = model.servedWeights[k]!
    for (let i = 0; i < S; i++) {
      const reach = constants.corridor_exposure[i * K + k]! * capacity
      if (reach === 0) continue
      for (let n = 0; n < served.length; n++) corridor[i * options + served[n]!]! += reach * weights[n]!
    }
  }
}

/** S7, driver 9: deviations summed over each region, weighted; an actor's peers are the rest of its region. */
export function regionColumn(drivers: Drivers, prev: World, model: Model): void {
  const { weight, region, sizes } = model.scenario
  const cells = sizes.D * sizes.P
  const { z } = prev
  const sum = drivers.region
  sum.fill(0)
  for (let i = 0; i < sizes.S; i++) {
    if (model.peerScale[i] === 0) continue
    const w = weight[i]!
    for (let n = 0, from = i * cells, to = region[i]! * cells; n < cells; n++) sum[to + n]! += w * z[from + n]!
  }
}

/** S7, driver 10: what membership is worth now, less what it was worth at tick 0. */
export function clubColumn(drivers: Drivers, prev: World, model: Model): void {
  const { vitality0, sizes } = model.scenario
  const { depth0 } = model
  const { depth, vitality } = prev
  const { S, M } = sizes
  for (let i = 0, n = 0; i < S; i++) {
    for (let m = 0; m < M; m++, n++) drivers.club[n] = depth[n]! * vitality[m]! - depth0[n]! * vitality0[m]!
  }
}
