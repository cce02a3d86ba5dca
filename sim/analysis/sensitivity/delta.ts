import { normalQuantile } from '../../core/normal.ts'
import { drawsOf, type Estimate, quantileOfSorted } from '../resampling.ts'
import { type InputColumn, needRows, needVariation, type Table } from '../table.ts'
import { ranks } from './rank.ts'

/** Borgonovo's δ of each input: how much of the outcome's distribution moves when the input is known. */
export interface DeltaMeasures {
  readonly method: 'delta'
  readonly outcome: string
  readonly rows: number
  /** Classes a continuous input is cut into. */
  readonly classes: number
  /** 0 for an input that does not matter, 1 for one that decides; bias-corrected. */
  readonly delta: Readonly<Record<string, Estimate>>
  /** δ that 39 of 40 shuffled, so meaningless, inputs stay below; smaller values are not told from 0. */
  readonly noise: number
}

/** Outcomes of at most this many values are compared value by value, others by smoothed densities. */
const fewValues = 30
const gridCells = 128
const gridEnd = 4
const repeats = 100

/**
 * The δ of each input from any table, no special design needed:
 *
 *     δ_i = ½ E |f(y) − f(y | x_i)| integrated over y ≈ Σ_m n_m / 2N ∫ |f − f_m| dy
 *
 * over classes m of equal size. δ does not change with monotonic transforms of y, so y is put on the normal scale by its
 * ranks; f and f_m are smoothed with one fourth-order kernel, of Silverman's width for the class. The bias of the finite sample is taken
 * off as 2 δ̂ − mean of 100 bootstraps, whose quantiles mirrored at δ̂ are the interval. Cost O(inputs × rows × 100).
 *
 * @param most - inputs that are told, those with the largest δ̂
 * @see Borgonovo (2007), RESS 92(6); Plischke, Borgonovo & Smith (2013), EJOR 226(3), for the estimator
 */
export function deltaMeasures(table: Table, seed: string, most = table.inputs.length): DeltaMeasures {
  needRows('delta', table.rows, 50)
  needVariation(table)
  const { rows } = table
  const classes = classCount(rows)
  const cells = cellsOf(table.outcome.values)
  const draw = drawsOf(seed, 'delta')
  const once = new Uint16Array(rows).fill(1)
  const all = table.inputs.map(input => {
    const member = classesOf(input, classes)
    return { input, member, value: distance(member, cells, cells.of, once) }
  })
  const weakest = all.map(({ value }) => value).sort((a, b) => b - a)[most - 1] ?? 0
  const chosen = all.filter(({ value }) => value >= weakest).slice(0, most)
  const inputs = chosen.map(({ input }) => input)
  const membership = chosen.map(({ member }) => member)
  const values = chosen.map(({ value }) => value)
  const replicates = inputs.map(() => new Float64Array(repeats))
  const times = new Uint16Array(rows)
  for (let repeat = 0; repeat < repeats; repeat++) {
    times.fill(0)
    for (let row = 0; row < rows; row++) times[draw(rows)]!++
    membership.forEach((member, n) => {
      replicates[n]![repeat] = distance(member, cells, cells.of, times)
    })
  }
  const delta = Object.fromEntries(inputs.map(({ name }, n) => [name, corrected(values[n]!, replicates[n]!)]))
  return {
    method: 'delta',
    outcome: table.outcome.name,
    rows,
    classes,
    delta,
    noise: noiseLevel(rows, classes, cells, draw),
  }
}

/** Plischke's rule: about N^(1/3) classes, at most 48. */
function classCount(rows: number): number {
  return Math.min(48, Math.ceil(rows ** (2 / (7 + Math.tanh((1500 - rows) / 500)))))
}

interface Cells {
  /** Cell of each row, [rows]. */
  readonly of: Uint8Array
  readonly count: number
  readonly smooth: boolean
}

function cellsOf(y: Float64Array): Cells {
  const distinct = new Set<number>()
  for (const value of y) if (distinct.size <= fewValues) distinct.add(value)
  if (distinct.size <= fewValues) {
    const code = new Map([...distinct].map((value, n) => [value, n]))
    return { of: Uint8Array.from(y, value => code.get(value)!), count: distinct.size, smooth: false }
  }
  const scale = gridCells / (2 * gridEnd)
  const of = Uint8Array.from(ranks(y), rank => {
    const score = normalQuantile((rank - 0.5) / y.length)
    return Math.min(gridCells - 1, Math.max(0, Math.floor((score + gridEnd) * scale)))
  })
  return { of, count: gridCells, smooth: true }
}

