import { packed, packedFloats } from '../core/packed.ts'
import type { ActorConstants, Scenario } from '../scenario/compile.ts'
import { P } from '../scenario/parameter.ts'
import type { Model } from './model.ts'

/** Drivers of the Russian option that every actor feels alike, and those of each actor: the rows of the tables below. */
export const commonDrivers = ['capacity', 'generation'] as const
export const actorDrivers = ['winwin', 'band', 'derisk', 'insecurity', 'sanctions', 'leader', 'project'] as const
export const R: number = actorDrivers.length

/** What one run assumes: its parameters and constants, and the sensitivities they imply. Events may change them. */
export interface Settings {
  /** [parameters] in catalogue order. */
  readonly parameters: Float64Array
  readonly constants: ActorConstants
  /** Sensitivity of each domain to each common driver, [common drivers, D], and to each actor's own, [R, D]. */
  readonly common: Float64Array
  readonly russia: Float64Array
  /** Sensitivity of each domain to pole growth, corridors and own projects, each [D]. */
  readonly growth: Float64Array
  readonly corridor: Float64Array
  readonly project: Float64Array
  /** κ, share of the distance to the target covered in a quarter, [D]. */
  readonly adjustment: Float64Array
  /** Standard deviation of the quarterly shock, [D]. */
  readonly shock: Float64Array
}

function copyConstants(constants: ActorConstants): ActorConstants {
  return Object.fromEntries(
    Object.entries(constants).map(([name, column]) => [name, packed(column as Float64Array)]),
  ) as unknown as ActorConstants
}

/** Sets constants back to what they are without events. */
export function resetConstants(constants: ActorConstants, base: ActorConstants): void {
  for (const name in constants) constants[name as keyof ActorConstants].set(base[name as keyof ActorConstants])
}

export function createSettings(scenario: Scenario): Settings {
  const { D } = scenario.sizes
  return {
    parameters: packed(scenario.parameters),
    constants: copyConstants(scenario.constants),
    common: packedFloats(commonDrivers.length * D),
    russia: packedFloats(R * D),
    growth: packedFloats(D),
    corridor: packedFloats(D),
    project: packedFloats(D),
    adjustment: packedFloats(D),
    shock: packedFloats(D),
  }
}

/** Derives the sensitivities from the parameters; call it whenever a parameter has changed. */
export function deriveSensitivities(settings: Settings, model: Model): void {
  const { parameters } = settings
  const { weights, domains } = model.scenario
  const D = domains.length
  for (let d = 0; d < D; d++) {
    settings.growth[d] = parameters[P.b_growth]! * weights.growth[d]!
    settings.corridor[d] = parameters[P.b_corr]! * weights.corridor[d]!
    settings.project[d] = parameters[P.b_proj]! * weights.project[d]!
    settings.common[d] = parameters[P.b_cap]! * weights.capacity[d]!
    settings.common[D + d] = domains[d] === 'cultural' ? parameters[P.gen_drift]! : 0
    settings.russia[d] = parameters[P.b_win]! * weights.winwin[d]!
    settings.russia[D + d] = parameters[P.b_band]! * weights.band[d]!
    settings.russia[2 * D + d] = parameters[P.b_derisk]! * weights.derisk[d]!
    settings.russia[3 * D + d] = parameters[P.b_ins]! * weights.insecurity[d]!
    settings.russia[4 * D + d] = parameters[P.b_sanc]! * weights.sanctions[d]!
    settings.russia[5 * D + d] = weights.leader[d]!
    settings.russia[6 * D + d] = settings.project[d]!
    settings.adjustment[d] = parameters[model.kappaColumns[d]!]!
    settings.shock[d] = parameters[P.sigma]! * weights.sigma[d]!
  }
}
