import { exitCode, UserError } from '../core/errors.ts'
import { suggest } from '../scenario/suggestion.ts'
import { recordReader } from './csv-records.ts'
import type { InputColumn, Table, TableRequest } from './table.ts'

/** Problems that are told before a file is given up. */
const shown = 10
/** Columns of a table, at most. */
const mostColumns = 10_000

/** A table under construction from pieces of a CSV text. */
export interface TableReader {
  push(text: string): void
  end(): Table
}

/**
 * Reads the columns an analysis asks for from a CSV text that comes in pieces. Cells must be finite numbers, or true and
 * false for 1 and 0; cells of categorical inputs are texts. Only the columns asked for are held, 8 bytes a cell and half
 * as much again while they grow; the text is not.
 *
 * @throws UserError for a text without a header or with one of more than 10,000 columns, a column that is not there or there twice,
 *   no column of an input, a record of another length, and at the end for cells that are no numbers, with the row and the column of up to ten
 */
export function tableReader(file: string, request: TableRequest): TableReader {
  let header: string[] | undefined
  let columns: GrowingColumn[] = []
  let rows = 0
  const problems: string[] = []
  let more = 0
  const reader = recordReader(file, (cells, line) => {
    if (!header) {
      header = headerOf(file, cells, line)
      columns = columnsOf(file, header, request)
      return
    }
    rows++
    if (cells.length !== header.length)
      throw new UserError(
        exitCode.badData,
        `${file}: row ${rows} (line ${line}): expected ${header.length} cells as in the header, got ${cells.length}`,
      )
    for (const column of columns) {
      const cell = cells[column.place]!.trim()
      if (column.add(cell)) continue
      more++
      if (problems.length < shown)
        problems.push(
          `${file}: row ${rows} (line ${line}), column ${column.name}: expected a number, got ${cell === '' ? 'an empty cell' : JSON.stringify(cell.slice(0, 40))}`,
        )
    }
  })
  return {
    push: text => reader.push(text),
    end() {
      reader.end()
      if (!header)
        throw new UserError(exitCode.badData, `${file}: expected a header with column names, got an empty file`)
      if (more > 0) {
        const rest = more > shown ? [`and ${more - shown} more`] : []
        const help = 'help: fill the cells, remove the rows, or name a column of texts with --categorical'
        throw new UserError(exitCode.badData, [...problems, ...rest, help].join('\n'))
      }
      const { outcome } = request
      const found = columns.map(column => column.finish())
      const values = outcome === undefined ? new Float64Array(rows) : found.pop()!.values
      return { rows, inputs: found, outcome: { name: outcome ?? '', values } }
    },
  }
}

/** The columns an analysis asks for, from a whole CSV text. @see tableReader */
export function readTable(file: string, text: string, request: TableRequest): Table {
  const reader = tableReader(file, request)
  reader.push(text)
  return reader.end()
}

function headerOf(file: string, cells: readonly string[], line: number): string[] {
  if (cells.length > mostColumns)
    throw new UserError(
      exitCode.badData,
      `${file}:${line}: expected at most ${mostColumns} columns, got ${cells.length}`,
    )
  const header = cells.map(name => name.trim())
  const seen = new Set<string>()
  for (const name of header) {
    if (seen.has(name))
      throw new UserError(
        exitCode.badData,
        `${file}:${line}: expected each column once, got ${JSON.stringify(name)} again`,
      )
    seen.add(name)
  }
  return header
}

/** The columns to read: the inputs, then the outcome where there is one. */
function columnsOf(
  file: string,
  header: readonly string[],
  { inputs, outcome, categorical = [], ifPresent }: TableRequest,
): GrowingColumn[] {
  const place = (name: string): number => {
    const found = header.indexOf(name)
    if (found !== -1) return found
    throw new UserError(
      exitCode.usage,
      `${file}: expected a column ${JSON.stringify(name)}; ${suggest(name, header, 'columns')}`,
    )
  }
  if (outcome !== undefined) place(outcome)
  for (const name of categorical) place(name)
  const asked = inputs ?? header.filter(name => name !== outcome)
  if (asked.length === 0)
    throw new UserError(
      exitCode.badData,
      `${file}: expected a column of an input beside ${JSON.stringify(outcome)}, got none; add one, or for sobol and morris give --design`,
    )
  if (outcome !== undefined && asked.includes(outcome))
    throw new UserError(exitCode.usage, `--inputs: expected no outcome among the inputs, got ${outcome}`)
  const names = ifPresent ? asked.filter(name => header.includes(name)) : asked
  return [
    ...names.map(name =>
      categorical.includes(name) ? textColumn(name, place(name)) : numberColumn(name, place(name)),
    ),
    ...(outcome === undefined ? [] : [numberColumn(outcome, place(outcome))]),
  ]
}

interface GrowingColumn {
  readonly name: string
  /** In a record. */
  readonly place: number
  /** Takes a cell. @returns whether it is what the column holds */
  add(cell: string): boolean
  finish(): InputColumn
}

function numberColumn(name: string, place: number): GrowingColumn {
  let values = new Float64Array(1024)
  let length = 0
  return {
    name,
    place,
    add(cell) {
      if (length === values.length) {
        const larger = new Float64Array(Math.ceil(length * 1.5))
        larger.set(values)
        values = larger
      }
      const value = numberOf(cell)
      values[length++] = value
      return !Number.isNaN(value)
    },
    finish: () => ({ name, values: values.subarray(0, length) }),
  }
}

function textColumn(name: string, place: number): GrowingColumn {
  const codes = new Map<string, number>()
  const numbers = numberColumn(name, place)
  return {
    name,
    place,
    add(cell) {
      const code = codes.get(cell) ?? codes.size
      codes.set(cell, code)
      return numbers.add(String(code))
    },
    finish() {
      const categories = [...codes.keys()].sort()
      const places = new Map([...codes].map(([text, code]) => [code, categories.indexOf(text)]))
      return { name, categories, values: numbers.finish().values.map(code => places.get(code)!) }
    },
  }
}

/** NaN for anything that is no finite number. True and false are 1 and 0. */
function numberOf(cell: string): number {
  if (cell === '') return Number.NaN
  const value = Number(cell)
  if (Number.isFinite(value)) return value
  const word = cell.toLowerCase()
  return word === 'true' ? 1 : word === 'false' ? 0 : Number.NaN
}
