import type { Scenario } from '../scenario/compile.ts'
import { type EventPlan, planEvents } from './event-plan.ts'

/**
 * A scenario with everything the tick would otherwise compute again: sparse club terms, regional peers, the values at
 * tick 0 that changes are measured from. Made once a scenario, read by every run.
 */
export interface Model {
  readonly scenario: Scenario
  readonly events: readonly EventPlan[]
  /** Sum of the core weights. */
  readonly coreWeight: number
  /** Actors in the core, indices. */
  readonly coreActors: Int32Array
  /** Actors outside the core, and those of the core in the format at tick 0, indices. */
  readonly externalActors: Int32Array
  readonly formatActors: Int32Array
  /** Operational alignment at tick 0, [S], and its core mean. */
  readonly op0: Float64Array
  readonly opCore0: number
  /** Depth at tick 0, [S, M]. */
  readonly depth0: Float64Array
  /** Participation in each institution at tick 0, [M]. */
  readonly participation0: Float64Array
  /** Columns of growth_<pole> [P − 1], corr_<corridor> [K], kappa_<domain> [D]. */
  readonly growthColumns: Int32Array
  readonly corridorColumns: Int32Array
  readonly kappaColumns: Int32Array
  /** The options each corridor serves, and how much; those of corridor k are at servedStarts[k] … servedStarts[k + 1] − 1. */
  readonly servedStarts: Int32Array
  readonly servedOptions: Int32Array
  readonly servedWeights: Float64Array
  /** For each institution the options it serves, and how much. */
  readonly anchorOptions: readonly Int32Array[]
  readonly anchorWeights: readonly Float64Array[]
  /** The cells (domain × P + option) each institution acts on, and club weight × anchor there; starts as above. */
  readonly clubStarts: Int32Array
  readonly clubCells: Int32Array
  readonly clubWeights: Float64Array
  /** Cells of alignment (actor, domain, option) that are masked. */
  readonly masked: Int32Array
  /** 1 / weight of the other actors of the same region, 0 where there is none, [S]. */
  readonly peerScale: Float64Array
  /** Weight of core actors that are in the format at tick 0. */
  readonly breadthWeight: number
}

/** Where each of several lists starts when one follows the other, and where the last ends. */
function starts(lists: readonly (readonly number[])[]): Int32Array {
  let end = 0
  return Int32Array.from([0, ...lists.map(list => (end += list.length))])
}

export function createModel(scenario: Scenario): Model {
  const { sizes, weight, core, region, tier0, depth, alignment0, opWeights, anchor, club, serves } = scenario
  const { S, D, P, M, K } = sizes
  const coreActors = Int32Array.from([...core.keys()].filter(i => core[i] === 1))
  const coreSum = (read: (i: number) => number) => coreActors.reduce((sum, i) => sum + weight[i]! * read(i), 0)
  const coreWeight = coreSum(() => 1)
  const op0 = new Float64Array(S)
  for (let i = 0; i < S; i++) for (let d = 0; d < D; d++) op0[i]! += opWeights[d]! * alignment0[(i * D + d) * P]!
  const depth0 = Float64Array.from(tier0, tier => depth[tier]!)
  const participation0 = new Float64Array(M)
  for (let m = 0; m < M; m++) {
    let sum = 0
    for (let i = 0; i < S; i++) sum += weight[i]! * depth0[i * M + m]!
    participation0[m] = sum / coreWeight
  }
  const column = (name: string) => scenario.parameterIndex.get(name)!
  const cells = Array.from({ length: M }, (_, m) =>
    [...Array(D * P).keys()].filter(
      cell => club[Math.floor(cell / P) * M + m] !== 0 && anchor[m * P + (cell % P)] !== 0,
    ),
  )
  const anchored = Array.from({ length: M }, (_, m) => [...Array(P).keys()].filter(p => anchor[m * P + p] !== 0))
  const served = Array.from({ length: K }, (_, k) => [...Array(P).keys()].filter(p => serves[k * P + p] !== 0))
  const regionWeight = new Float64Array(scenario.regions)
  for (let i = 0; i < S; i++) if (region[i]! >= 0) regionWeight[region[i]!]! += weight[i]!
  return {
    scenario,
    events: planEvents(scenario),
    coreWeight,
    coreActors,
    externalActors: Int32Array.from([...core.keys()].filter(i => core[i] === 0)),
    formatActors: coreActors.filter(i => tier0[i * M]! >= 1),
    op0,
    opCore0: coreSum(i => op0[i]!) / coreWeight,
    depth0,
    participation0,
    growthColumns: Int32Array.from({ length: P - 1 }, (_, p) => column(`growth_${scenario.options[p]}`)),
    corridorColumns: Int32Array.from({ length: K }, (_, k) => column(`corr_${scenario.corridors[k]}`)),
    kappaColumns: Int32Array.from(scenario.domains, d => column(`kappa_${d}`)),
    servedStarts: starts(served),
    servedOptions: Int32Array.from(served.flat()),
    servedWeights: Float64Array.from(served.flatMap((list, k) => list.map(p => serves[k * P + p]!))),
    anchorOptions: anchored.map(list => Int32Array.from(list)),
    anchorWeights: anchored.map((list, m) => Float64Array.from(list, p => anchor[m * P + p]!)),
    clubStarts: starts(cells),
    clubCells: Int32Array.from(cells.flat()),
    clubWeights: Float64Array.from(
      cells.flatMap((list, m) => list.map(cell => club[Math.floor(cell / P) * M + m]! * anchor[m * P + (cell % P)]!)),
    ),
    masked: Int32Array.from([...alignment0.keys()].filter(cell => alignment0[cell] === 0)),
    peerScale: Float64Array.from({ length: S }, (_, i) => {
      const rest = region[i]! < 0 ? 0 : regionWeight[region[i]!]! - weight[i]!
      const others = region.some((r, j) => j !== i && r === region[i] && weight[j]! > 0)
      return region[i]! >= 0 && others ? 1 / rest : 0
    }),
    breadthWeight: coreSum(i => (tier0[i * M]! >= 1 ? 1 : 0)),
  }
}
