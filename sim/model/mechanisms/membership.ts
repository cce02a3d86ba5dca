import { exp } from '../../core/exponential.ts'
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

/** Terms of the net benefit of a higher tier, in order; their sum is the net benefit. */
export const benefitTerms = ['vitality', 'alignment', 'threat', 'participation', 'ticket'] as const

/** What one decision of one actor about one institution comes from; written anew for each. */
export interface Decision {
  /** Change of each term since tick 0, [5] in the order of `benefitTerms`, log-odds. */
  readonly terms: Float64Array
  /** Their sum. */
  benefit: number
  /** Hazards at tick 0, 0 … 0.9: of rising and of falling by a tier. */
  entry: number
  exit: number
  /** The hazards now. One uniform u decides: u < rise rises, u > 1 − fall falls. */
  rise: number
  fall: number
}

export function createDecision(): Decision {
  return { terms: new Float64Array(benefitTerms.length), benefit: 0, entry: 0, exit: 0, rise: 0, fall: 0 }
}

/**
 * Writes one actor's net benefit of a higher tier to `decision`, term by term, and returns it: a change since tick 0,
 * log-odds.
 *
 * @param bandwagoning - `threatSwitch` of the world
 */
function netBenefit(
  { terms }: Decision,
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
  terms[0] = parameters[P.m_v]! * (world.vitality[m]! - vitality0[m]!)
  terms[1] = parameters[P.m_align]! * alignment
  terms[2] = -(parameters[P.m_threat]! * anchor[m * options]! * world.threat[i]! * 0.5 * (1 - bandwagoning))
  terms[3] = parameters[P.m_peer]! * (part[m]! - model.participation0[m]!)
  terms[4] = m === 1 ? -(parameters[P.m_ticket]! * (parameters[P.ticket]! - parameters[P.ticket0]!)) : 0
  return terms[0]! + terms[1]! + terms[2]! + terms[3]! + terms[4]!
}

/**
 * Weighs whether an actor rises or falls by a tier in an institution: the formula of the engine and of explanations.
 *
 * @param bandwagoning - `threatSwitch` of the world
 * @param part - `participation` of the world, [M]
 */
export function weigh(
  decision: Decision,
  world: World,
  model: Model,
  settings: Settings,
  i: number,
  m: number,
  bandwagoning: number,
  part: Float64Array,
): void {
  const { parameters, constants } = settings
  const at = i * model.scenario.sizes.M + m
  decision.benefit = netBenefit(decision, world, model, settings, i, m, bandwagoning, part)
  const favour = exp(clamp(decision.benefit, -5, 5))
  const entry = Math.min(membershipHazardCap, parameters[P.h_entry]! * constants.up_appetite[at]!)
  const exit = Math.min(membershipHazardCap, parameters[P.h_exit]! * constants.down_tendency[at]!)
  decision.entry = entry
  decision.exit = exit
  decision.rise = (entry * favour) / (1 - entry + entry * favour)
  decision.fall = exit / favour / (1 - exit + exit / favour)
}

const decision = createDecision()

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
  const { up_appetite, down_tendency } = settings.constants
  const { depth, sizes } = model.scenario
  const { S, M } = sizes
  const bandwagoning = threatSwitch(prev, settings)
  participation(part, prev, model)
  for (let i = 0; i < S; i++) {
    for (let m = 0; m < M; m++) {
      const at = i * M + m
      if (up_appetite[at] === 0 && down_tendency[at] === 0) continue
      weigh(decision, prev, model, settings, i, m, bandwagoning, part)
      const { rise, fall } = decision
      const u = draws.membership[at]!
      const tier = prev.tier[at]!
      const moved = u < rise ? Math.min(highestTier, tier + 1) : u > 1 - fall ? Math.max(0, tier - 1) : tier
      next.tier[at] = moved
      next.depth[at] = depth[moved]!
    }
  }
}
