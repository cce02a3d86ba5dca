import { chunkRange } from '../design/plan.ts'
import type { Part } from '../store/part.ts'
import { createChunkComputer } from './chunk.ts'
import type { Executor } from './executor.ts'

/** Computes on the calling thread: the reference the other executors must equal. */
export function serialExecutor(): Executor {
  return {
    name: 'one thread',
    async execute(job, chunks, { onPart, onFailure, signal }) {
      let compute = createChunkComputer(job)
      for (const chunk of chunks) {
        if (signal.aborted) return
        let part: Part | undefined
        try {
          part = compute(chunk)
        } catch (error) {
          const [first, end] = chunkRange(job.plan, chunk)
          await onFailure({ chunk, first, end, attempts: 1, reason: `threw ${error}` })
          // What the throw left half done is not used again.
          compute = createChunkComputer(job)
        }
        if (part) await onPart(part)
        // Lets timers and signals in between chunks.
        await new Promise(resolve => setImmediate(resolve))
      }
    },
  }
}
