import type { ScenarioDocument } from '../scenario/schema.ts'

/** One thing two scenarios have otherwise. */
export interface ScenarioChange {
  /** Part of the scenario, such as `levers` or `events`. */
  readonly section: string
  /** What within it: ids and keys, from the outside in; empty where the section is one value. */
  readonly path: readonly string[]
  /** Values in words, null where there is none. */
  readonly from: string | null
  readonly to: string | null
}

/** Parts that decide no run: texts a reader sees in the report itself, where numbers come from, and what is expected. */
const silent: readonly string[] = ['sources', 'expect', 'batch']
/** Keys beside the values of an event. */
const beside: readonly string[] = ['source', 'grade', 'note']

/**
 * What the second scenario has otherwise than the first, after `extends` and defaults, in the order of the file. A
 * distribution, a figure and an effect are told as one value; a table that is new or gone is one change for each of its ids.
 */
export function scenarioChanges(a: ScenarioDocument, b: ScenarioDocument): ScenarioChange[] {
  const sections = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(key => !silent.includes(key))
  return sections.flatMap(section =>
    changesBelow(section, [], Reflect.get(a, section) as unknown, Reflect.get(b, section) as unknown),
  )
}

function changesBelow(section: string, path: readonly string[], a: unknown, b: unknown): ScenarioChange[] {
  if (JSON.stringify(a) === JSON.stringify(b)) return []
  // Of a figure only the value decides anything; its source, year, grade and note do not.
  if (isFigure(a) && isFigure(b)) return changesBelow(section, path, a.value, b.value)
  if (!isTable(a) || !isTable(b) || isDistribution(a) || isDistribution(b)) {
    const [from, to] = [valueWords(a), valueWords(b)]
    return from === to ? [] : [{ section, path, from, to }]
  }
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return keys.flatMap(key => (beside.includes(key) ? [] : changesBelow(section, [...path, key], a[key], b[key])))
}

type Table = Readonly<Record<string, unknown>>

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isFigure(value: unknown): value is Table & { readonly value: unknown } {
  return isTable(value) && 'value' in value && 'grade' in value
}

function isDistribution(table: Table): boolean {
  return 'distribution' in table
}

/**
 * A value of a scenario in words.
 *
 * @example valueWords({ distribution: 'uniform', low: 0, high: 1 }) // => 'uniform 0 to 1'
 * @example valueWords({ parameter: 'declared', add: 0.05 }) // => 'parameter declared, add 0.05'
 */
export function valueWords(value: unknown): string | null {
  if (value === undefined || value === null) return null
  if (Array.isArray(value))
    return value.map(item => valueWords(item) ?? 'nothing').join(typeof value[0] === 'object' ? '; ' : ', ')
  if (!isTable(value)) return String(value)
  if (isDistribution(value)) return distributionWords(value)
  if ('grade' in value && 'value' in value) return valueWords(value.value)
  if ('title' in value) return `“${String(value.title)}”, ${when(value)}`
  if ('name' in value) return `“${String(value.name)}”`
  return Object.entries(value)
    .map(([key, each]) => `${key} ${valueWords(each) ?? 'nothing'}`)
    .join(', ')
}

function when({ at, window, probability }: Table): string {
  const time = Array.isArray(window) ? window.join(' to ') : String(at)
  return probability === 1 ? time : `${time} with probability ${String(probability)}`
}

function distributionWords({ distribution, ...rest }: Table): string {
  const { low, high, mode, value, values, weights, ...others } = rest
  const words = [String(distribution)]
  if (value !== undefined) words.push(String(value))
  if (Array.isArray(values)) words.push(values.join(', '))
  if (Array.isArray(weights)) words.push(`weights ${weights.join(', ')}`)
  if (low !== undefined || high !== undefined) words.push(`${String(low ?? '−∞')} to ${String(high ?? '∞')}`)
  if (mode !== undefined) words.push(`mode ${String(mode)}`)
  for (const [key, each] of Object.entries(others)) words.push(`${key} ${String(each)}`)
  return words.join(' ')
}
