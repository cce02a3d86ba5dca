import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { chunkCount } from '../design/plan.ts'
import type { Batch } from './batch.ts'
import { io, ioError, writeDurably } from './durable.ts'
import { noteName, noteOf, partsName } from './own-names.ts'
import { readPlainFile } from './plain-file.ts'
import { failedChunk } from './record-schema.ts'
import { sealed, unsealed } from './seal.ts'
import { inShard, type Shard } from './shard.ts'

/** A chunk that no worker could finish. Its runs are missing from the batch until the same command is run again. */
export interface FailedChunk {
  readonly chunk: number
  /** First run, and the one after the last. */
  readonly first: number
  readonly end: number
  readonly attempts: number
  /** How the last attempt ended. */
  readonly reason: string
}

const mostBytes = 100_000
const pathOf = ({ directory }: Batch, chunk: number) => join(directory, partsName, noteName(chunk))

/** Records a failed chunk beside the parts. */
export async function writeFailedChunk(batch: Batch, failure: FailedChunk): Promise<void> {
  const path = pathOf(batch, failure.chunk)
  await io(path, () => writeDurably(path, sealed({ batch: batch.manifest.batch, ...failure })))
}

/** Forgets what failed before, of a shard or of all, since it is tried again. */
export async function forgetFailedChunks(batch: Batch, shard?: Shard): Promise<void> {
  for (const { chunk } of await failedChunks(batch)) {
    if (inShard(shard, chunk)) await io(pathOf(batch, chunk), () => rm(pathOf(batch, chunk), { force: true }))
  }
}

/** Failed chunks of a batch, in run order. */
export async function failedChunks(batch: Batch): Promise<FailedChunk[]> {
  const folder = join(batch.directory, partsName)
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw ioError(folder, error)
  })
  const found: FailedChunk[] = []
  for (const name of names.filter(entry => noteOf(entry) !== undefined).sort()) {
    const note = await sealedNote(join(folder, name))
    if (note?.batch !== batch.manifest.batch || note.chunk >= chunkCount(batch.manifest.plan)) continue
    const { batch: _, ...failure } = note
    found.push(failure)
  }
  return found
}

/**
 * A note about a failed chunk, of whichever batch; undefined where it is none that is sealed. A damaged one says nothing:
 * the part it is about is missing, which is what counts.
 */
export async function sealedNote(path: string): Promise<(FailedChunk & { readonly batch: string }) | undefined> {
  try {
    return failedChunk.parse(unsealed((await readPlainFile(path, mostBytes)).toString('utf8')))
  } catch {
    return undefined
  }
}
