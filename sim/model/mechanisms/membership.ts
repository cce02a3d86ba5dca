import { clamp } from '../../core/numeric.ts'
import { P } from '../../scenario/parameter.ts'
import type { Draws } from '../draws.ts'
import type { Model } from '../model.ts'
import type { Settings } from '../settings.ts'
import type { World } from '../world.ts'
import { threatSwitch } from './system.ts'

/** A membership hazard is never above this at a summit. */
const membershipHazardCap = 0.9
const highestTier = 3
const political = 0
const economic = 2

/** Participation in each institution, [M]: weight of the depth of all actors over the weight of the core. */
export function participation(out: Float64Array, world: World, model: Model): void {
  const { weight, sizes } = model.scenario
  const { S, M } = sizes
  out.fill(0)
  for (let i = 0; i < S; i++) for (let m = 0; m < M; m++) out[m]! += weight[i]! * world.depth[i * M + m]!
  for (let m = 0; m < M; m++) out[m]! /= model.coreWeight
}

/**
 * One actor's net benefit of a higher tier, change since tick 0, log-odds.
 *
 * @param bandwagoning - `threatSwitch` of the world
 */
export function netBenefit(
  world: World,
  model: Model,
  { parameters }: Settings,
  i: number,
  m: number,
  bandwagoning: number,
  part: Float64Array,
): number {
  const { anchor, alignment0, vitality0, sizes } = model.scenario
  const { D, P: options } = sizes
  const served = model.anchorOptions[m]!
  const weights = model.anchorWeights[m]!
  const pol = (i * D + political) * options
  const eco = (i * D + economic) * options
  let alignment = 0
  for (let n = 0; n < served.length; n++) {
    const p = served[n]!
    alignment +=
      weights[n]! *
      (world.alignment[pol + p]! - alignment0[pol + p]! + (world.alignment[eco + p]! - alignment0[eco + p]!))
  }
  return (
    parameters[P.m_v]! * (world.vitality[m]! - vitality0[m]!) +
    parameters[P.m_align]! * alignment -
    parameters[P.m_threat]! * anchor[m * options]! * world.threat[i]! * 0.5 * (1 - bandwagoning) +
    parameters[P.m_peer]! * (part[m]! - model.participation0[m]!) -
    (m === 1 ? parameters[P.m_ticket]! * (parameters[P.ticket]! - parameters[P.ticket0]!) : 0)
  )
}

/**
 * S8. At a summit every actor may rise or fall by one tier in every institution.
 *
 * Reads tiers, alignment, vitality and threat of the last tick; writes tiers and depths.
 */
export function membership(
  prev: World,
  next: World,
  model: Model,
  settings: Settings,
  draws: Draws,
  part: Float64Array,
): void {
  const { parameters, constants } = settings
  const { depth, sizes } = model.scenario
  const { S, M } = sizes
  const bandwagoning = threatSwitch(prev, settings)
  participation(part, prev, model)
  for (let i = 0; i < S; i++) {
    for (let m = 0; m < M; m++) {
      const at = i * M + m
      const appetite = constants.up_appetite[at]!
      const tendency = constants.down_tendency[at]!
      if (appetite === 0 && tendency === 0) continue
      const favour = Math.exp(clamp(netBenefit(prev, model, settings, i, m, bandwagoning, part), -5, 5))
      const entry = Math.min(membershipHazardCap, parameters[P.h_entry]! * appetite)
      const exit = Math.min(membershipHazardCap, parameters[P.h_exit]! * tendency)
      const rise = (entry * favour) / (1 - entry + entry * favour)
      const fall = exit / favour / (1 - exit + exit / favour)
      const u = draws.membership[at]!
      const tier = prev.tier[at]!
      const moved = u < rise ? Math.min(highestTier, tier + 1) : u > 1 - fall ? Math.max(0, tier - 1) : tier
      next.tier[at] = moved
      next.depth[at] = depth[moved]!
    }
  }
}
