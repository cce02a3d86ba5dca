import { drawsOf } from '../resampling.ts'
import { sortedOrder } from '../sensitivity/rank.ts'
import type { InputColumn, Table } from '../table.ts'
import { type Limits, membership, restricted } from './box.ts'
import { type Cases, casesOf, type Threshold } from './cases.ts'
import { findBox, type Split, scoreFor } from './find-box.ts'
import { type BoxDocument, describeBox, type StatedBox, stateBox } from './stated-box.ts'
import { type Worth, worthOfKnowing } from './worth.ts'

/** What PRIM found, as documented JSON. */
export interface PrimDocument {
  readonly method: 'prim'
  readonly outcome: string
  readonly threshold: Threshold
  readonly rows: number
  /** Rows the boxes were tested on and not found on. */
  readonly heldOutRows: number
  readonly cases: number
  /** Share of all rows that are cases. */
  readonly density: number
  readonly boxes: readonly PrimBox[]
  /** Inputs by how much each, known alone, tells about being a case. */
  readonly worth: readonly Worth[]
  /** Inputs the boxes could restrict, those most worth knowing first. */
  readonly considered: readonly string[]
  /** Smallest and largest value of each input considered that is a number. */
  readonly ranges: Readonly<Record<string, readonly [number, number]>>
  /** The densest box that still holds a quarter of the cases; none where the first box is as dense, or none is borne out. */
  readonly dense: BoxDocument | null
  readonly sentence: string
}

interface PrimBox extends BoxDocument {
  /** Share of all cases this box holds beyond the boxes before it. */
  readonly added: number
  /** The peeling steps, the whole space first; the user may take another one. */
  readonly trajectory: readonly StatedBox[]
  readonly resampling: Resampling
}

/** The same search on random halves of the rows. */
interface Resampling {
  readonly samples: number
  /** Share of the samples whose box restricts the input. */
  readonly restricted: Readonly<Record<string, number>>
}

export interface PrimOptions {
  readonly threshold?: Threshold | undefined
  /** Boxes looked for, at most; 3 unless given. */
  readonly boxes?: number
  /** Density a box should reach, 0 … 1; the largest such box is taken. Left out, boxes are pure and large at once. */
  readonly density?: number | undefined
  /** Inputs a box may restrict, at most, those most worth knowing alone; 12 unless given. */
  readonly considered?: number | undefined
  readonly seed: string
}

/** Of dozens of inputs most take a bite by chance; those that do not matter alone rarely make a box. */
const mostConsidered = 12
/** Share of the cases the dense box holds at least. */
const denseCoverage = 0.25
const samples = 10
/** Rows the resamples are halves of, at most. */
const resampledRows = 10_000

/**
 * Scenario discovery by the patient rule induction method: boxes of inputs in which cases of interest are frequent. Boxes
 * are found on two thirds of the rows and tested on the rest; after a box its rows are taken out and the next is looked
 * for, until none is borne out. Only the inputs most worth knowing alone are restricted, so that an input which matters by
 * an interaction alone may be missed; `considered` lets more in. Cost O(inputs × rows × (log rows + 60 × samples)).
 *
 * @see Friedman & Fisher (1999), Statistics and Computing 9(2); Bryant & Lempert (2010), TFSC 77(1)
 */
