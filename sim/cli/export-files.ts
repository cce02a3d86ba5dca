import { join } from 'node:path'
import type { Summary } from '../analysis/summary.ts'
import { summaryTables } from '../analysis/summary-tables.ts'
import type { Batch } from '../store/batch.ts'
import { io, makeDirectory, writeDurably } from '../store/durable.ts'
import { exportParquet } from '../store/export-parquet.ts'
import { exportRunsCsv, tableCsv } from './export-csv.ts'
import { dictionaryJson, dictionaryMarkdown } from './export-dictionary.ts'

export const tableFormats = ['csv', 'parquet'] as const
export type TableFormat = (typeof tableFormats)[number]

/** What was written: paths, the one to open first, and the number of runs. */
export interface Exported {
  readonly paths: readonly string[]
  readonly runs: number
}

/**
 * Writes the runs of a batch for a spreadsheet or a notebook, with the dictionary of all columns; as CSV also the
 * findings, one file a table.
 *
 * @param marked - whether CSV files begin with a byte order mark, which Excel needs for letters beyond ASCII
 */
export async function exportTables(
  batch: Batch,
  summary: Summary,
  format: TableFormat,
  folder: string,
  marked = false,
): Promise<Exported> {
  const tables = format === 'csv' ? summaryTables(summary) : []
  const files = [
    ...tables.map(table => [`${table.name}.csv`, tableCsv(table, marked)] as const),
    ['columns.md', dictionaryMarkdown(batch, summaryTables(summary))] as const,
    ['columns.json', dictionaryJson(batch, summaryTables(summary))] as const,
  ]
  return io(folder, async () => {
    await makeDirectory(folder)
    const main = join(folder, `runs.${format}`)
    const runs = await (format === 'csv' ? exportRunsCsv(batch, main, marked) : exportParquet(batch, main))
    for (const [name, content] of files) await writeDurably(join(folder, name), content)
    return { paths: [main, ...files.map(([name]) => join(folder, name))], runs }
  })
}
