import type { InputColumn } from '../table.ts'
import {
  association,
  type BoxCounts,
  type Counted,
  countBox,
  type Limits,
  membership,
  quasiP,
  release,
  restricted,
} from './box.ts'
import { peel } from './peel.ts'

/** How good a box is among all rows. */
export type Score = (box: Counted, all: Counted) => number

/**
 * Without a density asked for, φ: high where a box is both pure and large. With one, the coverage of boxes that reach it,
 * and below it the density.
 *
 * @example scoreFor(0.5)({ rows: 4, cases: 2 }, { rows: 10, cases: 4 }) // => 1.5
 */
export function scoreFor(density: number | undefined): Score {
  if (density === undefined) return association
  return (box, all) => {
    const own = box.rows > 0 ? box.cases / box.rows : 0
    return own >= density ? 1 + box.cases / all.cases : own / density
  }
}

/** The rows a box is found on, and those it is tested on. */
export interface Split {
  readonly inputs: readonly InputColumn[]
  /** Rows by increasing value, for each input. */
  readonly orders: readonly Uint32Array[]
  readonly cases: Uint8Array
  readonly train: Uint32Array
  readonly test: Uint32Array
  /** What a good box is; higher is better. */
  readonly score: Score
}

export interface FoundBox {
  readonly limits: Limits
  /** The box after each peeling step, the whole space first. */
  readonly trajectory: readonly Limits[]
}

/** Restrictions whose quasi-p value on the test rows is above this, after Holm, are dropped. */
const quasiPLimit = 0.05
/** Share of the box that a paste tries to add at one side, and pastes at most. */
const pasted = 0.05
const mostPastes = 25
/** Rows that decide on the inputs, at most. */
const choosingRows = 20_000

/**
 * Finds one box: chooses the inputs that are worth restricting, peels the training rows along them, takes the step with
 * the highest score, drops restrictions that the test rows do not bear out, the worst first, and
 * pastes back what raises the score. Undefined where no restriction holds on the test rows. The trajectory is that of the chosen
 * inputs.
 */
export function findBox(split: Split): FoundBox | undefined {
  const { inputs, orders, cases, train, test, score } = split
  const all = counted(train, cases)
  const trajectory = peel(inputs, orders, chosenInputs(split), marked(train, cases.length), cases)
  let { limits } = trajectory[0]!
  let best = 0
  for (const step of trajectory) {
    const own = score(step, all)
    if (own <= best) continue
    best = own
    limits = step.limits
  }
  limits = paste(split, all, borneOut(inputs, limits, test, cases))
  return restricted(limits).length === 0 ? undefined : { limits, trajectory: trajectory.map(step => step.limits) }
}

/**
 * The inputs worth restricting. Two thirds of the training rows are peeled along all inputs, then along the two
 * thirds of them that mattered most, and so on down to one; the set whose best box has the highest score on the other third wins. Without it,
 * dozens of inputs that do not matter would each take a bite. Costs about three peels along all inputs.
 */
function chosenInputs({ inputs, orders, cases, train, score }: Split): number[] {
  const step = Math.ceil(train.length / choosingRows)
  const some = train.filter((_, k) => k % step === 0)
  const fit = some.filter((_, k) => k % 3 !== 0)
  const validate = some.filter((_, k) => k % 3 === 0)
  const use = marked(fit, cases.length)
  const base = counted(validate, cases)
  let columns = [...inputs.keys()]
  let chosen = columns
  let best = Number.NEGATIVE_INFINITY
  for (;;) {
    let highest = Number.NEGATIVE_INFINITY
    let box: Limits | undefined
    for (const { limits } of peel(inputs, orders, columns, use, cases)) {
      if (restricted(limits).length === 0) continue
      const own = score(countBox(inputs, limits, validate, cases), base)
      if (own <= highest) continue
      highest = own
      box = limits
    }
    if (highest > best) {
      best = highest
      chosen = columns
    }
    if (!box || columns.length === 1) return chosen
    const ranked = [...quasiP(countBox(inputs, box, fit, cases))].sort(([, a], [, b]) => a - b).map(([n]) => n)
    columns =
      ranked.length < columns.length ? ranked : ranked.slice(0, Math.min(ranked.length - 1, fewer(ranked.length)))
  }
}

/** How many of so many inputs the next round keeps: two thirds, or one less of a few. */
const fewer = (inputs: number) => (inputs > 9 ? Math.ceil((2 * inputs) / 3) : inputs - 1)

function marked(rows: Uint32Array, length: number): Uint8Array {
  const use = new Uint8Array(length)
  for (const row of rows) use[row] = 1
  return use
}

/** Drops restrictions until each has a small quasi-p value on the test rows, with Holm's correction. */
function borneOut(inputs: readonly InputColumn[], limits: Limits, test: Uint32Array, cases: Uint8Array): Limits {
  let left = limits
  // The correction counts every restriction there was, also after some are dropped.
  const tests = restricted(limits).length
  for (;;) {
    const values = [...quasiP(countBox(inputs, left, test, cases))].sort(([, a], [, b]) => a - b)
    const worst = values.at(-1)
    if (!worst || values.every(([, p], rank) => p * (tests - rank) <= quasiPLimit)) return left
    left = release(left, worst[0])
  }
}

/** Widens one side of one restriction at a time while its score on the training rows grows. */
function paste({ inputs, cases, train, score }: Split, all: Counted, limits: Limits): Limits {
  let box = limits
  let highest = score(countBox(inputs, box, train, cases), all)
  for (let step = 0; step < mostPastes; step++) {
    let best = highest
    let wider: Limits | undefined
    for (const candidate of widened(inputs, box, train, countBox(inputs, box, train, cases))) {
      const own = score(countBox(inputs, candidate, train, cases), all)
      if (own <= best) continue
      best = own
      wider = candidate
    }
    if (!wider) return box
    box = wider
    highest = best
  }
  return box
}

/** The boxes with one side moved out by a twentieth of the rows, or one category more. */
function* widened(
  inputs: readonly InputColumn[],
  limits: Limits,
  train: Uint32Array,
  { rows }: BoxCounts,
): Generator<Limits> {
  const more = Math.max(1, Math.round(pasted * rows))
  for (const [n, [low, high]] of limits.ranges) {
    const { values } = inputs[n]!
    const inside = membership(inputs, release(limits, n), values.length)
    const below: number[] = []
    const above: number[] = []
    for (const row of train) {
      if (inside[row] === 0) continue
      const value = values[row]!
      if (value < low) below.push(value)
      else if (value > high) above.push(value)
    }
    below.sort((a, b) => b - a)
    above.sort((a, b) => a - b)
    const moved = (side: readonly number[], open: number) =>
      side.length > more ? (side[more - 1]! + side[more]!) / 2 : open
    const change = (range: readonly [number, number]): Limits => ({
      ...limits,
      ranges: new Map(limits.ranges).set(n, range),
    })
    if (below.length > 0) yield change([moved(below, Number.NEGATIVE_INFINITY), high])
    if (above.length > 0) yield change([low, moved(above, Number.POSITIVE_INFINITY)])
  }
  for (const [n, kept] of limits.categories) {
    for (const category of inputs[n]!.categories!.keys()) {
      if (kept.has(category)) continue
      yield { ...limits, categories: new Map(limits.categories).set(n, new Set([...kept, category])) }
    }
  }
}

/** Rows and cases among some rows. */
function counted(rows: Uint32Array, cases: Uint8Array): Counted {
  let count = 0
  for (const row of rows) count += cases[row]!
  return { rows: rows.length, cases: count }
}
