import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serialExecutor } from '../../sim/execute/serial.ts'
import { runBatch } from '../../sim/experiment.ts'
import type { Scenario } from '../../sim/scenario/compile.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import type { Batch } from '../../sim/store/batch.ts'

/** A batch in a temporary folder, and how to remove it. */
export interface TemporaryBatch {
  readonly batch: Batch
  readonly folder: string
  remove(): Promise<void>
}

/** Runs a scenario into a folder of its own. */
export async function temporaryBatch(document: ScenarioDocument, runs: number, seed = '11'): Promise<TemporaryBatch> {
  const folder = await mkdtemp(join(tmpdir(), 'multivector-explain-'))
  const { batch } = await runBatch({
    id: 'story',
    document,
    directory: join(folder, 'batch'),
    executor: serialExecutor(),
    runs,
    seed,
  })
  return { batch, folder, remove: () => rm(folder, { recursive: true }) }
}

/** The scenario's parameters, changed by `overrides`. */
export function parametersOf(scenario: Scenario, overrides: Readonly<Record<string, number>>): Float64Array {
  const parameters = scenario.parameters.slice()
  for (const [name, value] of Object.entries(overrides)) parameters[scenario.parameterIndex.get(name)!] = value
  return parameters
}
