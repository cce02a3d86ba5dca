import { exitCode, UserError } from '../../core/errors.ts'
import { drawsOf, quantileOfSorted } from '../resampling.ts'
import { needRows, type Table } from '../table.ts'

/** Which rows are the ones to explain. */
export interface Threshold {
  readonly relation: '>=' | '>' | '<=' | '<'
  readonly value: number
}

/** The rows of a table as cases of interest or not, split for an honest test. */
export interface Cases {
  /** 1 for a case of interest, [rows]. */
  readonly of: Uint8Array
  readonly count: number
  readonly threshold: Threshold
  /** What a case is, in words: `y ≥ 0.5`. */
  readonly words: string
  /** 1 for rows held out: boxes are found on the others, [rows]. */
  readonly heldOut: Uint8Array
}

/**
 * A threshold as it is written on the command line.
 *
 * @throws UserError for anything but a number, with or without a relation before it
 * @example parseThreshold('<= 0.2') // => { relation: '<=', value: 0.2 }
 * @example parseThreshold('0.5') // => { relation: '>=', value: 0.5 }
 */
export function parseThreshold(text: string): Threshold {
  const [, relation = '>=', number = ''] = /^\s*(>=|<=|>|<)?\s*(\S+)\s*$/.exec(text) ?? []
  const value = Number(number)
  if (number === '' || !Number.isFinite(value))
    throw new UserError(
      exitCode.usage,
      `--threshold: expected a number, or one after >, >=, < or <=, got ${JSON.stringify(text)}`,
    )
  return { relation: relation as Threshold['relation'], value }
}

/** Whether a value is beyond a threshold. @example passes(0.5, { relation: '>', value: 0.5 }) // => false */
export function passes(x: number, { relation, value }: Threshold): boolean {
  switch (relation) {
    case '>=':
      return x >= value
    case '>':
      return x > value
    case '<=':
      return x <= value
    case '<':
      return x < value
  }
}

const symbols = { '>=': '≥', '>': '>', '<=': '≤', '<': '<' } as const

/**
 * Cases of interest by a threshold; without one, the rows with 1 of an outcome of 0 and 1, and otherwise the upper quarter.
 * A third of the rows, by keyed shuffle, is held out.
 *
 * @throws UserError where there are fewer than five cases, or fewer than five others
 */
export function casesOf(table: Table, threshold: Threshold | undefined, seed: string): Cases {
  needRows('discovery', table.rows, 60)
  const { name, values } = table.outcome
  const limit = threshold ?? defaultThreshold(values)
  const of = Uint8Array.from(values, value => (passes(value, limit) ? 1 : 0))
  const count = of.reduce((sum, one) => sum + one, 0)
  const words = caseWords(name, limit, values.every(isIndicator))
  if (count < 5 || table.rows - count < 5)
    throw new UserError(
      exitCode.badData,
      `${words}: expected at least 5 rows on either side, got ${count} of ${table.rows}; move --threshold, or make more runs`,
    )
  const heldOut = new Uint8Array(table.rows)
  const draw = drawsOf(seed, 'held out')
  for (let row = 0; row < table.rows; row++) heldOut[row] = draw(3) === 0 ? 1 : 0
  return { of, count, threshold: limit, words, heldOut }
}

const isIndicator = (value: number) => value === 0 || value === 1

/** What a case is: the bare name where it already is a statement such as `class=duality`. */
function caseWords(name: string, { relation, value }: Threshold, indicator: boolean): string {
  if (indicator && relation.startsWith('>')) return /[=<>≤≥]/.test(name) ? name : `${name} = 1`
  return `${name} ${symbols[relation]} ${Number(value.toPrecision(4))}`.replace('-', '−')
}

function defaultThreshold(values: Float64Array): Threshold {
  if (values.every(isIndicator)) return { relation: '>=', value: 1 }
  const quarter = quantileOfSorted(values.slice().sort(), 0.75)
  return { relation: values.some(value => value > quarter) ? '>' : '>=', value: quarter }
}
