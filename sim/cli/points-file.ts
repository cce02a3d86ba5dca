import { readTable } from '../analysis/csv.ts'
import { exitCode, UserError } from '../core/errors.ts'
import type { PointList } from '../design/plan.ts'
import { compileScenario } from '../scenario/compile.ts'
import type { ScenarioDocument } from '../scenario/schema.ts'
import { suggest } from '../scenario/suggestion.ts'
import { ioError } from '../store/durable.ts'
import { readPlainFile } from '../store/plain-file.ts'

/** The manifest holds the points, so there is an end to them. */
const mostCells = 2_000_000
const mostBytes = 30 * mostCells

/**
 * The points of a CSV file for a scenario: a column for each of its uncertainties and levers.
 *
 * @throws UserError that names the column which is missing or unknown, or the first cell out of bounds
 */
export async function readPoints(path: string, document: ScenarioDocument): Promise<PointList> {
  const bytes = await readPlainFile(path, mostBytes).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new UserError(exitCode.noInput, `${path}: no such file`)
    throw error instanceof UserError ? error : ioError(path, error)
  })
  const text = bytes.toString('utf8')
  const { uncertainties, catalogue } = compileScenario(document)
  const { inputs, rows } = readTable(path, text, {})
  const names = uncertainties.map(({ name }) => name)
  for (const { name, values } of inputs) {
    if (!names.includes(name))
      throw new UserError(
        exitCode.badData,
        `${path}: expected columns named as the uncertainties and levers of the scenario, got ${JSON.stringify(name)}; ${suggest(name, names, 'names')}`,
      )
    const { bounds, integer } = catalogue.get(name)!
    const row = values.findIndex(
      value => value < bounds[0] || value > bounds[1] || (integer === true && !Number.isInteger(value)),
    )
    if (row >= 0)
      throw new UserError(
        exitCode.badData,
        `${path}: row ${row + 1}, column ${name}: expected ${integer ? 'a whole number' : 'a number'} from ${bounds[0]} to ${bounds[1]}, got ${values[row]}`,
      )
  }
  const missing = names.filter(name => !inputs.some(input => input.name === name))
  if (missing.length > 0)
    throw new UserError(
      exitCode.badData,
      `${path}: expected a column for every uncertainty and lever, got none for ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ` and ${missing.length - 5} more` : ''}; \`design\` writes such files`,
    )
  if (rows === 0) throw new UserError(exitCode.badData, `${path}: expected at least one point, got a header alone`)
  if (rows * inputs.length > mostCells)
    throw new UserError(
      exitCode.badData,
      `${path}: expected at most ${mostCells} cells, got ${rows} rows of ${inputs.length}; split the file`,
    )
  return {
    inputs: inputs.map(({ name }) => name),
    rows: Array.from({ length: rows }, (_, row) => inputs.map(({ values }) => values[row]!)),
  }
}
