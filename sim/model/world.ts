import { packed, packedFloats } from '../core/packed.ts'
import { P as column } from '../scenario/parameter.ts'
import type { Model } from './model.ts'

/** The state of the world at one tick, as columns. S actors, D domains, P options, M institutions, K corridors. */
export interface World {
  /** All columns below but tiers, one after the other, so that a state is copied at once. */
  readonly columns: Float64Array
  /** 0 war, 1 ceasefire, 2 settlement. */
  war: number
  /** R, Russian capacity, .05 … 1. */
  capacity: number
  /** s, secondary-sanctions pressure on third states, 0 … 1. */
  sanctions: number
  /** w, delivered win-win, 0 … 1. */
  delivered: number
  /** g, cumulative log growth relative to the own market, [P]; the last is 0. */
  readonly growth: Float64Array
  /** LK, log capacity added to each corridor, [K]. */
  readonly corridorGrowth: Float64Array
  /** X, transient log loss of each corridor, [K]. */
  readonly corridorLoss: Float64Array
  /** v, vitality of each institution, [M], 0 … 1. */
  readonly vitality: Float64Array
  /** c, delivered win-win as each actor perceives it, [S], 0 … 1. */
  readonly credibility: Float64Array
  /** T, threat above the level of tick 0, [S], 0 … 1. */
  readonly threat: Float64Array
  /** I, insecurity above the level of tick 0, [S], 0 … 1. */
  readonly insecurity: Float64Array
  /** L, orientation of the leader to Russia, [S], log-odds. */
  readonly leader: Float64Array
  /** n, share of trade with Russia settled in national currencies, [S], 0 … 1. */
  readonly settlement: Float64Array
  /** J, progress of national-interest projects, [S], 0 … 1. */
  readonly projects: Float64Array
  /** [S, M], 0 none … 3 member. */
  readonly tier: Uint8Array
  /** δ, depth of each tier, [S, M], 0 … 1. */
  readonly depth: Float64Array
  /** z, log-odds deviation of alignment from tick 0, [S, D, P]; masked cells stay 0. */
  readonly z: Float64Array
  /** Sum of z over the domains, [S, P], log-odds; of this tick's z. */
  readonly drift: Float64Array
  /** a, alignment shares, [S, D, P]; each (actor, domain) sums to 1. */
  readonly alignment: Float64Array
  /** Operational alignment, [S], 0 … 1; of this tick's alignment. */
  readonly operational: Float64Array
  /** Coercion hits so far, over all actors. */
  coercions: number
}

export function createWorld(model: Model): World {
  const { S, D, P, M, K } = model.scenario.sizes
  const columns = packedFloats(2 * S * D * P + S * P + S * M + 7 * S + P + 2 * K + M)
  let end = 0
  const column = (length: number) => {
    end += length
    return columns.subarray(end - length, end)
  }
  return {
    columns,
    war: 0,
    capacity: 0,
    sanctions: 0,
    delivered: 0,
    growth: column(P),
    corridorGrowth: column(K),
    corridorLoss: column(K),
    vitality: column(M),
    credibility: column(S),
    threat: column(S),
    insecurity: column(S),
    leader: column(S),
    settlement: column(S),
    projects: column(S),
    tier: packed(new Uint8Array(S * M)),
    depth: column(S * M),
    z: column(S * D * P),
    drift: column(S * P),
    alignment: column(S * D * P),
    operational: column(S),
    coercions: 0,
  }
}

/** Makes `next` the state the next tick starts from. */
export function advance(prev: World, next: World): void {
  prev.columns.set(next.columns)
  prev.tier.set(next.tier)
  prev.war = next.war
  prev.capacity = next.capacity
  prev.sanctions = next.sanctions
  prev.delivered = next.delivered
  prev.coercions = next.coercions
}

/** Sets `world` to tick 0 under the run's parameters. */
export function resetWorld(world: World, model: Model, parameters: Float64Array): void {
  const { scenario } = model
  world.war = parameters[column.war0]!
  world.capacity = parameters[column.capacity0]!
  world.sanctions = parameters[column.sanctions0]!
  world.delivered = parameters[column.delivered0]!
  world.growth.fill(0)
  world.corridorGrowth.fill(0)
  world.corridorLoss.fill(0)
  world.vitality.set(scenario.vitality0)
  world.credibility.fill(parameters[column.delivered0]!)
  world.threat.fill(0)
  world.insecurity.fill(0)
  world.leader.fill(0)
  world.settlement.set(scenario.settlement0)
  world.projects.fill(0)
  world.tier.set(scenario.tier0)
  world.depth.set(model.depth0)
  world.z.fill(0)
  world.drift.fill(0)
  world.alignment.set(scenario.alignment0)
  world.operational.set(model.op0)
  world.coercions = 0
}
