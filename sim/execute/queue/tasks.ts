import { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import { chunkOfTask, isTaskId, keptSeconds, partKey, prefix, queueName, taskId } from './keys.ts'
import type { Task, Versions } from './message.ts'
import { pauseFor } from './pause.ts'

/** How often a chunk is computed, refused or found broken before it is recorded as failed. */
export const attempts = 3

/** A task that the queue tries no more. */
interface FailedTask {
  readonly chunk: number
  readonly tries: number
  readonly reason: string
}

/** What has become of some chunks. One that is in none of these lists is in the queue, or a worker has it. */
interface Standing {
  /** Chunks that have left their part. */
  readonly finished: readonly number[]
  readonly failed: readonly FailedTask[]
  /** Chunks that have neither a part nor a task that a worker could be given. */
  readonly lost: readonly number[]
}

/** The tasks of a batch on the server. */
export interface Tasks {
  readonly enqueue: (chunks: readonly number[]) => Promise<void>
  /** Takes a task off the queue. @returns false where it could not: a worker has it at this moment */
  readonly remove: (chunk: number) => Promise<boolean>
  readonly look: (chunks: readonly number[]) => Promise<Standing>
  /** Takes off the list of failures what is of no use: tasks of this batch that are not asked about, and what is no task. */
  readonly tidy: (isAsked: (chunk: number) => boolean) => Promise<void>
  readonly close: () => Promise<void>
}

/** Failures that are looked through at once. */
const mostFailures = 1000
/** Longest reason that is kept of a failure. */
const mostReason = 400

/** What is on the server may have been written by anybody: no count is taken for the last attempt. */
const triesIn = (text: string | null | undefined) => (/^\d{1,3}$/.test(text ?? '') ? Number(text) : attempts)

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
      return (await queue.remove(taskId(batch, chunk)).catch(() => 0)) > 0
    },
    async look(chunks) {
      // First the lists, then the tasks, then the parts: a task that leaves a list for the failures is seen there, and
      // one that has ended has left its part.
      const listed = new Set(await queue.getRanges(['wait', 'active', 'delayed', 'prioritized'], 0, -1))
      const asked = redis.pipeline()
      for (const chunk of chunks) {
        const id = taskId(batch, chunk)
        asked.zscore(queue.toKey('failed'), id)
        asked.hmget(queue.toKey(id), 'data', 'atm', 'failedReason')
      }
      for (const chunk of chunks) asked.exists(partKey(batch, chunk))
      const answers = ((await asked.exec()) ?? []).map(([error, answer]) => {
        if (error) throw error
        return answer
      })
      const finished: number[] = []
      const failed: FailedTask[] = []
      const lost: number[] = []
      chunks.forEach((chunk, n) => {
        const [data, tries, reason] = answers[2 * n + 1] as (string | null)[]
        const own = data === JSON.stringify(task(chunk))
        if (answers[2 * chunks.length + n]) finished.push(chunk)
        else if (own && answers[2 * n] !== null)
          failed.push({ chunk, tries: triesIn(tries), reason: (reason ?? '').slice(0, mostReason) })
        else if (!own || !listed.has(taskId(batch, chunk))) lost.push(chunk)
      })
      return { finished, failed, lost }
    },
    async tidy(isAsked) {
      for (const id of await queue.getRanges(['failed'], 0, mostFailures - 1)) {
        const chunk = chunkOfTask(batch, id)
        if (chunk !== undefined) {
          if (!isAsked(chunk)) await queue.remove(id).catch(() => 0)
        } else if (!isTaskId(id)) {
          // Only the entry: the key it names may be one of the queue itself.
          await redis.zrem(queue.toKey('failed'), id)
        }
      }
    },
    async close() {
      await Promise.race([queue.close().catch(() => undefined), pauseFor(500, AbortSignal.timeout(500))])
    },
  }
}
