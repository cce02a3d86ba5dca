import { type Summary, summarise } from './analysis/summary.ts'
import { exitCode, UserError } from './core/errors.ts'
import { chunkOrder } from './design/chunk-order.ts'
import { chunkCount, chunkRange, chunkRunsFor, type DesignName, type Plan, type PointList } from './design/plan.ts'
import type { Executor } from './execute/executor.ts'
import { createModel } from './model/model.ts'
import { createSimulator } from './model/simulate.ts'
import { compileScenario, type Scenario } from './scenario/compile.ts'
import type { ScenarioDocument } from './scenario/schema.ts'
import { type Batch, openBatch as openBatchDirectory, openOrCreateBatch } from './store/batch.ts'
import { collect } from './store/collect.ts'
import { type FailedChunk, forgetFailedChunks, writeFailedChunk } from './store/failed-chunks.ts'
import { withLock } from './store/lock.ts'
import { checkSameBatch, type Merged, mergeParts } from './store/merge.ts'
import { readColumns, storedChunks, writePart } from './store/parts.ts'
import { prepareDirectory } from './store/prepare.ts'
import { removeDamaged, removeUnfinished } from './store/remove.ts'
import { inShard, type Shard } from './store/shard.ts'
import { engineVersion, modelVersion } from './version.ts'

/** What a batch is to be; what is left out comes from the scenario. */
export interface BatchRequest {
  /** Id of the scenario, its file name without the ending. */
  readonly id: string
  readonly document: ScenarioDocument
  readonly directory: string
  readonly executor: Executor
  readonly runs?: number | undefined
  readonly seed?: string | undefined
  readonly design?: DesignName | undefined
  /** Runs at each point; 1 unless given. */
  readonly replications?: number | undefined
  /** The points of the design `points`. */
  readonly points?: PointList | undefined
  /** Parts that begin at or after this run are left for later. */
  readonly upTo?: number | undefined
  /** Parts this call computes, at most; all that are missing unless given. */
  readonly most?: number | undefined
  /** The share of the chunks to compute, while others compute theirs in the same directory or elsewhere; all unless given. */
  readonly shard?: Shard | undefined
  /** Runs in a part; decides no number. */
  readonly partRuns?: number | undefined
  /** Stops after the chunks under way when it aborts. */
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: Progress) => void) | undefined
}

export interface Progress {
  /** Runs stored, of them by an earlier call, and all. */
  readonly done: number
  readonly before: number
  readonly runs: number
}

export interface BatchResult extends Advance {
  readonly summary: Summary
}

/** What a call did for a batch. */
export interface Advance {
  readonly batch: Batch
  /** Parts this call was to see to, of them stored now. */
  readonly asked: number
  readonly stored: number
  /** Whether all parts of the batch are stored, by whomever. */
  readonly complete: boolean
  /** Runs this call added. */
  readonly added: number
  /** Chunks this call could not compute, however often it tried; the same call tries them again. */
  readonly failedChunks: readonly FailedChunk[]
  /** Stored parts that were found damaged and made again, one sentence each. */
  readonly damaged: readonly string[]
}

/** The plan of a request. */
export function planOf({
  document,
  runs,
  seed,
  design,
  replications,
  points,
  partRuns,
}: Pick<BatchRequest, 'document' | 'runs' | 'seed' | 'design' | 'replications' | 'points' | 'partRuns'>): Plan {
  const count = runs ?? (points ? points.rows.length * (replications ?? 1) : document.batch.runs)
  return {
    design: points ? 'points' : (design ?? document.batch.design),
    runs: count,
    seed: seed ?? String(document.batch.seed),
    chunkRuns: partRuns ?? chunkRunsFor(count),
    ...(replications !== undefined && replications > 1 && { replications }),
    ...(points && { points }),
  }
}

/**
 * Runs a scenario into a batch directory, or finishes one that was stopped, and sums it up. Parts already stored are
 * checked and kept; the digest is the same however often it was stopped and whatever executed it.
 *
 * @throws UserError when the directory holds another batch, is in use or cannot be written
 */
export function runBatch(request: BatchRequest): Promise<BatchResult> {
  return advanceBatch(request, async done => ({ ...done, summary: await summariseBatch(done.batch) }))
}

