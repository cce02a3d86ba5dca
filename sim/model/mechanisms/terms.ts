import type { Model } from '../model.ts'
import type { Settings } from '../settings.ts'
import type { World } from '../world.ts'
import type { Drivers } from './drivers.ts'

/**
 * The driver terms of the choice rule. Each function adds its terms to `pull`, [S, D, P], log-odds: the engine lets all
 * of them add to one column, an explanation gives each a column of its own. There is no second formula.
 */

/** Term 0. Growth of the poles against the own market, the same for every actor; adds to `shared`, [D, P]. */
export function growthTerms(shared: Float64Array, prev: World, model: Model, { growth }: Settings): void {
  const { D, P: options } = model.scenario.sizes
  for (let d = 0, cell = 0; d < D; d++)
    for (let p = 0; p < options; p++, cell++) shared[cell]! += growth[d]! * prev.growth[p]!
}

/** Terms 2 and 12 on the Russian option, the same for every actor: row `r` of `commonDrivers`; adds to `shared`, [D, P]. */
export function commonTerms(
  shared: Float64Array,
  r: number,
  drivers: Drivers,
  model: Model,
  { common }: Settings,
): void {
  const { D, P: options } = model.scenario.sizes
  for (let d = 0; d < D; d++) shared[d * options]! += common[r * D + d]! * drivers.common[r]!
}

/** Term 1. Corridor capacity, by the options it serves. */
export function corridorTerms(pull: Float64Array, drivers: Drivers, model: Model, settings: Settings): void {
  const { S, D, P: options } = model.scenario.sizes
  const { corridor } = drivers
  for (let d = 0; d < D; d++) {
    const sensitivity = settings.corridor[d]!
    if (sensitivity === 0) continue
    for (let i = 0; i < S; i++) {
      for (let p = 0, cell = (i * D + d) * options, from = i * options; p < options; p++)
        pull[cell + p]! += sensitivity * corridor[from + p]!
    }
  }
}

/**
 * Terms 3–6, 11 and 13 on the Russian option: the rows `from` … `to` − 1 of `actorDrivers`.
 *
 * @see Walt (1987), The origins of alliances; Hirschman (1945), National power and the structure of foreign trade
 */
export function russiaTerms(
  pull: Float64Array,
  from: number,
  to: number,
  drivers: Drivers,
  model: Model,
  { russia }: Settings,
): void {
  const { S, D, P: options } = model.scenario.sizes
  for (let r = from; r < to; r++) {
    for (let i = 0; i < S; i++) {
      const value = drivers.russia[r * S + i]!
      if (value === 0) continue
      for (let d = 0, cell = i * D * options; d < D; d++, cell += options) pull[cell]! += russia[r * D + d]! * value
    }
  }
}

/**
 * Term 9. Diffusion from the other states of the region.
 *
 * @see Kinne (2013), Network dynamics and the evolution of international cooperation, APSR 107(4)
 */
export function peerTerms(pull: Float64Array, drivers: Drivers, prev: World, model: Model, strength: number): void {
  const { weight, region, sizes } = model.scenario
  const cells = sizes.D * sizes.P
  const { z } = prev
  const sum = drivers.region
  for (let i = 0; i < sizes.S; i++) {
    const scale = strength * model.peerScale[i]!
    if (scale === 0) continue
    const w = weight[i]!
    for (let n = 0, own = i * cells, all = region[i]! * cells; n < cells; n++)
      pull[own + n]! += scale * (sum[all + n]! - w * z[own + n]!)
  }
}

/**
 * Term 10. Worth of membership in living institutions, on the options they serve.
 *
 * @see Buchanan (1965), An economic theory of clubs, Economica 32
 */
export function clubTerms(pull: Float64Array, drivers: Drivers, model: Model, strength: number): void {
  const { S, M, D, P: options } = model.scenario.sizes
  for (let m = 0; m < M; m++) {
    const cells = model.clubCells[m]!
    const weights = model.clubWeights[m]!
    for (let i = 0; i < S; i++) {
      const change = strength * drivers.club[i * M + m]!
      if (change === 0) continue
      const first = i * D * options
      for (let n = 0; n < cells.length; n++) pull[first + cells[n]!]! += weights[n]! * change
    }
  }
}

/** Term 13, the autonomous side: own projects strengthen the last option. */
export function projectTerms(pull: Float64Array, prev: World, model: Model, { project }: Settings): void {
  const { S, D, P: options } = model.scenario.sizes
  for (let i = 0; i < S; i++) {
    const progress = prev.projects[i]!
    if (progress === 0) continue
    for (let d = 0, cell = i * D * options + options - 1; d < D; d++, cell += options)
      pull[cell]! += project[d]! * progress
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
