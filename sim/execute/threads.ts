import { builtFile } from '../built/built-file.ts'
import { counted } from '../core/counted.ts'
import { chunkRange } from '../design/plan.ts'
import type { Executor } from './executor.ts'
import { runPass, startThreads } from './pass.ts'

/** How threads are watched; the defaults suit every machine. */
export interface ThreadOptions {
  /** Module whose default export computes; tests give one that fails on purpose. */
  readonly workerFile: URL
  /** A chunk is never called hung before this; on a slow machine it has twenty times the slowest chunk so far. */
  readonly patienceMs: number
  /** Chunks still under way this long after a stop are abandoned. */
  readonly abandonMs: number
  /** Heap of a thread in MB; beyond it the thread ends, and only the thread. */
  readonly heapMb: number
}

const defaults: ThreadOptions = {
  workerFile: builtFile('command/worker.js'),
  patienceMs: 120_000,
  abandonMs: 2_500,
  heapMb: 1024,
}

/** How often a chunk is tried before it is recorded as failed. */
const attemptsPerChunk = 3

/**
 * Computes on worker threads. A thread that exits, throws, hangs or runs out of memory is replaced; the chunk it worked
 * on is tried again by another thread after all others, at most twice, then recorded as failed.
 *
 * @param threads - at least 1
 */
export function threadExecutor(threads: number, options: Partial<ThreadOptions> = {}): Executor {
  const all = { ...defaults, ...options }
  let ready: ReturnType<typeof startThreads> | undefined
  return {
    name: counted(threads, 'thread'),
    prepare() {
      ready ??= startThreads(threads, all)
    },
    async execute(job, chunks, watch) {
      const faults = new Map<number, number>()
      let left = chunks
      while (left.length > 0 && !watch.signal.aborted) {
        const pool = ready
        ready = undefined
        const ended = await runPass(job, left, Math.min(threads, left.length), watch, all, pool)
        if (watch.signal.aborted) return
        const given = new Set<number>()
        for (const [chunk, reason] of ended.faults) {
          if (ended.done.has(chunk)) continue
          const attempts = (faults.get(chunk) ?? 0) + 1
          faults.set(chunk, attempts)
          if (attempts < attemptsPerChunk) continue
          given.add(chunk)
          const [first, end] = chunkRange(job.plan, chunk)
          await watch.onFailure({ chunk, first, end, attempts, reason })
        }
        if (ended.done.size === 0 && ended.faults.size === 0) throw new Error(ended.trouble ?? 'no thread took a chunk')
        left = left.filter(chunk => !ended.done.has(chunk) && !given.has(chunk))
      }
    },
  }
}