export function prim(whole: Table, options: PrimOptions): PrimDocument {
  const { threshold, boxes: most = 3, density, considered = mostConsidered, seed } = options
  const cases = casesOf(whole, threshold, seed)
  const { rows } = whole
  const allOrders = whole.inputs.map(({ values }) => sortedOrder(values))
  const worth = worthOfKnowing(whole.inputs, allOrders, cases.of)
  const best = new Set(worth.slice(0, considered).map(({ input }) => input))
  const places = [...whole.inputs.keys()].filter(n => best.has(whole.inputs[n]!.name))
  const inputs = places.map(n => whole.inputs[n]!)
  const orders = places.map(n => allOrders[n]!)
  const table = { ...whole, inputs }
  let left = Uint32Array.from({ length: rows }, (_, row) => row)
  const boxes: PrimBox[] = []
  let dense: BoxDocument | null = null
  while (boxes.length < most) {
    const split: Split = {
      inputs,
      orders,
      cases: cases.of,
      train: left.filter(row => cases.heldOut[row] === 0),
      test: left.filter(row => cases.heldOut[row] === 1),
      score: scoreFor(density),
    }
    const found = findBox(split)
    if (!found) break
    if (boxes.length === 0) dense = denseBox(split, table, cases)
    const inside = membership(inputs, found.limits, rows)
    const fresh = left.filter(row => inside[row] === 1)
    boxes.push({
      ...describeBox(table, cases, found.limits),
      added: fresh.reduce((sum, row) => sum + cases.of[row]!, 0) / cases.count,
      trajectory: found.trajectory.map(limits => stateBox(table, cases, limits)),
      resampling: resample(split, found.limits, `${seed}/resample/${boxes.length}`),
    })
    left = left.filter(row => inside[row] === 0)
    if (!left.some(row => cases.of[row] === 1)) break
  }
  return {
    method: 'prim',
    outcome: table.outcome.name,
    threshold: cases.threshold,
    rows,
    heldOutRows: cases.heldOut.reduce((sum, one) => sum + one, 0),
    cases: cases.count,
    density: cases.count / rows,
    boxes,
    worth,
    considered: worth.slice(0, considered).map(({ input }) => input),
    ranges: Object.fromEntries(inputs.flatMap(input => (input.categories ? [] : [[input.name, extent(input)]]))),
    dense: dense && boxes[0] && dense.density > boxes[0].density ? dense : null,
    sentence: conclusion(boxes, cases, rows, { all: whole.inputs.length, used: inputs.length }),
  }
}

/** The densest box with a quarter of the cases that the held-out rows bear out. */
function denseBox(split: Split, table: Table, cases: Cases): BoxDocument | null {
  const score: Split['score'] = (box, all) => {
    const coverage = box.cases / all.cases
    return coverage < denseCoverage || box.rows === 0 ? coverage - 1 : box.cases / box.rows
  }
  const found = findBox({ ...split, score })
  return found ? describeBox(table, cases, found.limits) : null
}

function extent({ values }: InputColumn): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return [low, high]
}

function conclusion(
  boxes: readonly PrimBox[],
  cases: Cases,
  rows: number,
  inputs: { readonly all: number; readonly used: number },
): string {
  const share = `${((100 * cases.count) / rows).toFixed(1)} % of the ${rows} rows have ${cases.words}`
  const added = boxes.reduce((sum, box) => sum + box.added, 0)
  const held =
    boxes.length === 0
      ? 'no box of inputs stands the test on held-out rows'
      : `${boxes.length === 1 ? 'one box holds' : `${boxes.length} boxes hold`} ${(100 * added).toFixed(0)} % of them`
  if (inputs.used === inputs.all) return `${share}; ${held}.`
  return `${share}; ${held}. Boxes could restrict the ${inputs.used} inputs that are most worth knowing alone, of ${inputs.all}; name others with --inputs.`
}

/** How often inputs are restricted when the search is done again on random halves, tested on the other half. */
function resample(split: Split, limits: Limits, seed: string): Resampling {
  const draw = drawsOf(seed, 'halves')
  const both = new Uint32Array(split.train.length + split.test.length)
  both.set(split.train)
  both.set(split.test, split.train.length)
  const step = Math.ceil(both.length / resampledRows)
  const rows = both.filter((_, k) => k % step === 0)
  const hits = new Map(restricted(limits).map(n => [n, 0]))
  for (let sample = 0; sample < samples; sample++) {
    const half = Uint8Array.from(rows, () => draw(2))
    const found = findBox({
      ...split,
      train: rows.filter((_, k) => half[k] === 0),
      test: rows.filter((_, k) => half[k] === 1),
    })
    for (const n of found ? restricted(found.limits) : []) hits.set(n, (hits.get(n) ?? 0) + 1)
  }
  const shares = [...hits].sort(([a], [b]) => a - b).map(([n, count]) => [split.inputs[n]!.name, count / samples])
  return { samples, restricted: Object.fromEntries(shares) }
}
