import { packedFloats } from '../core/packed.ts'
import { indexNames } from '../scenario/judged-names.ts'
import { P } from '../scenario/parameter.ts'
import { coreMean } from './means.ts'
import type { Model } from './model.ts'
import type { Settings } from './settings.ts'
import type { World } from './world.ts'

/**
 * Indices of the whole system, in the order of their columns. ID, OP, gap, H and RS_<domain> are core means; v, LHHI,
 * lead_RU, ext, ext_depth and breadth describe CIS Plus and the CIS.
 */
export { indexNames }

export type IndexName = (typeof indexNames)[number]

/** Column of each index. */
export const I: { readonly [name in IndexName]: number } = Object.fromEntries(
  indexNames.map((name, n) => [name, n]),
) as {
  [name in IndexName]: number
}

const political = 0

/** Spread of each actor over the options, [S], 0 … 1: mean over domains of 1 − Σ a². */
export function hedging(out: Float64Array, world: World, model: Model): void {
  const { S, D, P: options } = model.scenario.sizes
  for (let i = 0; i < S; i++) {
    let spread = 0
    for (let d = 0; d < D; d++) {
      let squares = 0
      for (let n = (i * D + d) * options, end = n + options; n < end; n++)
        squares += world.alignment[n]! * world.alignment[n]!
      spread += 1 - squares
    }
    out[i] = spread / D
  }
}

/** What one world looks like from outside. */
export interface Observer {
  /** Institutional alignment of each actor, [S], 0 … 1. */
  readonly institutional: Float64Array
  /**
   * Writes the indices of the world to `out` from `offset`, in the order of `indexNames`. Without `all` only the first
   * seven, which the outcomes and the trajectories need, are computed.
   */
  observe(out: Float64Array, offset: number, all: boolean): void
}

/** Binds the indices to a world. (`createStep` says why.) */
export function createObserver(world: World, model: Model, settings: Settings): Observer {
  const { S, P: options } = model.scenario.sizes
  const institutional = packedFloats(S)
  const column = packedFloats(S)
  const shares = packedFloats(options)
  /** Russia's share of leadership in the CIS system, and its concentration over poles and self-standing states. */
  const leadership = { russia: 0, concentration: 0 }

  /** Political alignment and depth in Russia-centred institutions. */
  function seeInstitutional(): void {
    const { idShare, idInstitutions, sizes } = model.scenario
    const { D, P: options, M } = sizes
    const { alignment, depth: depths } = world
    const out = institutional
    for (let i = 0; i < out.length; i++) {
      let depth = 0
      for (let m = 0; m < M; m++) depth += idInstitutions[m]! * depths[i * M + m]!
      out[i] = idShare * alignment[(i * D + political) * options]! + (1 - idShare) * depth
    }
  }

  function seeLeadership(): void {
    const { weight, pole, russiaWeight, sizes } = model.scenario
    const { S, D, P: options, M } = sizes
    const { alignment, depth } = world
    const own = options - 1
    const russia = (russiaWeight * world.capacity) / settings.parameters[P.capacity0]!
    shares.fill(0)
    shares[0] = russia
    let total = russia
    let ownSquares = 0
    for (let i = 0; i < S; i++) {
      const q = weight[i]! * Math.max(depth[i * M]!, depth[i * M + 1]!)
      if (q === 0) continue
      const row = (i * D + political) * options
      total += q
      for (let p = 0; p < own; p++) shares[p]! += q * alignment[row + p]!
      const kept = q * alignment[row + own]!
      if (pole[i]! >= 0) shares[pole[i]!]! += kept
      else ownSquares += kept * kept
    }
    leadership.russia = shares[0]! / total
    let squares = 0
    for (let p = 0; p < own; p++) squares += (shares[p]! / total) * (shares[p]! / total)
    leadership.concentration = squares + ownSquares / (total * total)
  }

  function observe(out: Float64Array, offset: number, all: boolean): void {
    const { scenario, externalActors, formatActors } = model
    const { S, D, P: options, M } = scenario.sizes
    const { alignment, operational, tier, depth } = world
    seeInstitutional()
    seeLeadership()
    const id = coreMean(institutional, model)
    const op = coreMean(operational, model)
    let external = 0
    let externalDepth = 0
    let breadth = 0
    for (let n = 0; n < externalActors.length; n++) {
      const cell = externalActors[n]! * M + 1
      if (tier[cell]! >= 1) external++
      externalDepth += depth[cell]!
    }
    for (let n = 0; n < formatActors.length; n++) {
      const i = formatActors[n]!
      if (tier[i * M]! >= 1) breadth += scenario.weight[i]!
    }
    out[offset] = id
    out[offset + 1] = op
    out[offset + 2] = id - op
    out[offset + 3] = world.vitality[1]!
    out[offset + 4] = leadership.russia
    out[offset + 5] = external
    out[offset + 6] = breadth / model.breadthWeight
    if (!all) return
    hedging(column, world, model)
    out[offset + I.H] = coreMean(column, model)
    for (let d = 0; d < D; d++) {
      for (let i = 0; i < S; i++) column[i] = alignment[(i * D + d) * options]!
      out[offset + I.RS_political + d] = coreMean(column, model)
    }
    out[offset + I.LHHI] = leadership.concentration
    out[offset + I.ext_depth] = externalDepth
    out[offset + I.capacity] = world.capacity
    out[offset + I.sanctions] = world.sanctions
    out[offset + I.delivered] = world.delivered
    out[offset + I.war] = world.war
    out[offset + I.threat] = coreMean(world.threat, model)
    out[offset + I.credibility] = coreMean(world.credibility, model)
    out[offset + I.settlement] = coreMean(world.settlement, model)
    out[offset + I.coercions] = world.coercions
  }

  return { institutional, observe }
}
