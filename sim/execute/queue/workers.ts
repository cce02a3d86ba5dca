import type { Redis } from 'ioredis'
import { workersKey } from './keys.ts'
import { readWorker, type Versions, type WorkerNote } from './message.ts'
import type { QueueEvent } from './queue-event.ts'

/** A worker that gave no sign of life for this long is gone; one that is stopped comes back. */
const goneMs = 10_000
/** Its entry is removed after this. */
const forgottenMs = 600_000

/** The workers that live, by id; `now` by the clock of the server. */
export async function workersOf(redis: Redis, now: number): Promise<Map<string, WorkerNote>> {
  const found = new Map<string, WorkerNote>()
  const forgotten: string[] = []
  for (const [id, bytes] of Object.entries(await redis.hgetallBuffer(workersKey))) {
    const worker = readWorker(bytes)
    if (worker && now - worker.seen < goneMs) found.set(id, worker)
    else if (!worker || now - worker.seen > forgottenMs) forgotten.push(id)
  }
  if (forgotten.length > 0) await redis.hdel(workersKey, ...forgotten)
  return found
}

/** Who can make a batch, called again and again. */
export interface RollCall {
  /** Workers of the right version at the last call, and their threads together. */
  readonly workers: number
  readonly threads: number
  /** Workers of another version that were ever there. */
  readonly refused: number
  /** Tells who joined, who left, and once who has another version; `now` by the clock of the server. */
  readonly call: (now: number) => Promise<void>
}

export function createRollCall(
  redis: Redis,
  { engine, model }: Versions,
  onEvent: (event: QueueEvent) => void,
): RollCall {
  const seen = new Map<string, WorkerNote>()
  const refused = new Set<string>()
  return {
    get workers() {
      return seen.size
    },
    get threads() {
      return [...seen.values()].reduce((sum, { threads }) => sum + threads, 0)
    },
    get refused() {
      return refused.size
    },
    async call(now) {
      const present = await workersOf(redis, now)
      for (const [id, worker] of present) {
        const { threads } = worker
        if (worker.engine === engine && worker.model === model) {
          if (!seen.has(id)) onEvent({ event: 'joined', worker: id, threads })
          seen.set(id, worker)
        } else if (!refused.has(id)) {
          refused.add(id)
          const reason = `it has engine ${worker.engine}, model ${worker.model}; this batch needs ${engine}, ${model}`
          onEvent({ event: 'refused-worker', worker: id, reason })
        }
      }
      for (const [id, { threads }] of seen) {
        if (present.has(id)) continue
        seen.delete(id)
        onEvent({ event: 'left', worker: id, threads })
      }
    },
  }
}
