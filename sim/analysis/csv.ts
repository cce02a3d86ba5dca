import { exitCode, UserError } from '../core/errors.ts'
import { suggest } from '../scenario/suggestion.ts'
import type { InputColumn, Table, TableRequest } from './table.ts'

/** Problems that are told before a file is given up. */
const shown = 10

/** The header and the cells of a CSV text, and the line each record begins on. */
interface Records {
  readonly header: readonly string[]
  readonly cells: readonly (readonly string[])[]
  readonly lines: readonly number[]
}

/**
 * The records of a CSV text. Cells are separated by commas, semicolons or tabs, whichever the header has most of, and may
 * stand in double quotes. Empty lines, and lines with # before the header, are left out. Cost O(characters).
 *
 * @throws UserError for a text without a header, a repeated name, or a record of another length
 * @see RFC 4180
 */
function readRecords(file: string, text: string): Records {
  const all = splitRecords(text.replace(/^\ufeff/, ''))
  const first = all[0]
  if (!first) throw new UserError(exitCode.badData, `${file}: expected a header with column names, got an empty file`)
  const header = first.cells.map(name => name.trim())
  const repeated = header.find((name, n) => header.indexOf(name) !== n)
  if (repeated !== undefined)
    throw new UserError(
      exitCode.badData,
      `${file}:${first.line}: expected each column once, got ${JSON.stringify(repeated)} again`,
    )
  const cells: (readonly string[])[] = []
  const lines: number[] = []
  for (const record of all.slice(1)) {
    if (record.cells.length !== header.length)
      throw new UserError(
        exitCode.badData,
        `${file}: row ${cells.length + 1} (line ${record.line}): expected ${header.length} cells as in the header, got ${record.cells.length}`,
      )
    cells.push(record.cells)
    lines.push(record.line)
  }
  return { header, cells, lines }
}

function splitRecords(text: string): { cells: string[]; line: number }[] {
  const records: { cells: string[]; line: number }[] = []
  let separator = ','
  let at = 0
  let line = 1
  while (at < text.length) {
    const end = text.indexOf('\n', at)
    const stop = end === -1 ? text.length : end
    const plain = text.slice(at, stop).replace(/\r$/, '')
    const from = line
    if (plain === '' || (records.length === 0 && plain.startsWith('#'))) {
      at = stop + 1
      line++
      continue
    }
    if (records.length === 0) separator = separatorOf(plain)
    if (!plain.includes('"')) {
      records.push({ cells: plain.split(separator), line })
      at = stop + 1
      line++
      continue
    }
    const { cells, next } = quotedRecord(text, at, separator)
    for (let n = at; n < next; n++) if (text[n] === '\n') line++
    records.push({ cells, line: from })
    at = next
  }
  return records
}

function separatorOf(header: string): string {
  const counted = [',', ';', '\t'].map(mark => ({ mark, count: header.split(mark).length }))
  return counted.reduce((best, candidate) => (candidate.count > best.count ? candidate : best)).mark
}

/** A record that has quotes, from `at`; quoted cells may contain separators and line ends. */
function quotedRecord(text: string, at: number, separator: string): { cells: string[]; next: number } {
  const cells: string[] = []
  let cell = ''
  let inside = false
  let n = at
  for (; n < text.length; n++) {
    const mark = text[n]!
    if (inside) {
      if (mark !== '"') cell += mark
      else if (text[n + 1] === '"') cell += text[++n]!
      else inside = false
    } else if (mark === '"') inside = true
    else if (mark === separator) {
      cells.push(cell)
      cell = ''
    } else if (mark === '\n') break
    else if (mark !== '\r') cell += mark
  }
  cells.push(cell)
  return { cells, next: n + 1 }
}

/**
 * The columns an analysis asks for, from a CSV text. Cells must be finite numbers, or true and false for 1 and 0; cells of
 * categorical inputs are texts.
 *
 * @throws UserError that names the row and the column of every such cell, up to ten, or the column that is not there
 */
export function readTable(file: string, text: string, { inputs, outcome, categorical = [] }: TableRequest): Table {
  const { header, cells, lines } = readRecords(file, text)
  const problems: string[] = []
  const column = (name: string): number => {
    const place = header.indexOf(name)
    if (place === -1)
      throw new UserError(
        exitCode.usage,
        `${file}: expected a column ${JSON.stringify(name)}; ${suggest(name, header, 'columns')}`,
      )
    return place
  }
  const numbers = (name: string): Float64Array => {
    const place = column(name)
    const values = new Float64Array(cells.length)
    for (let row = 0; row < cells.length; row++) {
      const cell = cells[row]![place]!.trim()
      const value = numberOf(cell)
      values[row] = value
      if (Number.isNaN(value))
        problems.push(
          `${file}: row ${row + 1} (line ${lines[row]}), column ${name}: expected a number, got ${cell === '' ? 'an empty cell' : JSON.stringify(cell.slice(0, 40))}`,
        )
    }
    return values
  }
  if (outcome !== undefined) column(outcome)
  for (const name of categorical) column(name)
  const names = inputs ?? header.filter(name => name !== outcome)
  if (outcome !== undefined && names.includes(outcome))
    throw new UserError(exitCode.usage, `--inputs: expected no outcome among the inputs, got ${outcome}`)
  const columns = names.map(
    (name): InputColumn =>
      categorical.includes(name) ? texts(name, cells, column(name)) : { name, values: numbers(name) },
  )
  const values = outcome === undefined ? new Float64Array(cells.length) : numbers(outcome)
  if (problems.length > 0) {
    const more = problems.length > shown ? [`and ${problems.length - shown} more`] : []
    const help = 'help: fill the cells, remove the rows, or name a column of texts with --categorical'
    throw new UserError(exitCode.badData, [...problems.slice(0, shown), ...more, help].join('\n'))
  }
  return { rows: cells.length, inputs: columns, outcome: { name: outcome ?? '', values } }
}

function texts(name: string, cells: Records['cells'], place: number): InputColumn {
  const categories = [...new Set(cells.map(row => row[place]!.trim()))].sort()
  const code = new Map(categories.map((text, n) => [text, n]))
  return { name, categories, values: Float64Array.from(cells, row => code.get(row[place]!.trim())!) }
}

/** NaN for anything that is no finite number. True and false are 1 and 0. */
function numberOf(cell: string): number {
  if (cell === '') return Number.NaN
  const value = Number(cell)
  if (Number.isFinite(value)) return value
  const word = cell.toLowerCase()
  return word === 'true' ? 1 : word === 'false' ? 0 : Number.NaN
}
