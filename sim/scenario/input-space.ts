import { exitCode, UserError } from '../core/errors.ts'
import { parse } from './parse.ts'
import { ProblemList, quoted, ScenarioError } from './problem.ts'
import { type Distribution, distribution } from './schema.ts'
import { type MapTree, nearest, plain } from './tree.ts'
import { z } from './zod.ts'

/** An input of a model that lives elsewhere. */
export interface SpaceInput {
  readonly name: string
  readonly distribution: Distribution
}

const entry = z.union([
  z.tuple([z.number(), z.number()]).transform(([low, high]) => ({ distribution: 'uniform' as const, low, high })),
  z
    .strictObject({ low: z.number(), high: z.number() })
    .transform(range => ({ distribution: 'uniform' as const, ...range })),
  distribution,
])
/** A name heads a column of a table that spreadsheets and terminals show. */
const inputName = /^[\p{L}_][\p{L}\p{M}\p{N}_ .%()/-]{0,99}$/u

const tables = ['inputs', 'uncertainties', 'levers'] as const

/**
 * The inputs of a file that is no scenario: a table `inputs` (or `uncertainties`, `levers`) of names with a distribution,
 * or `[low, high]` for a uniform one. Undefined for a file with any other key, which is read as a scenario.
 *
 * @throws ScenarioError with every problem and its place
 */
export function readInputSpace(file: string, text: string): SpaceInput[] | undefined {
  const problems = new ProblemList()
  const tree = parse(file, text, problems)
  if (!tree || ![...tree.entries.keys()].every(key => tables.some(table => table === key))) return undefined
  const inputs = tables.flatMap(table => readTable(tree, table, problems))
  if (problems.failed) throw new ScenarioError(problems.sorted())
  if (inputs.length === 0)
    throw new UserError(exitCode.badData, `${file}: expected at least one input under \`inputs\`, got none`)
  return inputs
}

function readTable(tree: MapTree, table: string, problems: ProblemList): SpaceInput[] {
  const written = tree.entries.get(table)?.tree
  if (!written) return []
  if (written.kind !== 'map') {
    problems.error(written.place, 'inputs-form', 'expected names with a distribution', 'for example: x1: [0, 1]')
    return []
  }
  return [...written.entries].flatMap(([name, { key, tree: value }]): SpaceInput[] => {
    if (!inputName.test(name)) {
      const message = `expected a name of at most 100 letters, digits, blanks and _ . % ( ) / -, a letter or _ first, got ${quoted(name)}`
      problems.error(key, 'input-name', message)
      return []
    }
    const result = entry.safeParse(plain(value))
    const place = nearest(tree, [table, name])
    if (!result.success) {
      const message = `expected a distribution or [low, high], got ${quoted(plain(value))}`
      problems.error(place, 'input-distribution', message, 'for example: { distribution: uniform, low: 0, high: 1 }')
      return []
    }
    const range = result.data as Distribution
    const wrong = disorder(range)
    if (wrong === undefined) return [{ name, distribution: range }]
    problems.error(place, 'input-range', wrong, 'write the smaller number first')
    return []
  })
}

/** What is wrong with the order of a range, undefined when nothing is. */
function disorder(range: Distribution): string | undefined {
  if (range.distribution === 'discrete') {
    const { values, weights } = range
    if (weights && weights.length !== values.length)
      return `expected a weight for each of ${values.length} values, got ${weights.length}`
    return weights && !weights.some(weight => weight > 0) ? 'expected a weight above 0, got none' : undefined
  }
  if (!('low' in range) || range.low === undefined || range.high === undefined) return undefined
  if (range.low >= range.high) return `expected low below high, got ${range.low} and ${range.high}`
  if ('mode' in range && (range.mode < range.low || range.mode > range.high))
    return `expected the mode from ${range.low} to ${range.high}, got ${range.mode}`
  return undefined
}
