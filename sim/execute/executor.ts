import type { FailedChunk } from '../store/failed-chunks.ts'
import type { Part } from '../store/part.ts'
import type { Job } from './chunk.ts'

/** How a run of chunks may be watched and stopped. */
export interface Watch {
  /** Called for each finished part, in any order; computing waits for it where parts would pile up. */
  readonly onPart: (part: Part) => Promise<void>
  /** Called for each chunk that could not be computed, however often it was tried; the others go on. */
  readonly onFailure: (failure: FailedChunk) => Promise<void>
  /** When it aborts, chunks under way are finished, or abandoned after seconds, and no new one is begun. */
  readonly signal: AbortSignal
}

/** Computes chunks of a job. Which executor does it changes no byte. */
export interface Executor {
  /** For reports and progress, such as “2 threads”. */
  readonly name: string
  /** Begins to start what computes, for a caller who has yet to read or check what is to be computed. */
  prepare?(): void
  execute(job: Job, chunks: readonly number[], watch: Watch): Promise<void>
}
