import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { exitCode, UserError } from '../core/errors.ts'
import { blockRuns, type DesignName, type Plan } from '../design/plan.ts'
import { createSampler } from '../design/sample.ts'
import { type BatchRequest, openBatch, planOf } from '../experiment.ts'
import { compileScenario } from '../scenario/compile.ts'
import type { Problem } from '../scenario/problem.ts'
import { loadScenarioFile } from '../scenario-files.ts'
import { manifestOf } from '../store/manifest.ts'
import { engineVersion, modelVersion } from '../version.ts'
import { readPoints } from './points-file.ts'

/** What the command line says of the batch to run. */
export interface BatchArguments {
  runs?: number | undefined
  seed?: string | undefined
  design?: DesignName | undefined
  points?: string | undefined
  replications?: number | undefined
  partRuns?: number | undefined
  out?: string | undefined
}

/** A batch to run, with its plan and what is odd about the scenario. */
export interface AskedBatch extends Omit<BatchRequest, 'executor'> {
  readonly plan: Plan
  readonly warnings: readonly Problem[]
}

/** The batch that is asked for: of a scenario file, or one that was begun, from its directory alone. */
export async function requestOf(path: string, several: boolean, args: BatchArguments): Promise<AskedBatch> {
  const isDirectory = await stat(path).then(
    entry => entry.isDirectory(),
    () => false,
  )
  return isDirectory ? begun(path, args) : fresh(path, several, args)
}

async function fresh(path: string, several: boolean, args: BatchArguments): Promise<AskedBatch> {
  const { id, document, warnings } = await loadScenarioFile(path)
  if (/^\.*$/.test(id))
    throw new UserError(exitCode.usage, `${path}: expected a file with a name before the ending, got none`)
  const points = args.points === undefined ? undefined : await readPoints(args.points, document)
  const { runs, seed, design, replications, partRuns } = args
  if (partRuns !== undefined && partRuns % blockRuns !== 0)
    throw new UserError(exitCode.usage, `--part-runs: expected a multiple of ${blockRuns}, got ${partRuns}`)
  const asked = { id, document, runs, seed, design, replications, points, partRuns }
  const plan = planOf(asked)
  createSampler(compileScenario(document), plan)
  const identity = { id, document, plan, engine: engineVersion, model: modelVersion }
  const named = `${id}-${manifestOf(identity).batch.slice(0, 8)}`
  const directory = args.out === undefined ? join('batches', named) : several ? join(args.out, basename(id)) : args.out
  return { ...asked, plan, warnings, directory }
}

const decided = {
  runs: 'runs',
  seed: 'seed',
  design: 'design',
  points: 'points',
  replications: 'replications',
  partRuns: 'part-runs',
  out: 'out',
} as const

async function begun(directory: string, args: BatchArguments): Promise<AskedBatch> {
  for (const [name, flag] of Object.entries(decided)) {
    if (args[name as keyof typeof decided] !== undefined)
      throw new UserError(exitCode.usage, `--${flag}: expected none, since ${directory} is a batch that has its own`)
  }
  const { plan, scenario } = (await openBatch(directory)).manifest
  const { runs, seed, design, replications, points, chunkRuns } = plan
  const asked = { id: scenario.id, document: scenario.document, directory }
  return { ...asked, runs, seed, design, replications, points, partRuns: chunkRuns, plan, warnings: [] }
}
