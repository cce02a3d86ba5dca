import { clamp, clamp01 } from '../../core/numeric.ts'
import { P } from '../../scenario/parameter.ts'
import type { Draws } from '../draws.ts'
import { coreMean } from '../means.ts'
import type { Model } from '../model.ts'
import type { Settings } from '../settings.ts'
import type { World } from '../world.ts'

/** Transient corridor losses keep this share each quarter. */
const disruptionKept = 0.75
/** External participants beyond this depth add no vitality. */
const externalDepthCap = 4

/** G1. War, ceasefire and settlement; a settlement stays. */
export function war(prev: World, next: World, { parameters }: Settings, draws: Draws): void {
  const u = draws.war
  next.war = prev.war
  if (prev.war === 0) {
    if (u < parameters[P.war_to_cease]!) next.war = 1
  } else if (prev.war === 1) {
    const relapse = parameters[P.cease_to_war]!
    if (u < relapse) next.war = 0
    else if (u < relapse + parameters[P.cease_to_settle]!) next.war = 2
  }
}

/** G2. Russian capacity reverts to a level that a ceasefire or a settlement raises. */
export function capacity(prev: World, next: World, { parameters }: Settings, draws: Draws): void {
  const gain = prev.war === 0 ? 0 : prev.war === 1 ? parameters[P.cap_cease]! : parameters[P.cap_settle]!
  const level = parameters[P.capacity0]! + parameters[P.capacity_shift]! + gain
  next.capacity = clamp(
    prev.capacity + parameters[P.rho_R]! * (level - prev.capacity) + parameters[P.sigma_R]! * draws.capacity,
    0.05,
    1,
  )
}

/** G3. Secondary sanctions on third states revert to a level that a ceasefire or a settlement lowers. */
export function sanctions(prev: World, next: World, { parameters }: Settings, draws: Draws): void {
  const relief = prev.war === 0 ? 0 : prev.war === 1 ? parameters[P.sanc_cease]! : parameters[P.sanc_settle]!
  const level = parameters[P.sanctions]! - relief
  next.sanctions = clamp01(
    prev.sanctions + parameters[P.rho_s]! * (level - prev.sanctions) + parameters[P.sigma_s]! * draws.sanctions,
  )
}

/** G4. Poles grow against the own market. */
export function poles(prev: World, next: World, model: Model, { parameters }: Settings, draws: Draws): void {
  const { growthColumns } = model
  const spread = parameters[P.sigma_g]!
  for (let p = 0; p < growthColumns.length; p++) {
    next.growth[p] = prev.growth[p]! + parameters[growthColumns[p]!]! + spread * draws.growth[p]!
  }
}

/**
 * How strongly threat is answered by bandwagoning: 1 to a strong pole, −1 to a weak one.
 *
 * @see Schweller (1994), Bandwagoning for profit, International Security 19(1)
 */
export function threatSwitch(world: World, { parameters }: Settings): number {
  return clamp((world.capacity - parameters[P.r_star]!) / parameters[P.r_width]!, -1, 1)
}

/** G5. Delivered win-win: a weak Russia that loses influence concedes, a strong one hardens. */
export function posture(prev: World, next: World, model: Model, settings: Settings, draws: Draws): void {
  const { parameters } = settings
  const loss = 1 - coreMean(prev.operational, model) / model.opCore0
  const level = clamp01(
    parameters[P.delivered]! -
      parameters[P.adapt]! * loss * threatSwitch(prev, settings) +
      parameters[P.deliver_cap]! * (prev.capacity - parameters[P.capacity0]!),
  )
  next.delivered = clamp01(
    prev.delivered + parameters[P.rho_w]! * (level - prev.delivered) + parameters[P.sigma_w]! * draws.delivered,
  )
}

/** G6. Corridor capacity grows; disruptions take some away for a while. */
export function corridors(prev: World, next: World, model: Model, { parameters }: Settings, draws: Draws): void {
  const { corridorColumns } = model
  for (let k = 0; k < corridorColumns.length; k++) {
    next.corridorGrowth[k] = prev.corridorGrowth[k]! + parameters[corridorColumns[k]!]!
    const hit = draws.disruption[k]! < parameters[P.disruption]! ? parameters[P.disruption_size]! : 0
    next.corridorLoss[k] = disruptionKept * prev.corridorLoss[k]! + hit
  }
}

/** G7. Vitality of institutions; that of CIS Plus feels delivery, projects, obligations, externals and threat. */
export function vitality(prev: World, next: World, model: Model, { parameters }: Settings): void {
  const { scenario, externalActors } = model
  const { M, P: options } = scenario.sizes
  const trust = parameters[P.v_cred]! * (coreMean(prev.credibility, model) - parameters[P.delivered0]!)
  const strength = parameters[P.v_cap]! * (prev.capacity - parameters[P.capacity0]!)
  for (let m = 0; m < M; m++) {
    let level = scenario.vitality0[m]!
    if (m !== 1) level += scenario.anchor[m * options]! * (0.5 * trust + strength)
    else {
      let external = 0
      for (let n = 0; n < externalActors.length; n++) external += prev.depth[externalActors[n]! * M + 1]!
      level +=
        trust +
        strength +
        parameters[P.v_proj]! * parameters[P.support]! * coreMean(prev.projects, model) +
        parameters[P.v_ticket]! * (parameters[P.ticket]! - parameters[P.ticket0]!) +
        (parameters[P.v_ext]! * Math.min(external, externalDepthCap)) / externalDepthCap -
        parameters[P.v_threat]! * coreMean(prev.threat, model)
    }
    next.vitality[m] = clamp01(prev.vitality[m]! + parameters[P.rho_v]! * (clamp01(level) - prev.vitality[m]!))
  }
}
