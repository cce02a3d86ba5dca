import { log } from '../core/exponential.ts'
import { createAttribution, driverNames } from './attribution.ts'
import type { Model } from './model.ts'
import type { Sight } from './simulate.ts'
import type { World } from './world.ts'

/**
 * The logarithmic mean of two positive numbers: (a − b) / ln(a / b), and a where both are the same.
 *
 * @see Carlson (1972), The logarithmic mean, American Mathematical Monthly 79(6)
 * @example logarithmicMean(2, 2) // => 2
 * @example logarithmicMean(1, Math.E).toFixed(12) // => (Math.E - 1).toFixed(12)
 */
export function logarithmicMean(a: number, b: number): number {
  const step = (a - b) / b
  const ratio = Math.abs(step) < 0.5 ? Math.log1p(step) : log(a / b)
  return ratio === 0 ? a : (a - b) / ratio
}

/** Changes of alignment since tick 0, split by what caused them. Rows are the drivers, then institutions. */
interface AlignmentSplit {
  readonly tick: number
  /** Parts of institutional and of operational alignment, each [S, rows]; a row of parts adds up to the change. */
  readonly institutional: Float64Array
  readonly operational: Float64Array
  /** Parts of the first option's share in each domain, [S, D, drivers]. */
  readonly domains: Float64Array
}

export interface ShareSplitter {
  /** The drivers, then the institutions that count in institutional alignment. */
  readonly rows: readonly string[]
  /** Give this to `Simulator.simulate`; it starts anew with each run. */
  readonly onlooker: (sight: Sight) => void
  /** Splits at the ticks asked for, of the last run. */
  readonly splits: AlignmentSplit[]
}

/**
 * Splits changes of alignment by driver, without a remainder.
 *
 * A share is a softmax, so its change is the logarithmic mean L of its two values times the change of its logarithm,
 * Δa = L (z − ζ). Because shares add up to 1, ζ is the mean of z over the options, weighted by their logarithmic means.
 * Both are linear in z, and z is the sum of the drivers' parts: a driver's part of Δa is L (z_h − ζ_h). Institutional
 * alignment adds the depth in each institution, a row of its own.
 *
 * @param wanted - whether to split at a tick
 * @see Ang & Liu (2001), A new energy decomposition method: perfect in decomposition and consistent in aggregation,
 *   Energy 26(6), for the logarithmic mean in additive decompositions
 */
export function createShareSplitter(model: Model, wanted: (tick: number) => boolean): ShareSplitter {
  const { idInstitutions, idShare, opWeights, institutions, sizes } = model.scenario
  const { S, D, M } = sizes
  const counted = institutions.flatMap((_, m) => (idInstitutions[m] === 0 ? [] : [m]))
  const rows = [...driverNames, ...counted.map(m => institutions[m]!)]
  const H = driverNames.length
  const attribution = createAttribution(model)
  const splits: AlignmentSplit[] = []

  function onlooker(sight: Sight): void {
    if (sight.tick === 0) splits.length = 0
    attribution.onlooker(sight)
    if (!wanted(sight.tick)) return
    const { next, tick } = sight
    const domains = new Float64Array(S * D * H)
    const institutional = new Float64Array(S * rows.length)
    const operational = new Float64Array(S * rows.length)
    for (let i = 0; i < S; i++) {
      const row = i * rows.length
      for (let d = 0; d < D; d++) {
        const cell = (i * D + d) * H
        splitShare(domains, cell, i, d, next, model, attribution.parts)
        for (let h = 0; h < H; h++) {
          operational[row + h]! += opWeights[d]! * domains[cell + h]!
          if (d === 0) institutional[row + h]! += idShare * domains[cell + h]!
        }
      }
      counted.forEach((m, n) => {
        const change = next.depth[i * M + m]! - model.depth0[i * M + m]!
        institutional[row + H + n] = (1 - idShare) * idInstitutions[m]! * change
      })
    }
    splits.push({ tick, institutional, operational, domains })
  }

  return { rows, onlooker, splits }
}

/** Writes the parts of the change of the first option's share, [drivers] from `offset`. */
function splitShare(
  out: Float64Array,
  offset: number,
  i: number,
  d: number,
  { alignment }: World,
  model: Model,
  parts: Readonly<Record<(typeof driverNames)[number], Float64Array>>,
): void {
  const { alignment0, sizes } = model.scenario
  const { D, P: options } = sizes
  const first = (i * D + d) * options
  if (alignment0[first] === 0) return
  let total = 0
  const means = new Float64Array(options)
  for (let p = 0; p < options; p++) {
    if (alignment0[first + p] === 0) continue
    means[p] = logarithmicMean(alignment[first + p]!, alignment0[first + p]!)
    total += means[p]!
  }
  for (let h = 0; h < driverNames.length; h++) {
    const part = parts[driverNames[h]!]
    let centre = 0
    for (let p = 0; p < options; p++) centre += means[p]! * part[first + p]!
    out[offset + h] = means[0]! * (part[first]! - centre / total)
  }
}
