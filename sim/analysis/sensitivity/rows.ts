import { exitCode, UserError } from '../../core/errors.ts'
import type { Table } from '../table.ts'

/** Whether two cells hold the same number, but for the last digits a table may have lost. */
export function sameValue(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1e-9, Math.abs(a), Math.abs(b))
}

/**
 * The table with the inputs of the design that made it. Where the table has these inputs too, they must agree row by row.
 *
 * @param table - the outcome, and inputs where the file has them
 * @param design - the points, in the order of the runs
 * @throws UserError for another number of rows, or a row that was moved
 */
export function withDesign(table: Table, design: Table): Table {
  if (design.rows !== table.rows)
    throw new UserError(
      exitCode.badData,
      `--design: expected a row for each of the ${table.rows} rows of the table, got ${design.rows}`,
    )
  for (const { name, values } of table.inputs) {
    const own = design.inputs.find(input => input.name === name)
    if (!own) continue
    for (let row = 0; row < table.rows; row++) {
      // Tables are often written with six digits.
      if (Math.abs(values[row]! - own.values[row]!) <= 1e-5 * Math.max(1e-3, Math.abs(own.values[row]!))) continue
      throw new UserError(
        exitCode.badData,
        `--design: expected ${own.values[row]} in row ${row + 1}, column ${name} of the table as in the design, got ${values[row]}; keep the order of its rows`,
      )
    }
  }
  return { ...design, outcome: table.outcome }
}
