/** A cell of a table: numbers stay numbers, what is missing stays empty. */
export type Cell = string | number | undefined

/** Characters that no reader sees: controls, line ends, and marks that hide or reorder text. */
const unseen = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu

/** What makes a spreadsheet take a text for a formula, where a cell begins with it. */
const formula = /^\s*[=+\-@＝＋－＠]/

/**
 * A row of a CSV file, with its line end. A text that a spreadsheet would take for a formula gets an apostrophe before
 * it; numbers, also negative ones, stay as they are.
 *
 * @example csvRow(['a, b', -0.5, '=1+1', undefined]) // => '"a, b",-0.5,\'=1+1,\r\n'
 * @see RFC 4180; https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvRow(cells: readonly Cell[]): string {
  return `${cells.map(written).join(',')}\r\n`
}

function written(cell: Cell): string {
  if (cell === undefined) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  const seen = cell.replace(unseen, ' ')
  const text = formula.test(seen) ? `'${seen}` : seen
  return /[",]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
