import type { Redis } from 'ioredis'
import { workersKey } from './keys.ts'
import { readWorker, type WorkerNote } from './message.ts'

export type SeenWorker = WorkerNote

/** A worker that gave no sign of life for this long is gone; one that is stopped comes back. */
const goneMs = 10_000
/** Its entry is removed after this. */
const forgottenMs = 600_000

/** The workers that live, by id; `now` by the clock of the server. */
export async function workersOf(redis: Redis, now: number): Promise<Map<string, SeenWorker>> {
  const found = new Map<string, SeenWorker>()
  const forgotten: string[] = []
  for (const [id, text] of Object.entries(await redis.hgetall(workersKey))) {
    const worker = readWorker(text)
    if (worker && now - worker.seen < goneMs) found.set(id, worker)
    else if (!worker || now - worker.seen > forgottenMs) forgotten.push(id)
  }
  if (forgotten.length > 0) await redis.hdel(workersKey, ...forgotten)
  return found
}
