import type { MessagePort } from 'node:worker_threads'
import { type ChunkComputer, createChunkComputer, type Job } from './chunk.ts'

/** What a thread is given: the job, the chunks still to do and where to report. */
export interface ThreadTask {
  readonly job: Job
  readonly chunks: readonly number[]
  /** Int32; shared by all threads, see `counter`. */
  readonly counters: SharedArrayBuffer
  /** Which of the threads this is, from 0. */
  readonly lane: number
  /** Parts not yet stored beyond this make a thread wait. */
  readonly backlog: number
  readonly port: MessagePort
}

/**
 * Places of the shared counters: the next chunk to take, parts not yet stored, 1 when stopping; then for each lane the
 * chunk under way, as its place in `chunks` from 1, and 0 between chunks.
 */
export const counter = { next: 0, pending: 1, stop: 2, lanes: 3 } as const

/** The task of a thread. */
export default function work(task: ThreadTask): void {
  workWith(task, createChunkComputer)
}

/** Takes chunks from the shared counter until none is left, and posts each part; then closes the port. */
export function workWith(task: ThreadTask, prepare: (job: Job) => ChunkComputer): void {
  const { job, chunks, counters, lane, backlog, port } = task
  const shared = new Int32Array(counters)
  const underWay = counter.lanes + lane
  try {
    const compute = prepare(job)
    for (;;) {
      for (;;) {
        const pending = Atomics.load(shared, counter.pending)
        if (pending < backlog) break
        Atomics.wait(shared, counter.pending, pending, 1000)
      }
      if (Atomics.load(shared, counter.stop) !== 0) break
      const n = Atomics.add(shared, counter.next, 1)
      if (n >= chunks.length) break
      Atomics.store(shared, underWay, n + 1)
      const part = compute(chunks[n]!)
      // Counted first, so that the receiver cannot take off what was not put on.
      Atomics.add(shared, counter.pending, 1)
      // Copied, not moved: after the first move of a buffer V8 checks each access to any typed array, and the engine
      // runs a seventh slower.
      port.postMessage(part)
      Atomics.store(shared, underWay, 0)
    }
  } finally {
    port.close()
  }
}
