import { keyOfSeed } from '../../../sim/core/seed.ts'
import { createSampler } from '../../../sim/design/sample.ts'
import { createModel } from '../../../sim/model/model.ts'
import { createShareSplitter } from '../../../sim/model/share-split.ts'
import { createSimulator } from '../../../sim/model/simulate.ts'
import { compileScenario } from '../../../sim/scenario/compile.ts'
import type { ScenarioDocument } from '../../../sim/scenario/schema.ts'

/** A cause's part of a change: its mean over runs, half of the 95 % interval of that mean, and the central 90 % of runs. */
interface DriverPart {
  /** A driver of `driverNames`, or the id of an institution whose tiers count. */
  readonly cause: string
  readonly mean: number
  readonly halfWidth: number
  readonly low: number
  readonly high: number
}

/** Means over runs at the start and at the last tick; the means of the parts add up to the difference. */
export interface DriverSplit {
  readonly start: number
  readonly end: number
  readonly parts: readonly DriverPart[]
}

/** Why an actor moved, split exactly by the driver terms the engine uses. */
export interface ActorSplit {
  readonly actor: string
  readonly runs: number
  readonly ID: DriverSplit
  readonly OP: DriverSplit
  readonly gap: DriverSplit
}

/**
 * Splits the change of an actor's alignment at the last tick by driver, over the first runs of an ensemble. Failed runs
 * are left out. About twice as slow as the runs alone.
 *
 * @param actor - an id of the scenario
 * @throws RangeError for an unknown actor, or where every run failed
 */
export function splitByDriver(document: ScenarioDocument, seed: string, actor: string, runs: number): ActorSplit {
  const scenario = compileScenario(document)
  const simulator = createSimulator(createModel(scenario))
  const sampler = createSampler(scenario, { design: 'monte-carlo', runs: 1, seed })
  const splitter = createShareSplitter(simulator.model, tick => tick === simulator.ticks)
  const key = keyOfSeed(seed)
  const parameters = scenario.parameters.slice()
  const i = scenario.actors.indexOf(actor)
  if (i === -1) throw new RangeError(`actor: expected an actor of the scenario, got ${actor}`)
  const { S } = scenario.sizes
  const R = splitter.rows.length
  const kept: { start: [number, number]; end: [number, number]; ID: Float64Array; OP: Float64Array }[] = []
  for (let run = 0; run < runs; run++) {
    sampler.point(run, parameters)
    const result = simulator.simulate(key, run, parameters, splitter.onlooker)
    const split = splitter.splits[0]
    if (result.failure || !split) continue
    const last = simulator.ticks * S + i
    kept.push({
      start: [result.institutional[i]!, result.operational[i]!],
      end: [result.institutional[last]!, result.operational[last]!],
      ID: split.institutional.slice(i * R, (i + 1) * R),
      OP: split.operational.slice(i * R, (i + 1) * R),
    })
  }
  if (kept.length === 0) throw new RangeError('runs: expected a run that reaches the end, got none')
  const splitOf = (
    level: (of: readonly [number, number]) => number,
    read: (run: (typeof kept)[number], r: number) => number,
  ) => ({
    start: meanOf(kept.map(({ start }) => level(start))),
    end: meanOf(kept.map(({ end }) => level(end))),
    parts: splitter.rows.map((cause, r) => ({ cause, ...spreadOf(Float64Array.from(kept, run => read(run, r))) })),
  })
  return {
    actor,
    runs: kept.length,
    ID: splitOf(
      ([id]) => id,
      (run, r) => run.ID[r]!,
    ),
    OP: splitOf(
      ([, op]) => op,
      (run, r) => run.OP[r]!,
    ),
    gap: splitOf(
      ([id, op]) => id - op,
      (run, r) => run.ID[r]! - run.OP[r]!,
    ),
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function spreadOf(values: Float64Array): Omit<DriverPart, 'cause'> {
  const n = values.length
  const mean = meanOf([...values])
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0)
  values.sort()
  return {
    mean,
    halfWidth: n < 2 ? 0 : 1.96 * Math.sqrt(squares / (n - 1) / n),
    low: values[Math.floor(0.05 * (n - 1))]!,
    high: values[Math.ceil(0.95 * (n - 1))]!,
  }
}
