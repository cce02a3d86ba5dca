import { createChunkComputer } from './chunk.ts'
import type { Executor } from './executor.ts'

/** Computes on the calling thread: the reference the other executors must equal. */
export function serialExecutor(): Executor {
  return {
    name: 'one thread',
    async execute(job, chunks, { onPart, signal }) {
      const compute = createChunkComputer(job)
      for (const chunk of chunks) {
        if (signal.aborted) return
        await onPart(compute(chunk))
        // Lets timers and signals in between chunks.
        await new Promise(resolve => setImmediate(resolve))
      }
    },
  }
}
