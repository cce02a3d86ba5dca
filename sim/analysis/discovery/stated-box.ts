import type { InputColumn, Table } from '../table.ts'
import { type BoxCounts, countBox, type Limits, quasiP, restricted } from './box.ts'
import type { Cases } from './cases.ts'

/** A box with its worth, on all rows; quasi-p values are of the held-out rows. */
export interface StatedBox {
  /** Share of all cases that lie in the box. */
  readonly coverage: number
  /** Share of the rows of the box that are cases. */
  readonly density: number
  /** Share of all rows that lie in the box. */
  readonly mass: number
  /** [low, high] of each restricted input, both ends included; an open side ends where the rows end. */
  readonly limits: Readonly<Record<string, readonly [number, number]>>
  /** Categories left of each restricted input of texts. */
  readonly categories: Readonly<Record<string, readonly string[]>>
  readonly quasiP: Readonly<Record<string, number>>
  readonly sentence: string
}

/** A stated box with its test on the held-out rows alone. */
export interface BoxDocument extends StatedBox {
  readonly heldOut: { readonly coverage: number; readonly density: number; readonly mass: number }
}

/** A box on all rows. Cost O(rows × restricted inputs). */
export function stateBox(table: Table, cases: Cases, limits: Limits): StatedBox {
  const { heldOut, ...stated } = describeBox(table, cases, limits)
  return stated
}

/** A box on all rows, and on the held-out rows. */
export function describeBox({ inputs, rows }: Table, cases: Cases, limits: Limits): BoxDocument {
  const every = Uint32Array.from({ length: rows }, (_, row) => row)
  const test = every.filter(row => cases.heldOut[row] === 1)
  const train = every.filter(row => cases.heldOut[row] === 0)
  const held = countBox(inputs, limits, test, cases.of)
  const own = countBox(inputs, limits, train, cases.of)
  const testCases = test.reduce((sum, row) => sum + cases.of[row]!, 0)
  const all = { rows: held.rows + own.rows, cases: held.cases + own.cases }
  const whole = shares(all, rows, cases.count)
  const heldOut = shares(held, test.length, testCases)
  return {
    ...whole,
    limits: Object.fromEntries(
      [...limits.ranges].sort(byPlace).map(([n, range]) => [inputs[n]!.name, closed(inputs[n]!, range)]),
    ),
    categories: Object.fromEntries(
      [...limits.categories].sort(byPlace).map(([n, kept]) => [inputs[n]!.name, names(inputs[n]!, kept)]),
    ),
    quasiP: Object.fromEntries([...quasiP(held)].sort(byPlace).map(([n, p]) => [inputs[n]!.name, p])),
    sentence: sentence(inputs, limits, cases, whole, heldOut, cases.count / rows),
    heldOut,
  }
}

const byPlace = ([a]: readonly [number, unknown], [b]: readonly [number, unknown]) => a - b

function shares({ rows, cases }: Pick<BoxCounts, 'rows' | 'cases'>, allRows: number, allCases: number) {
  return {
    coverage: allCases > 0 ? cases / allCases : 0,
    density: rows > 0 ? cases / rows : 0,
    mass: allRows > 0 ? rows / allRows : 0,
  }
}

function names({ categories }: InputColumn, kept: ReadonlySet<number>): string[] {
  return [...kept].sort((a, b) => a - b).map(n => categories![n]!)
}

/** Open sides end where the rows end, since JSON has no infinity. */
function closed({ values }: InputColumn, [low, high]: readonly [number, number]): [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (value < least) least = value
    if (value > most) most = value
  }
  return [Math.max(low, least), Math.min(high, most)]
}

const digits = (x: number) => String(Number(x.toPrecision(3))).replace('-', '−')
const percent = (x: number) => `${(100 * x).toFixed(0)} %`

/** The conditions of a box in words. */
function conditions(inputs: readonly InputColumn[], limits: Limits): string {
  return restricted(limits)
    .map(n => {
      const { name } = inputs[n]!
      const kept = limits.categories.get(n)
      if (kept) return `${name} is ${names(inputs[n]!, kept).join(' or ')}`
      const [low, high] = limits.ranges.get(n)!
      if (low === Number.NEGATIVE_INFINITY) return `${name} is at most ${digits(high)}`
      if (high === Number.POSITIVE_INFINITY) return `${name} is at least ${digits(low)}`
      return `${name} is from ${digits(low)} to ${digits(high)}`
    })
    .join(' and ')
}

function sentence(
  inputs: readonly InputColumn[],
  limits: Limits,
  { words }: Cases,
  whole: Record<'coverage' | 'density' | 'mass', number>,
  heldOut: Record<'coverage' | 'density', number>,
  base: number,
): string {
  if (restricted(limits).length === 0) return `${percent(base)} of all rows have ${words}.`
  return (
    `Where ${conditions(inputs, limits)}, ${percent(whole.density)} of rows have ${words} (${percent(base)} of all rows do), ` +
    `and ${percent(whole.coverage)} of such rows lie there; on held-out rows ${percent(heldOut.density)} and ${percent(heldOut.coverage)}.`
  )
}
