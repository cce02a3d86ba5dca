import { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import { chunkOfTask, keptSeconds, partKey, prefix, queueName, taskId } from './keys.ts'
import type { Task, Versions } from './message.ts'
import { pauseFor } from './pause.ts'

/** How often a chunk is computed, refused or found broken before it is recorded as failed. */
export const attempts = 3

/** A task that the queue tries no more. */
interface FailedTask {
  readonly tries: number
  readonly reason: string
}

/** The tasks of a batch on the server. */
export interface Tasks {
  readonly enqueue: (chunks: readonly number[]) => Promise<void>
  /** Takes a task off the queue where it can be reached; one that a worker has at this moment stays. */
  readonly remove: (chunk: number) => Promise<void>
  /** Tasks that failed, by chunk. Those of chunks that are not asked about are removed. */
  readonly failed: (isAsked: (chunk: number) => boolean) => Promise<Map<number, FailedTask>>
  /** Which of some chunks have left their part, and which have neither part nor task. */
  readonly look: (chunks: readonly number[]) => Promise<{ finished: number[]; lost: number[] }>
  readonly close: () => Promise<void>
}

export function createTasks(redis: Redis, versions: Versions, batch: string, task: (chunk: number) => Task): Tasks {
  const queue = new Queue(queueName(versions), {
    connection: redis,
    prefix,
    skipMetasUpdate: true,
    streams: { events: { maxLen: 100 } },
  })
  queue.on('error', () => undefined)
  const opts = { attempts, removeOnComplete: true, removeOnFail: { age: keptSeconds } }
  return {
    async enqueue(chunks) {
      if (chunks.length === 0) return
      await queue.addBulk(
        chunks.map(chunk => ({
          name: 'chunk',
          data: task(chunk),
          opts: { ...opts, jobId: taskId(batch, chunk) },
        })),
      )
    },
    async remove(chunk) {
      await queue.remove(taskId(batch, chunk)).catch(() => 0)
    },
    async failed(isAsked) {
      const found = new Map<number, FailedTask>()
      for (const entry of await queue.getFailed(0, 999)) {
        const chunk = chunkOfTask(batch, entry?.id)
        if (chunk === undefined) continue
        if (isAsked(chunk)) found.set(chunk, { tries: entry.attemptsMade, reason: entry.failedReason ?? '' })
        else await entry.remove().catch(() => undefined)
      }
      return found
    },
    async look(chunks) {
      // First the tasks, then the parts: a task that has ended has left its part.
      const asked = redis.pipeline()
      for (const chunk of chunks) asked.exists(queue.toKey(taskId(batch, chunk)))
      for (const chunk of chunks) asked.exists(partKey(batch, chunk))
      const answers = ((await asked.exec()) ?? []).map(([error, answer]) => {
        if (error) throw error
        return Number(answer) > 0
      })
      const hasTask = (n: number) => answers[n]
      const hasPart = (n: number) => answers[chunks.length + n]
      return {
        finished: chunks.filter((_, n) => hasPart(n)),
        lost: chunks.filter((_, n) => !hasTask(n) && !hasPart(n)),
      }
    },
    async close() {
      await Promise.race([queue.close().catch(() => undefined), pauseFor(500, AbortSignal.timeout(500))])
    },
  }
}