/** As `runBatch`, with something else than a summary at the end, while the directory is still held. */
export async function advanceBatch<T>(request: BatchRequest, finish: (done: Advance) => Promise<T>): Promise<T> {
  const {
    id,
    document,
    directory,
    executor,
    signal: asked = new AbortController().signal,
    onProgress,
    upTo = Number.POSITIVE_INFINITY,
    most = Number.POSITIVE_INFINITY,
    shard,
  } = request
  const identity = { id, document, plan: planOf(request), engine: engineVersion, model: modelVersion }
  const ticks = horizonOf(compileScenario(document))
  await prepareDirectory(directory)
  const work = async (lost: AbortSignal) => {
    const batch = await openOrCreateBatch(directory, identity, ticks)
    const { plan } = batch.manifest
    const signal = AbortSignal.any([asked, lost])
    await removeUnfinished(batch, shard)
    const damaged = await removeDamaged(batch, signal, shard)
    await forgetFailedChunks(batch, shard)
    const stored = await storedChunks(batch)
    const own = chunkOrder(plan).filter(chunk => inShard(shard, chunk))
    const missing = own.filter(chunk => !stored.has(chunk))
    const chunks = missing.filter(chunk => chunk * plan.chunkRuns < upTo).slice(0, most)
    const sum = (some: readonly number[]) => some.reduce((total, chunk) => total + runsOf(plan, chunk), 0)
    const runs = sum(own)
    const before = runs - sum(missing)
    let done = before
    const failedChunks: FailedChunk[] = []
    onProgress?.({ done, before, runs })
    await executor.execute({ document: batch.manifest.scenario.document, plan }, chunks, {
      signal,
      onPart: async part => {
        await writePart(batch, part)
        done += part.end - part.first
        onProgress?.({ done, before, runs })
      },
      onFailure: async failure => {
        failedChunks.push(failure)
        await writeFailedChunk(batch, failure)
      },
    })
    if (lost.aborted)
      throw new UserError(exitCode.resumable, `${directory}: another process took it over meanwhile; wait for it`)
    const now = await storedChunks(batch)
    const held = own.filter(chunk => now.has(chunk)).length
    const complete = now.size === chunkCount(plan)
    return finish({ batch, asked: own.length, stored: held, complete, added: done - before, failedChunks, damaged })
  }
  return withLock(directory, work, shard)
}

/**
 * Joins the parts of one batch from several directories into a new or existing one. What was merged before is kept, so
 * that the same call goes on where one was stopped.
 *
 * @throws UserError when the directories hold different batches, or one is in use or cannot be written
 */
export async function mergeBatches(
  sources: readonly Batch[],
  directory: string,
  asked: AbortSignal,
): Promise<Merged & { readonly batch: Batch }> {
  checkSameBatch(sources)
  const { manifest, scenario } = sources[0]!
  const identity = { ...manifest, id: manifest.scenario.id, document: manifest.scenario.document }
  await prepareDirectory(directory)
  return withLock(directory, async lost => {
    const batch = await openOrCreateBatch(directory, identity, horizonOf(scenario))
    checkSameBatch([sources[0]!, batch])
    await removeUnfinished(batch)
    const signal = AbortSignal.any([asked, lost])
    await removeDamaged(batch, signal)
    return { batch, ...(await mergeParts(batch, sources, signal)) }
  })
}

function runsOf(plan: Plan, chunk: number): number {
  const [first, end] = chunkRange(plan, chunk)
  return end - first
}

/** Runs shown in the cloud of each actor. */
const cloudRuns = 120

/** Findings of a batch directory, complete or not. */
export async function summariseBatch(batch: Batch): Promise<Summary> {
  const { scenario, tallies, manifest } = batch
  const collected = await collect(batch)
  const start = startOf(scenario)
  return summarise({ scenario, tallies, manifest, ...collected, start, clouds: await sampleClouds(batch) })
}

async function sampleClouds(batch: Batch): Promise<[number, number][][]> {
  const { actors } = batch.scenario
  const clouds = actors.map((): [number, number][] => [])
  const columns = ['status', ...actors.flatMap(id => [`${id}_ID`, `${id}_OP`])]
  for (const chunk of await storedChunks(batch)) {
    for (const row of await readColumns(batch, chunk, columns)) {
      if (row.status !== 0) continue
      actors.forEach((id, i) => {
        clouds[i]!.push([row[`${id}_ID`]!, row[`${id}_OP`]!])
      })
      if (clouds[0]!.length >= cloudRuns) return clouds
    }
  }
  return clouds
}

/** Indices at tick 0: the same in every run. */
function startOf(scenario: Scenario) {
  const simulator = createSimulator(createModel(scenario))
  const result = simulator.simulate({ low: 0, high: 0 }, 0, scenario.parameters, () => undefined)
  const { S } = scenario.sizes
  const G = scenario.groups.length
  return {
    indices: result.indices.slice(0, result.final.length),
    institutional: result.institutional.slice(0, S),
    operational: result.operational.slice(0, S),
    groupInstitutional: result.groupInstitutional.slice(0, G),
    groupOperational: result.groupOperational.slice(0, G),
  }
}

/** Ticks of a scenario. */
export function horizonOf(scenario: Scenario): number {
  return scenario.parameters[scenario.parameterIndex.get('horizon')!]!
}

/** Opens a batch directory for reading. @throws UserError when there is none, or it is damaged or of another format */
export function openBatch(directory: string): Promise<Batch> {
  return openBatchDirectory(directory, document => horizonOf(compileScenario(document)))
}
