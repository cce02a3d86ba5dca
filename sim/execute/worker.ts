import type { MessagePort } from 'node:worker_threads'
import { createChunkComputer, type Job } from './chunk.ts'

/** What a thread is given: the job, the chunks still to do and where to report. */
export interface ThreadTask {
  readonly job: Job
  readonly chunks: readonly number[]
  /** Int32 [next chunk to take, parts not yet stored, 1 when stopping]; shared by all threads. */
  readonly counters: SharedArrayBuffer
  /** Parts not yet stored beyond this make a thread wait. */
  readonly backlog: number
  readonly port: MessagePort
}

export const counter = { next: 0, pending: 1, stop: 2 } as const

/** Takes chunks from the shared counter until none is left, and posts each part, then undefined. One long task a thread. */
export default function work({ job, chunks, counters, backlog, port }: ThreadTask): void {
  const shared = new Int32Array(counters)
  const compute = createChunkComputer(job)
  for (;;) {
    for (;;) {
      const pending = Atomics.load(shared, counter.pending)
      if (pending < backlog) break
      Atomics.wait(shared, counter.pending, pending, 1000)
    }
    if (Atomics.load(shared, counter.stop) !== 0) break
    const n = Atomics.add(shared, counter.next, 1)
    if (n >= chunks.length) break
    const part = compute(chunks[n]!)
    Atomics.add(shared, counter.pending, 1)
    port.postMessage(part, [part.rows.buffer as ArrayBuffer, part.tallies.buffer as ArrayBuffer])
  }
  port.postMessage(undefined)
}
