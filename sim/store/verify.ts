import { exitCode, UserError } from '../core/errors.ts'
import { chunkCount } from '../design/plan.ts'
import type { Batch } from './batch.ts'
import { partProblem } from './check-part.ts'
import { collect } from './collect.ts'
import { type FailedChunk, failedChunks } from './failed-chunks.ts'
import { readPart, storedChunks } from './parts.ts'

/** What `verify` found. */
export interface Verification {
  readonly parts: number
  readonly planned: number
  readonly runs: number
  readonly plannedRuns: number
  /** One sentence for each damaged part. */
  readonly problems: readonly string[]
  /** Chunks that no worker could finish. */
  readonly failedChunks: readonly FailedChunk[]
  /** Null when a part is damaged. */
  readonly digest: string | null
}

/** Checks every stored part: files against their checksums, rows against the blocks the digest is made of. */
export async function verifyBatch(batch: Batch): Promise<Verification> {
  const { plan } = batch.manifest
  const problems: string[] = []
  let runs = 0
  const chunks = await storedChunks(batch)
  for (const chunk of chunks) {
    try {
      const { record, rows, tallies } = await readPart(batch, chunk)
      const problem = partProblem(batch, record, rows, tallies)
      if (problem) problems.push(`part ${chunk}: ${problem}`)
      else runs += record.end - record.first
    } catch (error) {
      if (!(error instanceof UserError) || error.code !== exitCode.badData) throw error
      problems.push(error.message)
    }
  }
  return {
    parts: chunks.size,
    planned: chunkCount(plan),
    runs,
    plannedRuns: plan.runs,
    problems,
    failedChunks: await failedChunks(batch),
    digest: problems.length === 0 ? (await collect(batch)).digest : null,
  }
}
