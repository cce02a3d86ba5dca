import type { Batch } from './batch.ts'
import { batchDigest, type PartRecord } from './part.ts'
import { addTallies, readRecord, storedChunks } from './parts.ts'

/** What all parts of a batch add up to. */
export interface Collected {
  /** Summed counts, [cells]. */
  readonly totals: Float64Array
  readonly failed: PartRecord['failed']
  readonly runs: number
  /** Over the runs that are stored, in run order; of a complete batch it is the digest of the batch. */
  readonly digest: string
}

/**
 * Adds up the stored parts in run order. Memory does not grow with the number of runs but for 32 bytes a block. Rows are
 * not read: who resumes a batch, or verifies it, checks them.
 */
export async function collect(batch: Batch): Promise<Collected> {
  const totals = new Float64Array(batch.tallies.cells)
  const blocks: string[] = []
  const failed: PartRecord['failed'][number][] = []
  let runs = 0
  for (const chunk of await storedChunks(batch)) {
    const record = await readRecord(batch, chunk)
    await addTallies(batch, record, totals)
    for (const block of record.blocks) blocks.push(block)
    for (const run of record.failed) failed.push(run)
    runs += record.end - record.first
  }
  return { totals, failed, runs, digest: batchDigest(batch.layout, blocks, totals) }
}