/** The class of each row: its category or value where there are few, otherwise one of `classes` of equal size. */
function classesOf(
  { values, categories, ranks: known }: InputColumn,
  classes: number,
): { of: Uint16Array; count: number } {
  const distinct = new Set<number>()
  for (const value of values) if (distinct.size <= classes) distinct.add(value)
  if (categories || distinct.size <= classes) {
    const code = new Map([...new Set(values)].map((value, n) => [value, n]))
    return { of: Uint16Array.from(values, value => code.get(value)!), count: code.size }
  }
  const scale = classes / values.length
  const places = known ?? ranks(values)
  // A loop, since `from` asks an iterator for each of the many.
  const of = new Uint16Array(places.length)
  for (let row = 0; row < of.length; row++) of[row] = Math.floor((places[row]! - 0.5) * scale)
  return { of, count: classes }
}

/**
 * The estimate before correction.
 *
 * @param of - cell of the outcome of each row, shuffled for inputs that are to mean nothing
 * @param times - how often each row counts, as many in all as there are rows
 */
function distance(
  member: { of: Uint16Array; count: number },
  cells: Cells,
  of: Uint8Array,
  times: Uint16Array,
): number {
  const rows = of.length
  const width = cells.count
  const counts = new Float64Array(member.count * width)
  const all = new Float64Array(width)
  for (let row = 0; row < rows; row++) counts[member.of[row]! * width + of[row]!]! += times[row]!
  for (let place = 0; place < counts.length; place++) all[place % width]! += counts[place]!
  let sum = 0
  const difference = new Float64Array(width)
  for (let m = 0; m < member.count; m++) {
    const own = counts.subarray(m * width, (m + 1) * width)
    let size = 0
    for (const n of own) size += n
    if (size === 0) continue
    for (let cell = 0; cell < width; cell++) difference[cell] = own[cell]! / size - all[cell]! / rows
    sum += (size / rows) * (cells.smooth ? smoothedDistance(difference, own, size) : absoluteSum(difference) / 2)
  }
  return sum
}

function absoluteSum(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += Math.abs(value)
  return sum
}

/** Half the integral of |difference| after smoothing with (3 − u²) φ(u) / 2, of Silverman's width for the class. */
function smoothedDistance(difference: Float64Array, own: Float64Array, size: number): number {
  let [mean, squares] = [0, 0]
  for (let cell = 0; cell < own.length; cell++) {
    mean += cell * own[cell]!
    squares += cell * cell * own[cell]!
  }
  mean /= size
  const width = Math.max(0.4, 1.06 * Math.sqrt(Math.max(0, squares / size - mean * mean)) * size ** -0.2)
  const reach = Math.ceil(4.5 * width)
  const kernel = new Float64Array(2 * reach + 1)
  for (let k = 0; k < kernel.length; k++) {
    const square = ((k - reach) / width) ** 2
    kernel[k] = (3 - square) * Math.exp(-square / 2)
  }
  const total = kernel.reduce((weight, value) => weight + value, 0)
  let sum = 0
  for (let at = -reach; at < difference.length + reach; at++) {
    let value = 0
    const from = Math.max(0, at - reach)
    const end = Math.min(difference.length - 1, at + reach)
    for (let cell = from; cell <= end; cell++) value += difference[cell]! * kernel[at - cell + reach]!
    sum += Math.abs(value)
  }
  return sum / total / 2
}

function corrected(value: number, replicates: Float64Array): Estimate {
  let mean = 0
  for (const replicate of replicates) mean += replicate / replicates.length
  replicates.sort()
  const limited = (x: number) => Math.min(1, Math.max(0, x))
  const best = limited(2 * value - mean)
  return {
    value: best,
    lower: Math.min(best, limited(2 * value - quantileOfSorted(replicates, 0.975))),
    upper: Math.max(best, limited(2 * value - quantileOfSorted(replicates, 0.025))),
  }
}

/** The 97.5 % quantile of δ̂ over 39 inputs that have nothing to do with the outcome. */
function noiseLevel(rows: number, classes: number, cells: Cells, draw: (size: number) => number): number {
  const member = {
    of: Uint16Array.from({ length: rows }, (_, row) => Math.floor((row * classes) / rows)),
    count: classes,
  }
  const once = new Uint16Array(rows).fill(1)
  const of = cells.of.slice()
  const found = Float64Array.from({ length: 39 }, () => {
    for (let n = rows - 1; n > 0; n--) {
      const other = draw(n + 1)
      const held = of[n]!
      of[n] = of[other]!
      of[other] = held
    }
    return distance(member, cells, of, once)
  })
  return quantileOfSorted(found.sort(), 0.975)
}
