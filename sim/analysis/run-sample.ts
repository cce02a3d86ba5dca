import { chunkCount } from '../design/plan.ts'
import type { Batch } from '../store/batch.ts'
import { readRecord, readRows, storedChunks } from '../store/parts.ts'

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
  const { manifest, layout } = batch
  const { plan } = manifest
  const names = ['run', ...columns]
  const places = names.map(name => layout.columns.findIndex(column => column.name === name))
  const found = names.map((): number[] => [])
  const stored = [...(await storedChunks(batch))]
  const wanted = Math.min(stored.length, Math.ceil((least * chunkCount(plan)) / plan.runs))
  for (let n = 0; n < wanted; n++) {
    const chunk = stored[Math.floor(((n + 0.5) * stored.length) / wanted)]!
    const rows = await readRows(batch, await readRecord(batch, chunk))
    for (let row = 0; row < rows.length; row += layout.width) {
      if (rows[row + layout.at.status] !== 0) continue
      for (let column = 0; column < places.length; column++) found[column]!.push(rows[row + places[column]!]!)
    }
  }
  const [run, ...values] = found.map(column => Float64Array.from(column))
  return { run: run!, columns: new Map(columns.map((name, n) => [name, values[n]!])) }
}
