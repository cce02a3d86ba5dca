import { exp } from '../../core/exponential.ts'
import { clamp } from '../../core/numeric.ts'
import { packedFloats } from '../../core/packed.ts'
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
function participation(out: Float64Array, world: World, model: Model): void {
  const { weight, sizes } = model.scenario
  const { S, M } = sizes
  out.fill(0)
  for (let i = 0; i < S; i++) for (let m = 0; m < M; m++) out[m]! += weight[i]! * world.depth[i * M + m]!
  for (let m = 0; m < M; m++) out[m]! /= model.coreWeight
}

/** Terms of the net benefit of a higher tier, in order; their sum is the net benefit. */
export const benefitTerms = ['vitality', 'alignment', 'threat', 'participation', 'ticket'] as const

/** What one decision of one actor about one institution comes from; written anew for each. */
interface Decision {
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

/** Weighs the decisions of summits: the formula of the engine and of explanations. */
export interface Weighing {
  /** The decision last weighed. */
  readonly decision: Decision
  /** Reads what all decisions of a summit have in common; call it before the first of them. */
  begin(): void
  /** Writes to `decision` whether actor i rises or falls by a tier in institution m. */
  weigh(i: number, m: number): void
}

/** Binds the weighing of decisions to the state they are taken in. (`createStep` says why.) */
export function createWeighing(world: World, model: Model, settings: Settings): Weighing {
  const { M } = model.scenario.sizes
  const decision = {
    terms: packedFloats(benefitTerms.length),
    benefit: 0,
    entry: 0,
    exit: 0,
    rise: 0,
    fall: 0,
  }
  const part = packedFloats(M)
  // The terms that are the same for all actors, and the factors of the one of threat, each [M].
  const vitality = packedFloats(M)
  const company = packedFloats(M)
  const price = packedFloats(M)
  const guard = packedFloats(M)
  const weakness = new Float64Array(1)

  return {
    decision,
    begin() {
      const { parameters } = settings
      const { anchor, vitality0, sizes } = model.scenario
      participation(part, world, model)
      for (let m = 0; m < M; m++) {
        vitality[m] = parameters[P.m_v]! * (world.vitality[m]! - vitality0[m]!)
        company[m] = parameters[P.m_peer]! * (part[m]! - model.participation0[m]!)
        price[m] = m === 1 ? -(parameters[P.m_ticket]! * (parameters[P.ticket]! - parameters[P.ticket0]!)) : 0
        guard[m] = parameters[P.m_threat]! * anchor[m * sizes.P]!
      }
      weakness[0] = 1 - threatSwitch(world, settings)
    },
    weigh(i, m) {
      const { parameters, constants } = settings
      const { alignment0, sizes } = model.scenario
      const { D, P: options } = sizes
      const { alignment, threat } = world
      const { terms } = decision
      const served = model.anchorOptions[m]!
      const weights = model.anchorWeights[m]!
      const pol = (i * D + political) * options
      const eco = (i * D + economic) * options
      let drawn = 0
      for (let n = 0; n < served.length; n++) {
        const p = served[n]!
        drawn +=
          weights[n]! * (alignment[pol + p]! - alignment0[pol + p]! + (alignment[eco + p]! - alignment0[eco + p]!))
      }
      terms[0] = vitality[m]!
      terms[1] = parameters[P.m_align]! * drawn
      terms[2] = -(guard[m]! * threat[i]! * 0.5 * weakness[0]!)
      terms[3] = company[m]!
      terms[4] = price[m]!
      const benefit = terms[0] + terms[1] + terms[2] + terms[3] + terms[4]
      const favour = exp(clamp(benefit, -5, 5))
      const at = i * sizes.M + m
      const entry = Math.min(membershipHazardCap, parameters[P.h_entry]! * constants.up_appetite[at]!)
      const exit = Math.min(membershipHazardCap, parameters[P.h_exit]! * constants.down_tendency[at]!)
      decision.benefit = benefit
      decision.entry = entry
      decision.exit = exit
      decision.rise = (entry * favour) / (1 - entry + entry * favour)
      decision.fall = exit / favour / (1 - exit + exit / favour)
    },
  }
}

/**
 * S8. At a summit every actor may rise or fall by one tier in every institution.
 *
 * Reads tiers, alignment, vitality and threat of the last tick; writes tiers and depths.
 *
 * @returns a function that holds a summit
 */
export function createMembership(prev: World, next: World, model: Model, settings: Settings, draws: Draws): () => void {
  const { decision, begin, weigh } = createWeighing(prev, model, settings)
  return () => {
    const { up_appetite, down_tendency } = settings.constants
    const { depth, sizes } = model.scenario
    const { S, M } = sizes
    const { membership: uniforms } = draws
    begin()
    for (let i = 0, at = 0; i < S; i++) {
      for (let m = 0; m < M; m++, at++) {
        if (up_appetite[at] === 0 && down_tendency[at] === 0) continue
        weigh(i, m)
        const u = uniforms[at]!
        const tier = prev.tier[at]!
        const rises = u < decision.rise
        const moved = rises ? Math.min(highestTier, tier + 1) : u > 1 - decision.fall ? Math.max(0, tier - 1) : tier
        next.tier[at] = moved
        next.depth[at] = depth[moved]!
      }
    }
  }
}
