/**
 * A table as CSV. A cell that a spreadsheet would take for a formula gets an apostrophe in front, which spreadsheets
 * show as text; numbers stay numbers.
 *
 * @example csvText([['name', 'value'], ['=1+1', -0.5]]) // => "name,value\r\n'=1+1,-0.5\r\n"
 */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map(row => `${row.map(cell).join(',')}\r\n`).join('')
}

function cell(value: string | number): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  const safe = /^[\s]*[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
