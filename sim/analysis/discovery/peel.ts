import type { InputColumn } from '../table.ts'
import { type Counted, everywhere, type Limits } from './box.ts'

/** Share of the rows of a box that a step peels off, and share of all rows a box keeps at least. */
const alpha = 0.05
const leastMass = 0.05

/** A step of the peeling: the box, and the training rows and cases in it. */
export interface PeeledBox extends Counted {
  readonly limits: Limits
}

/** A candidate step: what would be peeled off. */
interface Peel {
  readonly input: number
  /** Values below this, above this, or this category. */
  readonly side: 'low' | 'high' | 'category'
  readonly bound: number
  readonly rows: number
  readonly cases: number
  readonly score: number
}

/**
 * Peels a table: from the whole space, each step takes off the twentieth, at one end of one input or one category, that
 * leaves the highest gain of density for each row lost, until a twentieth of the rows is left or nothing gains. Limits
 * stand half-way between what was peeled and what was kept.
 *
 * Cost O(steps × inputs × rows left), about 60 steps.
 *
 * @param orders - rows by increasing value, for each input; only rows with `use` 1 are looked at
 * @param columns - inputs that may be restricted
 * @returns the box after each step, the whole space first
 * @see Friedman & Fisher (1999), Bump hunting in high-dimensional data, Statistics and Computing 9(2)
 */
export function peel(
  inputs: readonly InputColumn[],
  orders: readonly Uint32Array[],
  columns: readonly number[],
  use: Uint8Array,
  cases: Uint8Array,
): PeeledBox[] {
  const inside = use.slice()
  let left = columns.map(n => kept(orders[n]!.slice(), inside))
  const total = left[0]?.length ?? 0
  let rows = total
  let found = 0
  for (const row of left[0] ?? []) found += cases[row]!
  let limits = everywhere
  const boxes = [{ limits, rows, cases: found }]
  for (;;) {
    const step = bestPeel(inputs, columns, left, cases, { rows, cases: found })
    if (!step || rows - step.rows < leastMass * total) return boxes
    const { values } = inputs[step.input]!
    for (const row of left[columns.indexOf(step.input)]!) {
      const value = values[row]!
      if (step.side === 'low' ? value < step.bound : step.side === 'high' ? value > step.bound : value === step.bound)
        inside[row] = 0
    }
    left = left.map(order => kept(order, inside))
    rows -= step.rows
    found -= step.cases
    limits = narrowed(inputs, limits, step)
    boxes.push({ limits, rows, cases: found })
  }
}

/** The rows still inside, in the same order, written over the front of `order`. */
function kept(order: Uint32Array, inside: Uint8Array): Uint32Array {
  let n = 0
  for (let k = 0; k < order.length; k++) {
    const row = order[k]!
    if (inside[row] === 1) order[n++] = row
  }
  return order.subarray(0, n)
}

function narrowed(
  inputs: readonly InputColumn[],
  { ranges, categories }: Limits,
  { input, side, bound }: Peel,
): Limits {
  if (side === 'category') {
    const own = categories.get(input) ?? new Set(inputs[input]!.categories!.keys())
    return { ranges, categories: new Map(categories).set(input, new Set([...own].filter(n => n !== bound))) }
  }
  const [low, high] = ranges.get(input) ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  return { ranges: new Map(ranges).set(input, side === 'low' ? [bound, high] : [low, bound]), categories }
}

function bestPeel(
  inputs: readonly InputColumn[],
  columns: readonly number[],
  orders: readonly Uint32Array[],
  cases: Uint8Array,
  box: Counted,
): Peel | undefined {
  let best: Peel | undefined
  const consider = (peel: Omit<Peel, 'score'>) => {
    const score = gain(box, peel)
    if (score > 0 && score > (best?.score ?? 0)) best = { ...peel, score }
  }
  columns.forEach((input, place) => {
    const { values, categories } = inputs[input]!
    const order = orders[place]!
    if (categories) {
      for (const category of categories.keys()) {
        const own = order.filter(row => values[row] === category)
        if (own.length > 0)
          consider({ input, side: 'category', bound: category, rows: own.length, cases: countCases(own, cases) })
      }
      return
    }
    for (const side of ['low', 'high'] as const) {
      const peeled = tail(values, order, side)
      if (!peeled) continue
      const off = side === 'low' ? order.subarray(0, peeled.rows) : order.subarray(order.length - peeled.rows)
      consider({ input, side, bound: peeled.bound, rows: peeled.rows, cases: countCases(off, cases) })
    }
  })
  return best
}

/** Gain of density for the share of rows lost; a peel smaller than α counts as α, so that rare values do not win. */
function gain(box: Counted, { rows, cases }: Counted): number {
  const kept = box.rows - rows
  if (kept <= 0) return 0
  const rise = (box.cases - cases) / kept - box.cases / box.rows
  return rise / Math.max(alpha, rows / box.rows)
}

/** The twentieth at one end, with all rows of its last value; where that is all, without them. */
function tail(
  values: Float64Array,
  order: Uint32Array,
  side: 'low' | 'high',
): { rows: number; bound: number } | undefined {
  const n = order.length
  const at = side === 'low' ? (k: number) => values[order[k]!]! : (k: number) => values[order[n - 1 - k]!]!
  const wanted = Math.max(1, Math.floor(alpha * n))
  if (wanted >= n) return undefined
  let rows = wanted
  while (rows < n && at(rows) === at(wanted - 1)) rows++
  if (rows === n) {
    rows = wanted - 1
    while (rows > 0 && at(rows - 1) === at(wanted - 1)) rows--
    if (rows === 0) return undefined
  }
  return { rows, bound: (at(rows - 1) + at(rows)) / 2 }
}

function countCases(rows: ArrayLike<number>, cases: Uint8Array): number {
  let count = 0
  for (let k = 0; k < rows.length; k++) count += cases[rows[k]!]!
  return count
}
