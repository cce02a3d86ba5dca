import { quantileSorted } from 'simple-statistics'
import { driverNames } from '../model/attribution.ts'
import { createShareSplitter } from '../model/share-split.ts'
import type { Recipe } from '../store/batch.ts'
import { meanOf } from './hypothesis-figures.ts'
import { rerunsOf } from './reruns.ts'

/** A change, or a part of one, over runs. */
interface ChangeRange {
  /** Mean over the runs, and half of the 95 % interval of that mean. */
  readonly mean: number
  readonly halfWidth: number
  /** The central 90 % of the runs. */
  readonly low: number
  readonly high: number
}

/** A cause's part of a change, over runs. */
export interface PartRange extends ChangeRange {
  readonly cause: string
}

/** A measure at the start and at the end, and the parts of the way between; means of parts add up to the mean change. */
export interface MeasureSplit {
  readonly start: number
  readonly end: number
  readonly change: ChangeRange
  readonly parts: readonly PartRange[]
}

/** What changed the alignment of an actor, or of the core as a whole. */
export interface ActorAttribution {
  readonly id: string
  readonly ID: MeasureSplit
  readonly OP: MeasureSplit
  readonly gap: MeasureSplit
  /** Change of the first option's share in each domain, by driver. */
  readonly domains: readonly { readonly domain: string; readonly parts: readonly PartRange[] }[]
}

/** Which causes account for the changes of alignment across a batch. */
export interface AttributionSummary {
  /** Runs split, and runs left out because they failed. */
  readonly runs: number
  readonly failed: number
  /** Largest difference between the parts of a run and its change, over runs, actors and measures. */
  readonly largestRemainder: number
  /** The core mean, then every actor. */
  readonly actors: readonly ActorAttribution[]
}

/** Numbers of one run, for the core and each actor: parts, then start and end. */
interface RunParts {
  readonly ID: Float64Array
  readonly OP: Float64Array
  readonly domains: Float64Array
}

/**
 * Splits the change of alignment at the last tick of each run by driver and institution, exactly, and averages over
 * runs.
 *
 * @param runs - addresses of the batch
 * @param actors - how many actors to sum up, besides the core; all of them unless given
 */
export function summariseAttribution(
  batch: Recipe,
  runs: readonly number[],
  actors: number = batch.scenario.actors.length,
): AttributionSummary {
  const { simulator, scenario, simulate } = rerunsOf(batch)
  const { S, D } = scenario.sizes
  const { coreActors, coreWeight } = simulator.model
  const splitter = createShareSplitter(simulator.model, tick => tick === simulator.ticks)
  const R = splitter.rows.length
  const H = driverNames.length
  const kept: RunParts[] = []
  let failed = 0
  let largestRemainder = 0
  const start = { ID: new Float64Array(S), OP: new Float64Array(S) }
  const end = { ID: new Float64Array(S), OP: new Float64Array(S) }
  for (const run of runs) {
    const result = simulate(run, splitter.onlooker)
    const split = splitter.splits[0]
    if (result.failure || !split) {
      failed++
      continue
    }
    kept.push({ ID: split.institutional, OP: split.operational, domains: split.domains })
    const last = simulator.ticks * S
    for (const [measure, path, parts] of [
      ['ID', result.institutional, split.institutional],
      ['OP', result.operational, split.operational],
    ] as const) {
      for (let i = 0; i < S; i++) {
        let sum = 0
        for (let r = 0; r < R; r++) sum += parts[i * R + r]!
        largestRemainder = Math.max(largestRemainder, Math.abs(sum - (path[last + i]! - path[i]!)))
        start[measure][i] = path[i]!
        end[measure][i]! += path[last + i]!
      }
    }
  }
  /** Weights of the actors that make up a place: one actor, or the core. */
  const weights = (i: number | undefined): [actor: number, weight: number][] =>
    i === undefined ? [...coreActors].map(j => [j, scenario.weight[j]! / coreWeight]) : [[i, 1]]
  const range = (read: (run: RunParts) => number): ChangeRange => {
    const values = kept.map(read)
    const { value, halfWidth = 0 } = meanOf(values)
    const sorted = values.sort((a, b) => a - b)
    return { mean: value, halfWidth, low: quantileSorted(sorted, 0.05), high: quantileSorted(sorted, 0.95) }
  }
  const attributionOf = (id: string, i: number | undefined): ActorAttribution => {
    const share = weights(i)
    const of = (column: Float64Array, divisor = 1) => share.reduce((sum, [j, w]) => sum + (w * column[j]!) / divisor, 0)
    const at = (column: Float64Array, width: number, place: number) =>
      share.reduce((sum, [j, w]) => sum + w * column[j * width + place]!, 0)
    const split = (from: number, to: number, read: (run: RunParts, r: number) => number): MeasureSplit => ({
      start: from,
      end: to,
      change: range(run => splitter.rows.reduce((sum, _, r) => sum + read(run, r), 0)),
      parts: splitter.rows.map((cause, r) => ({ cause, ...range(run => read(run, r)) })),
    })
    const ID = [of(start.ID), of(end.ID, kept.length)] as const
    const OP = [of(start.OP), of(end.OP, kept.length)] as const
    return {
      id,
      ID: split(...ID, (run, r) => at(run.ID, R, r)),
      OP: split(...OP, (run, r) => at(run.OP, R, r)),
      gap: split(ID[0] - OP[0], ID[1] - OP[1], (run, r) => at(run.ID, R, r) - at(run.OP, R, r)),
      domains: scenario.domains.map((domain, d) => ({
        domain,
        parts: driverNames.map((cause, h) => ({ cause, ...range(run => at(run.domains, D * H, d * H + h)) })),
      })),
    }
  }
  if (kept.length === 0) return { runs: 0, failed, largestRemainder, actors: [] }
  return {
    runs: kept.length,
    failed,
    largestRemainder,
    actors: [
      attributionOf('core', undefined),
      ...scenario.actors.slice(0, actors).map((id, i) => attributionOf(id, i)),
    ],
  }
}
