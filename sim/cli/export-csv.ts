import { type Cell, csvRow } from '../analysis/csv-text.ts'
import type { SummaryTable } from '../analysis/summary-tables.ts'
import type { Batch } from '../store/batch.ts'
import type { Column } from '../store/columns.ts'
import { writeInPieces } from '../store/durable.ts'
import { storedRows } from '../store/export-parquet.ts'

/** Makes Excel read the file as UTF-8. */
const byteOrderMark = '\ufeff'

/**
 * Writes all stored runs as CSV, one row a run, in run order. Codes are written as names, and what a failed run does not
 * have is left empty. Parts are read one after the other, so memory does not grow with the number of runs.
 *
 * @returns the number of runs
 */
export function exportRunsCsv(batch: Batch, path: string, marked: boolean): Promise<number> {
  const { columns, width } = batch.layout
  const write = columns.map(cellOf)
  return writeInPieces(path, async append => {
    await append((marked ? byteOrderMark : '') + csvRow(columns.map(({ name }) => name)))
    let runs = 0
    for await (const rows of storedRows(batch)) {
      const lines: string[] = []
      for (let at = 0; at < rows.length; at += width) lines.push(csvRow(write.map((cell, n) => cell(rows[at + n]!))))
      await append(lines.join(''))
      runs += lines.length
    }
    return runs
  })
}

/** A table of findings as CSV. */
export function tableCsv({ columns, rows }: SummaryTable, marked: boolean): string {
  return (marked ? byteOrderMark : '') + csvRow(columns.map(({ name }) => name)) + rows.map(csvRow).join('')
}

/** How a stored number is written. */
function cellOf({ type, codes }: Column): (value: number) => Cell {
  if (codes) return value => codes[value]
  return type === 'float' ? single : value => value
}

/** A number of 32 bits with the digits that tell it from its neighbours. @example single(Math.fround(0.3)) // => 0.3 */
export function single(value: number): number {
  for (let digits = 7; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return short
  }
  return Number(value.toPrecision(9))
}
