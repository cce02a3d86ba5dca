import { chunkCount } from '../design/plan.ts'
import type { Batch } from '../store/batch.ts'
import { readColumns, storedChunks } from '../store/parts.ts'

/** Finished runs of a batch, in their order, with some of their columns, each [rows]. */
export interface RunSample {
  readonly run: Float64Array
  readonly columns: ReadonlyMap<string, Float64Array>
}

/**
 * Whole parts of a batch, evenly spread, with at least `least` runs where there are so many. The same parts each time.
 * Cost and memory grow with `least`, not with the batch.
 */
export async function sampleRuns(batch: Batch, columns: readonly string[], least: number): Promise<RunSample> {
  const { plan } = batch.manifest
  const stored = [...(await storedChunks(batch))]
  const wanted = Math.min(stored.length, Math.ceil((least * chunkCount(plan)) / plan.runs))
  const rows: Record<string, number>[] = []
  for (let n = 0; n < wanted; n++) {
    const chunk = stored[Math.floor(((n + 0.5) * stored.length) / wanted)]!
    for (const row of await readColumns(batch, chunk, ['run', 'status', ...columns]))
      if (row.status === 0) rows.push(row)
  }
  const column = (name: string) => Float64Array.from(rows, row => row[name]!)
  return { run: column('run'), columns: new Map(columns.map(name => [name, column(name)])) }
}
