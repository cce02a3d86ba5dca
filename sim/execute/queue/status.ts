import { Queue } from 'bullmq'
import type { Address } from './address.ts'
import { batchesKey, chunkOfTask, prefix, queueName } from './keys.ts'
import { type BatchNote, readBatch, type WorkerNote } from './message.ts'
import { connect, serverMemory, serverTime } from './redis.ts'
import { workersOf } from './workers.ts'

/** What `status` shows of a queue. */
export interface QueueStatus {
  readonly batches: readonly BatchStatus[]
  readonly workers: readonly (WorkerNote & { readonly worker: string })[]
  /** Memory of the server in bytes, now and at most. */
  readonly memory: { readonly used: number; readonly peak: number }
}

interface BatchStatus extends BatchNote {
  readonly batch: string
  /** Chunks in the queue, with a worker, and given up. */
  readonly waiting: number
  readonly active: number
  /** Whether its coordinator gave a sign of life in the last seconds. */
  readonly alive: boolean
}

const aliveMs = 10_000

/** Looks at a queue from anywhere. @throws UserError (69) when it is not there */
export async function queueStatus(address: Address, patienceMs: number): Promise<QueueStatus> {
  const link = await connect(address, { patienceMs })
  try {
    return await link.attempt(
      () => look(link.redis),
      () => undefined,
    )
  } finally {
    link.close()
  }
}

async function look(redis: Awaited<ReturnType<typeof connect>>['redis']): Promise<QueueStatus> {
  const now = await serverTime(redis)
  const workers = await workersOf(redis, now)
  const batches: BatchStatus[] = []
  for (const [batch, bytes] of Object.entries(await redis.hgetallBuffer(batchesKey))) {
    const note = readBatch(bytes)
    if (!note) continue
    const queue = new Queue(queueName(note), { connection: redis, prefix, skipMetasUpdate: true })
    const own = async (state: 'wait' | 'active') =>
      (await queue.getRanges([state], 0, 9_999)).filter(id => chunkOfTask(batch, id) !== undefined).length
    batches.push({
      batch,
      ...note,
      waiting: await own('wait'),
      active: await own('active'),
      alive: now - note.seen < aliveMs,
    })
    await queue.close().catch(() => undefined)
  }
  const { used, peak } = await serverMemory(redis)
  return {
    batches,
    workers: [...workers].map(([worker, note]) => ({ worker, ...note })),
    memory: { used, peak },
  }
}
