import { availableParallelism } from 'node:os'
import type { Redis } from 'ioredis'
import { compileScenario } from '../../scenario/compile.ts'
import { rowLayout } from '../../store/columns.ts'
import type { Part } from '../../store/part.ts'
import type { Job } from '../chunk.ts'
import { createChunkThreads } from './chunk-threads.ts'
import { partKey } from './keys.ts'
import type { Task } from './message.ts'

/** What came for a chunk: a part that was checked, or what is wrong with it. */
type Parcel = { readonly part: Part; readonly bytes: number } | { readonly problem: string }

/** The parts of a batch on the server. */
export interface Parcels {
  /** Fetches and checks what came for a chunk and leaves it there; undefined when nothing did. */
  readonly fetch: (chunk: number) => Promise<Parcel | undefined>
  /** Deletes it. @returns whether it was there */
  readonly remove: (chunk: number) => Promise<boolean>
  readonly close: () => Promise<void>
}

export interface ParcelOptions {
  readonly job: Job
  readonly batch: string
  readonly task: (chunk: number) => Task
  /** The job text. */
  readonly text: string
  /** The share of parts that are made again here and must be the same bytes, 0 … 1. */
  readonly audit: number
}

export function createParcels(redis: Redis, { job, batch, task, text, audit }: ParcelOptions): Parcels {
  const pool = createChunkThreads(Math.max(1, availableParallelism() - 1))
  const shared = new SharedArrayBuffer(Buffer.byteLength(text))
  new Uint8Array(shared).set(Buffer.from(text))
  const most = mostBytes(job)
  return {
    async fetch(chunk) {
      const key = partKey(batch, chunk)
      if ((await redis.strlen(key)) > most) return { problem: 'it is too long' }
      const frame = await redis.getBuffer(key)
      if (!frame) return undefined
      const work = { task: task(chunk), text: shared, frame: new Uint8Array(frame), audit: Math.random() < audit }
      const part = await pool.check(work).catch(error => (error as Error).message)
      return typeof part === 'string' ? { problem: part } : { part, bytes: frame.length }
    },
    remove: async chunk => (await redis.del(partKey(batch, chunk))) > 0,
    close: () => pool.close(),
  }
}

/** Longest a part on its way can be: its rows, its header, and counts of which every cell is written; in bytes. */
export function mostBytes({ document, plan }: Job): number {
  const { columns } = rowLayout(compileScenario(document))
  const row = columns.reduce((sum, { type }) => sum + (type === 'double' ? 8 : 4), 0)
  return plan.chunkRuns * (row + 300) + 1_000_000
}
