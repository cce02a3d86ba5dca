import type { Table } from '../document.ts'

/** A table without the columns in which no row has anything. */
export function filledColumns({ columns, rows, ...table }: Table): Table {
  const filled = columns.map((_, n) => rows.some(row => row[n] !== ''))
  const kept = <T>(list: readonly T[]) => list.filter((_, n) => filled[n])
  return { ...table, columns: kept(columns), rows: rows.map(row => kept(row)) }
}
