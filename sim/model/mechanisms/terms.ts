import { P } from '../../scenario/parameter.ts'
import type { Model } from '../model.ts'
import type { Settings } from '../settings.ts'
import type { World } from '../world.ts'
import type { Drivers } from './drivers.ts'

/**
 * The driver terms of the choice rule. Each function binds a term to a column and returns what adds the term of a tick
 * to it, log-odds: the engine lets all of them add to one column, an explanation gives each a column of its own. There
 * is no second formula. Columns are [S, D, P], or [D, P] where all actors share the term. (`createStep` says why terms
 * are bound.)
 */
export type Term = () => void

/** Term 0. Growth of the poles against the own market, the same for every actor. */
export function growthTerm(column: Float64Array, prev: World, model: Model, settings: Settings): Term {
  return () => {
    const shared = column
    const { D, P: options } = model.scenario.sizes
    const { growth: sensitivities } = settings
    const { growth } = prev
    for (let d = 0, cell = 0; d < D; d++) {
      for (let p = 0; p < options; p++, cell++) shared[cell]! += sensitivities[d]! * growth[p]!
    }
  }
}

/** Terms 2 and 12 on the Russian option, the same for every actor: the rows `from` … `to` − 1 of `commonDrivers`. */
export function commonTerm(
  column: Float64Array,
  from: number,
  to: number,
  drivers: Drivers,
  model: Model,
  settings: Settings,
): Term {
  return () => {
    const shared = column
    const { D, P: options } = model.scenario.sizes
    const { common: sensitivities } = settings
    const { common } = drivers
    for (let r = from; r < to; r++) {
      for (let d = 0; d < D; d++) shared[d * options]! += sensitivities[r * D + d]! * common[r]!
    }
  }
}

/** Term 1. Corridor capacity, by the options it serves. */
export function corridorTerm(column: Float64Array, drivers: Drivers, model: Model, settings: Settings): Term {
  return () => {
    const pull = column
    const { S, D, P: options } = model.scenario.sizes
    const { corridor: sensitivities } = settings
    const { corridor } = drivers
    for (let d = 0; d < D; d++) {
      const sensitivity = sensitivities[d]!
      if (sensitivity === 0) continue
      for (let i = 0; i < S; i++) {
        const cell = (i * D + d) * options
        const from = i * options
        for (let p = 0; p < options; p++) pull[cell + p]! += sensitivity * corridor[from + p]!
      }
    }
  }
}

/**
 * Terms 3–6, 11 and 13 on the Russian option: the rows `from` … `to` − 1 of `actorDrivers`.
 *
 * @see Walt (1987), The origins of alliances; Hirschman (1945), National power and the structure of foreign trade
 */
export function russiaTerm(
  column: Float64Array,
  from: number,
  to: number,
  drivers: Drivers,
  model: Model,
  settings: Settings,
): Term {
  return () => {
    const pull = column
    const { S, D, P: options } = model.scenario.sizes
    const { russia: sensitivities } = settings
    const { russia } = drivers
    for (let r = from; r < to; r++) {
      for (let i = 0; i < S; i++) {
        const value = russia[r * S + i]!
        if (value === 0) continue
        for (let d = 0, cell = i * D * options; d < D; d++, cell += options) {
          pull[cell]! += sensitivities[r * D + d]! * value
        }
      }
    }
  }
}

/**
 * Term 9. Diffusion from the other states of the region.
 *
 * @see Kinne (2013), Network dynamics and the evolution of international cooperation, APSR 107(4)
 */
export function peerTerm(column: Float64Array, drivers: Drivers, prev: World, model: Model, settings: Settings): Term {
  return () => {
    const pull = column
    const { scenario, peerScale } = model
    const { weight, region, sizes } = scenario
    const { S, D, P: options } = sizes
    const { region: sum } = drivers
    const { z } = prev
    const strength = settings.parameters[P.b_peer]!
    const cells = D * options
    for (let i = 0; i < S; i++) {
      const scale = strength * peerScale[i]!
      if (scale === 0) continue
      const w = weight[i]!
      for (let n = 0, own = i * cells, all = region[i]! * cells; n < cells; n++) {
        pull[own + n]! += scale * (sum[all + n]! - w * z[own + n]!)
      }
    }
  }
}

/**
 * Term 10. Worth of membership in living institutions, on the options they serve.
 *
 * @see Buchanan (1965), An economic theory of clubs, Economica 32
 */
export function clubTerm(column: Float64Array, drivers: Drivers, model: Model, settings: Settings): Term {
  return () => {
    const pull = column
    const { clubStarts, clubCells, clubWeights } = model
    const { S, M, D, P: options } = model.scenario.sizes
    const { club } = drivers
    const strength = settings.parameters[P.b_club]!
    for (let i = 0, first = 0; i < S; i++, first += D * options) {
      for (let m = 0; m < M; m++) {
        const change = strength * club[i * M + m]!
        if (change === 0) continue
        const end = clubStarts[m + 1]!
        for (let n = clubStarts[m]!; n < end; n++) pull[first + clubCells[n]!]! += clubWeights[n]! * change
      }
    }
  }
}

/** Term 13, the autonomous side: own projects strengthen the last option. */
export function projectTerm(column: Float64Array, prev: World, model: Model, settings: Settings): Term {
  return () => {
    const pull = column
    const { S, D, P: options } = model.scenario.sizes
    const { project: sensitivities } = settings
    const { projects } = prev
    for (let i = 0; i < S; i++) {
      const progress = projects[i]!
      if (progress === 0) continue
      for (let d = 0, cell = i * D * options + options - 1; d < D; d++, cell += options) {
        pull[cell]! += sensitivities[d]! * progress
      }
    }
  }
}

/**
 * Term 7. Aversion to concentration beyond that of tick 0, on every option but autonomy.
 *
 * @see Kuik (2008), The essence of hedging; Goh (2005), Meeting the China challenge
 */
export function hedgingTerm(strength: number, share: number, share0: number): number {
  return -strength * (share - share0)
}

/** Term 8. Pull of the other domains. */
export function linkageTerm(strength: number, mean: number, deviation: number): number {
  return strength * (mean - deviation)
}
