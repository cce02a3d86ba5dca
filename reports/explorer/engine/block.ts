import { keyOfSeed } from '../../../sim/core/seed.ts'
import { createSampler } from '../../../sim/design/sample.ts'
import { I, type IndexName, indexNames } from '../../../sim/model/indices.ts'
import { createModel } from '../../../sim/model/model.ts'
import { createSimulator } from '../../../sim/model/simulate.ts'
import { compileScenario } from '../../../sim/scenario/compile.ts'
import type { ScenarioDocument } from '../../../sim/scenario/schema.ts'

/** Indices of the system that are kept at every tick; the others only as means over the last four. */
export const pathNames = ['gap', 'ID', 'OP', 'v', 'lead_RU', 'ext'] as const satisfies readonly IndexName[]
export type PathName = (typeof pathNames)[number]

/** Institutions whose tiers are kept: the format and its outer tier. */
export const tierInstitutions = 2

/** What the numbers of a run are, by column. All columns of a block are [columns, runs]: a column lies in one piece. */
export interface Columns {
  readonly ticks: number
  readonly actors: number
  readonly domains: number
  /** Columns of numbers. */
  readonly width: number
  /** Index of the system at a tick. */
  path(name: PathName, tick: number): number
  institutional(actor: number, tick: number): number
  operational(actor: number, tick: number): number
  /** Mean of an index over the last four ticks. */
  final(name: IndexName): number
  /** Share of the first option, Russia, in a domain at the last tick. */
  share(actor: number, domain: number): number
}

export function columnsOf(ticks: number, actors: number, domains: number): Columns {
  const institutional = pathNames.length * (ticks + 1)
  const operational = institutional + (ticks + 1) * actors
  const final = operational + (ticks + 1) * actors
  const share = final + indexNames.length
  return {
    ticks,
    actors,
    domains,
    width: share + actors * domains,
    path: (name, tick) => pathNames.indexOf(name) * (ticks + 1) + tick,
    institutional: (actor, tick) => institutional + tick * actors + actor,
    operational: (actor, tick) => operational + tick * actors + actor,
    final: name => final + I[name],
    share: (actor, domain) => share + actor * domains + domain,
  }
}

/** Runs `first` … `first + count − 1` of an ensemble. */
export interface Block {
  readonly first: number
  readonly count: number
  /** [columns, runs]; NaN where a run failed. */
  readonly numbers: Float32Array
  /** Index in `outcomes` of each run, 255 where it failed. */
  readonly outcome: Uint8Array
  /** 1 where the two best scores of a run are nearly alike. */
  readonly ambiguous: Uint8Array
  /** Index in `actorOutcomes`, [actors, runs]. */
  readonly actorOutcome: Uint8Array
  /** Tier at the last tick in the first two institutions, [actors × 2, runs]. */
  readonly tier: Uint8Array
}

export const failedRun = 255

/**
 * Prepares an ensemble once; each call then computes a block of it. Points are drawn one by one from the seed and the
 * run (`monte-carlo`), so a run is the same in a block of any size, and the same as in a batch of that design.
 */
export function createBlockComputer(document: ScenarioDocument, seed: string): (first: number, count: number) => Block {
  const scenario = compileScenario(document)
  const simulator = createSimulator(createModel(scenario))
  const sampler = createSampler(scenario, { design: 'monte-carlo', runs: 1, seed })
  const key = keyOfSeed(seed)
  const parameters = scenario.parameters.slice()
  const { S, D, P: options } = scenario.sizes
  const { ticks } = simulator
  const columns = columnsOf(ticks, S, D)
  const { ambiguous: nearly } = document.thresholds

  return (first, count) => {
    const numbers = new Float32Array(columns.width * count)
    const outcome = new Uint8Array(count)
    const ambiguous = new Uint8Array(count)
    const actorOutcome = new Uint8Array(S * count)
    const tier = new Uint8Array(S * tierInstitutions * count)
    const putAll = (from: number, values: Float64Array, r: number) => {
      for (let n = 0; n < values.length; n++) numbers[(from + n) * count + r] = values[n]!
    }
    for (let r = 0; r < count; r++) {
      sampler.point(first + r, parameters)
      const result = simulator.simulate(key, first + r, parameters)
      if (result.failure) {
        outcome[r] = failedRun
        for (let n = 0; n < columns.width; n++) numbers[n * count + r] = Number.NaN
        continue
      }
      outcome[r] = result.outcome
      ambiguous[r] = result.margin < nearly ? 1 : 0
      for (const name of pathNames) {
        for (let tick = 0; tick <= ticks; tick++)
          numbers[columns.path(name, tick) * count + r] = result.indices[tick * indexNames.length + I[name]]!
      }
      putAll(columns.institutional(0, 0), result.institutional, r)
      putAll(columns.operational(0, 0), result.operational, r)
      putAll(columns.final(indexNames[0]), result.final, r)
      for (let row = 0; row < S * D; row++)
        numbers[(columns.share(0, 0) + row) * count + r] = result.world.alignment[row * options]!
      for (let i = 0; i < S; i++) actorOutcome[i * count + r] = result.actorOutcome[i]!
      const end = ticks * S * tierInstitutions
      for (let n = 0; n < S * tierInstitutions; n++) tier[n * count + r] = result.tierPath[end + n]!
    }
    return { first, count, numbers, outcome, ambiguous, actorOutcome, tier }
  }
}
