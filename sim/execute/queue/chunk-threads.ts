import { Piscina } from 'piscina'
import { builtFile } from '../../built/built-file.ts'
import type { Part } from '../../store/part.ts'
import { endOfThread } from '../thread-end.ts'
import { threadFlags } from '../thread-flags.ts'
import type { ThreadWork } from './thread.ts'

/** Threads that make or check parts, one at a time each. */
export interface ChunkThreads {
  /** The part of a task as a frame. Rejects with a reason when the thread throws, exits, hangs or has no memory. */
  readonly make: (work: ThreadWork) => Promise<Uint8Array>
  /** A part that was checked, or what is wrong with it. */
  readonly check: (work: ThreadWork) => Promise<Part | string>
  readonly close: () => Promise<void>
}

const heapMb = 1024
/** A chunk is never called hung before this; later, when it takes this many times as long as the slowest so far. */
const patience = { leastMs: 120_000, slack: 20 }

export function createChunkThreads(threads: number): ChunkThreads {
  const pool = new Piscina({
    filename: builtFile('command/queue-thread.js').href,
    minThreads: 1,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
    atomics: 'disabled',
    execArgv: threadFlags,
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  })
  // What a thread does after its task is no loss.
  pool.on('error', () => undefined)
  let slowestMs = 0
  const run = async (work: ThreadWork): Promise<unknown> => {
    const controller = new AbortController()
    const began = performance.now()
    const most = Math.max(patience.leastMs, patience.slack * slowestMs)
    const timer = setTimeout(() => controller.abort(`gave no part for ${Math.round(most / 1000)} s`), most)
    try {
      const result = await pool.run(work, { signal: controller.signal })
      slowestMs = Math.max(slowestMs, performance.now() - began)
      return result
    } catch (error) {
      throw new Error(
        controller.signal.aborted ? String(controller.signal.reason) : endOfThread(error as Error, heapMb),
      )
    } finally {
      clearTimeout(timer)
    }
  }
  return {
    make: work => run(work) as Promise<Uint8Array>,
    check: work => run(work) as Promise<Part | string>,
    close: () => pool.destroy(),
  }
}
