import { exitCode, UserError } from '../core/errors.ts'
import type { Key } from '../core/random.ts'
import { keyOfSeed } from '../core/seed.ts'
import { chunkRange } from '../design/plan.ts'
import { createSampler, type Sampler } from '../design/sample.ts'
import { createModel } from '../model/model.ts'
import { createSimulator, type Result, type Sight, type Simulator } from '../model/simulate.ts'
import { compileScenario, type Scenario } from '../scenario/compile.ts'
import type { ScenarioDocument } from '../scenario/schema.ts'
import { type Batch, type Recipe, storedChunks } from '../store/batch.ts'
import { writeRow } from '../store/columns.ts'
import { readRecord, readRows } from '../store/parts.ts'

/** Runs of a batch computed again from their addresses, as they were or in a changed world. */
export interface Reruns {
  readonly scenario: Scenario
  readonly simulator: Simulator
  readonly key: Key
  readonly sampler: Sampler
  /** The parameters of a run, [parameters]; the buffer is reused. */
  parametersOf(run: number): Float64Array
  /** Runs an address; `parameters` are the run's own unless given. The result's buffers are reused. */
  simulate(run: number, onlooker?: (sight: Sight) => void, parameters?: Float64Array): Result
}

/**
 * Prepares the runs of a batch; it must be one of this version.
 *
 * @param document - a changed scenario; the batch's own when left out. Draws have the same addresses in both.
 */
export function rerunsOf(batch: Recipe, document?: ScenarioDocument): Reruns {
  const { plan } = batch.manifest
  const scenario = document === undefined ? batch.scenario : compileScenario(document)
  const simulator = createSimulator(createModel(scenario))
  const sampler = createSampler(scenario, plan)
  const key = keyOfSeed(plan.seed)
  const parameters = scenario.parameters.slice()
  const parametersOf = (run: number) => {
    sampler.point(run, parameters)
    return parameters
  }
  return {
    scenario,
    simulator,
    key,
    sampler,
    parametersOf,
    simulate: (run, onlooker, own = parametersOf(run)) => simulator.simulate(key, sampler.world(run), own, onlooker),
  }
}

/** How a run that was computed again compares with the stored one. */
export interface Proof {
  /** Numbers compared, bit for bit: inputs, events, indices, scores, outcome, every actor and group. */
  readonly columns: number
}

/**
 * Shows that a run computed again is the stored run, number by number and bit for bit.
 *
 * @param result - of the run, by `reruns`
 * @throws UserError when the batch has no such run, its part is not stored or damaged, the run is stored as failed, or a
 *   number differs
 */
export async function proveRun(batch: Batch, reruns: Reruns, run: number, result: Result): Promise<Proof> {
  const stored = await storedRow(batch, run)
  const { columns, width, at } = batch.layout
  const again = new Float64Array(width)
  writeRow(again, 0, batch.layout, run, reruns.sampler.values, result, reruns.simulator.ticks)
  const differing = columns.findIndex((_, n) => !Object.is(stored[n], again[n]))
  if (differing >= 0) {
    throw new UserError(
      exitCode.mismatch,
      `${batch.directory}: run ${run} is not the stored run: ${columns[differing]!.name} is ${stored[differing]} in the batch and ${again[differing]} computed again; ` +
        'another state of the program made this batch, so run the scenario again into another directory',
    )
  }
  if (stored[at.status] !== 0) {
    const { variable, of, tick } = result.failure!
    throw new UserError(
      exitCode.answerIsNo,
      `${batch.directory}: run ${run} is stored as failed (${variable}${of ? ` of ${of}` : ''} left the finite numbers at tick ${tick}), so there is no outcome to explain; ` +
        `multivector trace ${batch.directory} --run ${run} shows the ticks before`,
    )
  }
  return { columns: width }
}

/** The numbers a batch keeps of a run, in the order of its layout. */
export async function storedRow(batch: Batch, run: number): Promise<Float64Array> {
  requireRun(batch, run)
  const { chunkRuns } = batch.manifest.plan
  const chunk = Math.floor(run / chunkRuns)
  if (![...(await storedChunks(batch))].includes(chunk)) {
    const [first, end] = chunkRange(batch.manifest.plan, chunk)
    throw new UserError(
      exitCode.resumable,
      `${batch.directory}: run ${run} is planned, but its part (runs ${first} to ${end - 1}) is not stored; finish the batch with the command that began it`,
    )
  }
  const record = await readRecord(batch, chunk)
  const { width } = batch.layout
  const numbers = await readRows(batch, record)
  return numbers.subarray((run - record.first) * width, (run - record.first + 1) * width)
}

/** @throws UserError when a batch is not planned to have this run */
export function requireRun({ manifest }: Batch, run: number): void {
  const { runs } = manifest.plan
  if (run >= runs)
    throw new UserError(exitCode.usage, `--run: expected a run of the batch, 0 to ${runs - 1}, got ${run}`)
}
