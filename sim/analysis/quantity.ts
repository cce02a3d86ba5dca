import { exitCode, UserError } from '../core/errors.ts'
import { actorOutcomes, outcomes } from '../model/outcomes.ts'
import { suggest } from '../scenario/suggestion.ts'

/** A number of each run, from the columns of its row. */
export interface Quantity {
  readonly name: string
  /** What kind of number it is: a share of runs, or an index. */
  readonly kind: 'share' | 'index'
  readonly columns: readonly string[]
  read(row: Readonly<Record<string, number>>): number
}

/**
 * What a text asks of the rows of a batch: an index (`gap`), the share of an outcome (`class=duality`, `KAZ_class=duality`),
 * the gap of an actor or group (`KAZ_gap`), or any other column of the rows. Shares may also be written as for `--until`:
 * `share:duality`, `KAZ:share:duality`.
 *
 * @param columns - names of the columns of the batch
 * @throws UserError with the likely name where there is no such thing
 * @example quantity('class=duality', ['outcome']).read({ outcome: 1 }) // => 1
 * @example quantity('KAZ_gap', ['KAZ_ID', 'KAZ_OP']).read({ KAZ_ID: 0.5, KAZ_OP: 0.25 }) // => 0.25
 */
export function quantity(asked: string, columns: readonly string[]): Quantity {
  const text = asked.replace(/^(?:(.+):)?share:/, (_, who?: string) => (who === undefined ? 'class=' : `${who}_class=`))
  const [, of, sought] = /^(?:(.+)_)?class=(.*)$/.exec(text) ?? []
  if (sought !== undefined) {
    const column = of === undefined ? 'outcome' : `${of}_outcome`
    const names: readonly string[] = of === undefined ? outcomes : actorOutcomes
    if (!columns.includes(column)) throw unknown(text, columns)
    const place = names.indexOf(sought)
    if (place === -1)
      throw new UserError(
        exitCode.usage,
        `expected one of the outcomes ${names.join(', ')}, got ${JSON.stringify(sought)}; ${suggest(sought, names, 'outcomes')}`,
      )
    return { name: text, kind: 'share', columns: [column], read: row => (row[column] === place ? 1 : 0) }
  }
  if (columns.includes(text)) return { name: text, kind: 'index', columns: [text], read: row => row[text]! }
  const who = /^(.+)_gap$/.exec(text)?.[1]
  if (who !== undefined && columns.includes(`${who}_ID`)) {
    const [id, op] = [`${who}_ID`, `${who}_OP`]
    return { name: text, kind: 'index', columns: [id, op], read: row => row[id]! - row[op]! }
  }
  throw unknown(text, columns)
}

function unknown(text: string, columns: readonly string[]): UserError {
  const names = [
    ...columns,
    ...outcomes.map(name => `class=${name}`),
    ...columns.flatMap(name => (name.endsWith('_ID') ? [name.replace(/ID$/, 'gap')] : [])),
  ]
  return new UserError(
    exitCode.usage,
    `expected an index, a column, class=<outcome> or <actor>_gap, got ${JSON.stringify(text)}; ${suggest(text, names, 'columns')}`,
  )
}
