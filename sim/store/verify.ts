import { chunkCount } from '../design/plan.ts'
import { type Batch, collect, readPart, storedChunks } from './batch.ts'
import { decodeRows, hashBlocks } from './part.ts'

/** What `verify` found. */
export interface Verification {
  readonly parts: number
  readonly planned: number
  readonly runs: number
  readonly plannedRuns: number
  /** One sentence for each damaged part. */
  readonly problems: readonly string[]
  /** Null when a part is damaged. */
  readonly digest: string | null
}

/** Checks every stored part: files against their checksums, rows against the blocks the digest is made of. */
export async function verifyBatch(batch: Batch): Promise<Verification> {
  const { plan } = batch.manifest
  const problems: string[] = []
  let runs = 0
  const chunks = [...(await storedChunks(batch))].sort((a, b) => a - b)
  for (const chunk of chunks) {
    try {
      const { record, rows } = await readPart(batch, chunk)
      const numbers = await decodeRows(rows, batch.layout)
      const blocks = hashBlocks(numbers, numbers.length / batch.layout.width, batch.layout.width)
      if (blocks.join() !== record.blocks.join()) problems.push(`part ${chunk}: rows do not match the hashes of their blocks`)
      else runs += record.end - record.first
    } catch (error) {
      problems.push((error as Error).message)
    }
  }
  return {
    parts: chunks.length,
    planned: chunkCount(plan),
    runs,
    plannedRuns: plan.runs,
    problems,
    digest: problems.length === 0 ? (await collect(batch)).digest : null,
  }
}
