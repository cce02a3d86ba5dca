import { exp } from '../../core/exponential.ts'
import { normalQuantile } from '../../core/normal.ts'
import { clamp, clamp01 } from '../../core/numeric.ts'
import { P } from '../../scenario/parameter.ts'
import type { Draws } from '../draws.ts'
import type { Model } from '../model.ts'
import type { Settings } from '../settings.ts'
import type { World } from '../world.ts'

/** A coercion hazard is never above this in a quarter. */
const coercionHazardCap = 0.5
/** Projects advance at this share of their rate without support. */
const unsupportedPace = 0.4

/** S1. Border and terror shocks raise insecurity, which decays. */
export function insecurity(
  prev: World,
  next: World,
  model: Model,
  { parameters, constants }: Settings,
  draws: Draws,
): void {
  const kept = 1 - parameters[P.ins_decay]!
  for (let i = 0; i < model.scenario.sizes.S; i++) {
    const felt = prev.insecurity[i]!
    const hit = draws.insecurity[i]! < parameters[P.insecurity_rate]! * constants.insecurity[i]!
    next.insecurity[i] = felt * kept + (hit ? parameters[P.ins_hit]! * (1 - felt) : 0)
  }
}

/**
 * S2 and S4. Coercion raises threat; it and undelivered promises cost credibility.
 *
 * The hazard grows with exposure, Russian capacity, withheld win-win and lost operational alignment.
 */
export function coercionAndCredibility(
  prev: World,
  next: World,
  model: Model,
  { parameters, constants }: Settings,
  draws: Draws,
  tick: number,
): void {
  const { op0, scenario } = model
  const delivered0 = parameters[P.delivered0]!
  const withheld = (1 - prev.delivered) / (1 - delivered0)
  const pressure = parameters[P.coercion]!
  const relativeCapacity = prev.capacity / parameters[P.capacity0]!
  const steepness = parameters[P.loss_coercion]!
  const shock = tick === parameters[P.shock_tick]!
  const kept = 1 - parameters[P.threat_decay]!
  const rhetoric =
    parameters[P.rhetoric_penalty]! *
    (Math.max(0, parameters[P.declared]! - prev.delivered) - Math.max(0, parameters[P.declared0]! - delivered0))
  const neglect = parameters[P.need_weight]! * (parameters[P.support]! - parameters[P.support0]!)
  next.coercions = prev.coercions
  for (let i = 0; i < scenario.sizes.S; i++) {
    const exposure = constants.coercion_exposure[i]!
    let hit = false
    if (exposure > 0) {
      const loss = 1 - prev.operational[i]! / op0[i]!
      const hazard = pressure * exposure * relativeCapacity * withheld * exp(clamp(steepness * loss, -2, 2))
      hit = shock || draws.coercion[i]! < Math.min(coercionHazardCap, hazard)
    }
    if (hit) next.coercions++
    const threat = prev.threat[i]!
    next.threat[i] = threat * kept + (hit ? parameters[P.threat_hit]! * (1 - threat) : 0)
    const trust = prev.credibility[i]!
    const evidence = clamp01(prev.delivered + neglect * constants.project_need[i]! - rhetoric)
    next.credibility[i] = clamp01(
      trust + parameters[P.cred_learn]! * (evidence - trust) - (hit ? parameters[P.cred_hit]! * trust : 0),
    )
  }
}

/** S3. A new leader brings an own orientation to Russia; one uniform decides both whether and which. */
export function succession(
  prev: World,
  next: World,
  model: Model,
  { parameters, constants }: Settings,
  draws: Draws,
): void {
  for (let i = 0; i < model.scenario.sizes.S; i++) {
    const hazard = parameters[P.succession_rate]! * constants.succession[i]!
    const u = draws.succession[i]!
    next.leader[i] = u < hazard ? parameters[P.leader_sd]! * normalQuantile(u / hazard) : prev.leader[i]!
  }
}

/** S5 and S6. National-currency settlement and national-interest projects move at their own pace. */
export function settlementAndProjects(
  prev: World,
  next: World,
  model: Model,
  { parameters, constants }: Settings,
): void {
  const { settlement0, sizes } = model.scenario
  const shift = parameters[P.settlement_shift]!
  const speed = parameters[P.rho_n]!
  const pace = parameters[P.project_rate]! * (unsupportedPace + (1 - unsupportedPace) * parameters[P.support]!)
  for (let i = 0; i < sizes.S; i++) {
    const share = prev.settlement[i]!
    next.settlement[i] = clamp01(share + speed * (clamp01(settlement0[i]! + shift) - share))
    const progress = prev.projects[i]!
    next.projects[i] = progress + pace * constants.project_capacity[i]! * (1 - progress)
  }
}
