import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ComparedSide } from '../analysis/comparison-result.ts'
import { counted } from '../core/counted.ts'
import { exitCode, UserError } from '../core/errors.ts'
import type { Plan } from '../design/plan.ts'
import { serialExecutor } from '../execute/serial.ts'
import { threadExecutor } from '../execute/threads.ts'
import { planOf, runBatch } from '../experiment.ts'
import type { LoadedScenario } from '../scenario/load.ts'
import { loadScenarioFile } from '../scenario-files.ts'
import { type Baseline, readBaseline } from '../store/baseline.ts'
import type { Batch } from '../store/batch.ts'
import { collect } from '../store/collect.ts'
import { manifestOf } from '../store/manifest.ts'
import { engineVersion, modelVersion } from '../version.ts'
import { openForAnalysis } from './batch-table.ts'
import { count, seedText } from './options.ts'
import { printErr } from './print.ts'
import { listenForStop } from './signals.ts'
import { allowLargeOption, checkSize } from './size.ts'

/** What is compared, with its runs where it has any. */
export interface Side {
  readonly side: ComparedSide
  readonly batch?: Batch
  readonly baseline?: Baseline
  readonly expectedAt: LoadedScenario['expectedAt']
}

/** How scenario files are run. */
export interface SideOptions {
  readonly runs?: number | undefined
  readonly seed?: string | undefined
  readonly workers: number
  readonly allowLarge: boolean
  readonly quiet: boolean
}

/** The flags of `SideOptions`, for yargs. */
export const sideFlags = {
  runs: { type: 'string', coerce: count('runs', 30, 1e8), describe: 'runs of scenario files [of the first]' },
  seed: { type: 'string', coerce: seedText, describe: 'seed of scenario files [of the first]' },
  'allow-large': allowLargeOption,
} as const

/**
 * What is at a path: a batch directory as it is, a baseline as it was recorded (`.json`), a scenario file run first where
 * it is not yet.
 *
 * @param like - runs, seed and design of a scenario file where no flag says otherwise
 */
export async function openSide(path: string, options: SideOptions, like?: Partial<Plan>): Promise<Side> {
  const entry = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT'
      ? new UserError(exitCode.noInput, `${path}: no such batch, scenario or baseline`)
      : error
  })
  const nowhere: LoadedScenario['expectedAt'] = new Map()
  if (entry.isDirectory()) {
    const batch = await openForAnalysis(path)
    return { side: await sideOf(path, batch), batch, expectedAt: nowhere }
  }
  if (path.endsWith('.json')) {
    const baseline = await readBaseline(path)
    return { side: recordedSide(path, baseline), baseline, expectedAt: nowhere }
  }
  const { batch, expectedAt } = await batchOfScenario(path, options, like)
  return { side: await sideOf(path, batch), batch, expectedAt }
}

async function batchOfScenario(
  path: string,
  { runs, seed, workers, allowLarge, quiet }: SideOptions,
  like?: Partial<Plan>,
) {
  const { id, document, expectedAt } = await loadScenarioFile(path)
  const asked = {
    document,
    runs: runs ?? like?.runs,
    seed: seed ?? like?.seed,
    design: like?.design,
    replications: like?.replications,
    points: like?.points,
  }
  const plan = planOf(asked)
  const identity = { id, document, plan, engine: engineVersion, model: modelVersion }
  const directory = join('batches', `${id}-${manifestOf(identity).batch.slice(0, 8)}`)
  const size = await checkSize(document, plan, { threads: workers, directory, allowLarge })
  if (size && !quiet) printErr(`${path}: ${size}`)
  const executor = workers === 0 ? serialExecutor() : threadExecutor(workers)
  const stop = listenForStop()
  const request = { id, ...asked, directory, executor, signal: stop.signal }
  const { batch, added, failedChunks } = await runBatch(request).finally(stop.release)
  const stopped = stop.exitCode()
  if (stopped !== 0)
    throw new UserError(
      stopped,
      `${path}: stopped; everything finished is kept in ${directory}: run the same command again`,
    )
  if (!quiet) printErr(`${path}: ${added === 0 ? 'complete before' : `${counted(added, 'run')} made`}, ${directory}`)
  for (const { first, end, reason } of failedChunks)
    printErr(`${path}: runs ${first} to ${end - 1} are missing; the last attempt ${reason}`)
  return { batch, expectedAt }
}

async function sideOf(path: string, batch: Batch): Promise<ComparedSide> {
  const { engine, model, plan, scenario, batch: hash } = batch.manifest
  const { digest, runs, failed } = await collect(batch)
  return {
    path,
    kind: 'batch',
    id: scenario.id,
    title: scenario.document.title,
    scenarioHash: scenario.sha256,
    batch: hash,
    digest,
    engine,
    model,
    plan: {
      design: plan.design,
      runs: plan.runs,
      seed: plan.seed,
      ...(plan.replications !== undefined && { replications: plan.replications }),
    },
    runs: runs - failed.length,
    failed: failed.length,
    complete: runs === plan.runs,
  }
}

function recordedSide(path: string, { scenario, plan, ...baseline }: Baseline): ComparedSide {
  const { engine, model, batch, digest, runs, failed } = baseline
  const { id, title, sha256: scenarioHash } = scenario
  const recorded = { engine, model, batch, digest, runs, failed }
  return { path, kind: 'baseline', id, title, scenarioHash, plan, complete: true, ...recorded }
}

/** Names of the actors and groups of a side by id; none for a baseline. */
export function namesOf({ batch }: Side): Record<string, string> {
  const { actors = {}, groups = {} } = batch?.manifest.scenario.document ?? {}
  return Object.fromEntries(Object.entries({ ...groups, ...actors }).map(([id, { name }]) => [id, name]))
}
