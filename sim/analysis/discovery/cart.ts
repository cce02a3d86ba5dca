import { sortedOrder } from '../sensitivity/rank.ts'
import type { InputColumn, Table } from '../table.ts'
import { binomialTail, everywhere, type Limits } from './box.ts'
import { type Cases, casesOf, type Threshold } from './cases.ts'
import { type BoxDocument, describeBox } from './stated-box.ts'

/** What a classification tree found: its leaves in which cases are frequent, as boxes. */
export interface CartDocument {
  readonly method: 'cart'
  readonly outcome: string
  readonly threshold: Threshold
  readonly rows: number
  readonly heldOutRows: number
  readonly cases: number
  readonly density: number
  /** Leaves after pruning. */
  readonly leaves: number
  /** Leaves denser than all rows, on held-out rows too, the densest first. */
  readonly boxes: readonly BoxDocument[]
  /** Share of the fall of impurity each input brought, sum 1, the largest first. */
  readonly importance: readonly { readonly input: string; readonly value: number }[]
  /** Mean squared error of the leaves' densities on held-out rows, and of the overall density. */
  readonly error: { readonly tree: number; readonly overall: number }
  readonly sentence: string
}

const deepest = 5
const leastLeaf = 0.02

interface Node {
  readonly limits: Limits
  readonly rows: number
  readonly cases: number
  readonly split?: Split | undefined
  below?: Node
  above?: Node
}

interface Split {
  readonly input: number
  readonly gain: number
  readonly inBelow: (row: number) => boolean
  readonly limits: readonly [below: Limits, above: Limits]
}

/**
 * A classification tree as a cross-check of PRIM: binary splits with the largest fall of Gini impurity, at most five deep,
 * leaves of at least 2 % of rows, grown on two thirds and pruned where a split does not lower the squared error on the rest.
 * Cost O(inputs × rows × (log rows + depth)).
 *
 * @see Breiman, Friedman, Olshen & Stone (1984), Classification and regression trees
 */
export function cart(
  table: Table,
  { threshold, seed }: { threshold?: Threshold | undefined; seed: string },
): CartDocument {
  const cases = casesOf(table, threshold, seed)
  const { inputs, rows } = table
  const orders = inputs.map(({ values }) => sortedOrder(values).filter(row => cases.heldOut[row] === 0))
  const importance = new Float64Array(inputs.length)
  const least = Math.max(10, Math.ceil(leastLeaf * (orders[0]?.length ?? 0)))
  const root = grow(inputs, orders, cases.of, everywhere, least, 0)
  const held = Uint32Array.from({ length: rows }, (_, row) => row).filter(row => cases.heldOut[row] === 1)
  const error = prune(root, held, cases.of)
  credit(root, importance)
  const leaves = leavesOf(root)
  const boxes = leaves
    .map(({ limits }) => ({ limits, box: describeBox(table, cases, limits) }))
    .filter(({ box }) => denser(box, cases, held.length))
    .map(({ box }) => box)
    .sort((a, b) => b.density - a.density || b.coverage - a.coverage)
  const all = importance.reduce((sum, gain) => sum + gain, 0)
  const density = cases.count / rows
  return {
    method: 'cart',
    outcome: table.outcome.name,
    threshold: cases.threshold,
    rows,
    heldOutRows: held.length,
    cases: cases.count,
    density,
    leaves: leaves.length,
    boxes,
    importance: inputs
      .map(({ name }, n) => ({ input: name, value: all > 0 ? importance[n]! / all : 0 }))
      .sort((a, b) => b.value - a.value || (a.input < b.input ? -1 : 1)),
    error: { tree: error / held.length, overall: squaredError(root, held, cases.of) / held.length },
    sentence:
      boxes.length === 0
        ? `${(100 * density).toFixed(1)} % of the ${rows} rows have ${cases.words}; no leaf of the tree stands the test on held-out rows.`
        : boxes[0]!.sentence,
  }
}

/** Whether held-out rows bear out that cases are more frequent in a leaf, at 5 % over all rows. */
function denser({ heldOut, density }: BoxDocument, { count, of }: Cases, heldRows: number): boolean {
  const base = count / of.length
  const inside = Math.round(heldOut.mass * heldRows)
  return density > base && binomialTail(Math.round(heldOut.density * inside), inside, base) < 0.05
}

const gini = (rows: number, cases: number) => (rows > 0 ? 2 * cases * (1 - cases / rows) : 0)

function grow(
  inputs: readonly InputColumn[],
  orders: readonly Uint32Array[],
  cases: Uint8Array,
  limits: Limits,
  least: number,
  depth: number,
): Node {
  const own = orders[0] ?? new Uint32Array(0)
  let found = 0
  for (const row of own) found += cases[row]!
  const node = { limits, rows: own.length, cases: found }
  if (depth === deepest || found === 0 || found === own.length || own.length < 2 * least) return node
  let split: Split | undefined
  inputs.forEach((input, n) => {
    const candidate = input.categories
      ? categorySplit(input, n, orders[n]!, cases, limits, least)
      : valueSplit(input, n, orders[n]!, cases, limits, least)
    if (candidate && candidate.gain > (split?.gain ?? 1e-9)) split = candidate
  })
  if (!split) return node
  const { inBelow, limits: parts } = split
  return {
    ...node,
    split,
    below: grow(
      inputs,
      orders.map(order => order.filter(inBelow)),
      cases,
      parts[0],
      least,
      depth + 1,
    ),
    above: grow(
      inputs,
      orders.map(order => order.filter(row => !inBelow(row))),
      cases,
      parts[1],
      least,
      depth + 1,
    ),
  }
}

function valueSplit(
  { values }: InputColumn,
  input: number,
  order: Uint32Array,
  cases: Uint8Array,
  limits: Limits,
  least: number,
): Split | undefined {
  const rows = order.length
  let total = 0
  for (const row of order) total += cases[row]!
  const whole = gini(rows, total)
  let [found, gain, cut] = [0, 0, Number.NaN]
  for (let k = 1; k < rows; k++) {
    found += cases[order[k - 1]!]!
    const [low, high] = [values[order[k - 1]!]!, values[order[k]!]!]
    if (low === high || k < least || rows - k < least) continue
    const fall = whole - gini(k, found) - gini(rows - k, total - found)
    if (fall > gain) [gain, cut] = [fall, (low + high) / 2]
  }
  if (gain === 0) return undefined
  const [low, high] = limits.ranges.get(input) ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  const part = (range: readonly [number, number]): Limits => ({
    ...limits,
    ranges: new Map(limits.ranges).set(input, range),
  })
  return { input, gain, inBelow: row => values[row]! <= cut, limits: [part([low, cut]), part([cut, high])] }
}

/** Categories in the order of their density are split like values, which is the best split of two classes. */
function categorySplit(
  { values, categories }: InputColumn,
  input: number,
  order: Uint32Array,
  cases: Uint8Array,
  limits: Limits,
  least: number,
): Split | undefined {
  const counts = categories!.map(() => [0, 0] as [number, number])
  for (const row of order) {
    counts[values[row]!]![0]++
    counts[values[row]!]![1] += cases[row]!
  }
  const present = [...counts.keys()].filter(n => counts[n]![0] > 0)
  present.sort((a, b) => counts[a]![1] / counts[a]![0] - counts[b]![1] / counts[b]![0] || a - b)
  const total = present.reduce((sum, n) => sum + counts[n]![1], 0)
  const whole = gini(order.length, total)
  let [rows, found, gain, cut] = [0, 0, 0, 0]
  for (let k = 1; k < present.length; k++) {
    rows += counts[present[k - 1]!]![0]
    found += counts[present[k - 1]!]![1]
    if (rows < least || order.length - rows < least) continue
    const fall = whole - gini(rows, found) - gini(order.length - rows, total - found)
    if (fall > gain) [gain, cut] = [fall, k]
  }
  if (gain === 0) return undefined
  const low = new Set(present.slice(0, cut))
  const part = (kept: ReadonlySet<number>): Limits => ({
    ...limits,
    categories: new Map(limits.categories).set(input, kept),
  })
  return { input, gain, inBelow: row => low.has(values[row]!), limits: [part(low), part(new Set(present.slice(cut)))] }
}

function squaredError({ rows, cases }: Node, held: Uint32Array, of: Uint8Array): number {
  const density = cases / rows
  let sum = 0
  for (const row of held) sum += (of[row]! - density) ** 2
  return sum
}

/** Takes back splits, from the leaves up, that do not lower the squared error on held-out rows; returns the error. */
function prune(node: Node, held: Uint32Array, of: Uint8Array): number {
  const alone = squaredError(node, held, of)
  if (!node.split || !node.below || !node.above) return alone
  const { inBelow } = node.split
  const split =
    prune(node.below, held.filter(inBelow), of) +
    prune(
      node.above,
      held.filter(row => !inBelow(row)),
      of,
    )
  if (split < alone) return split
  delete node.below
  delete node.above
  return alone
}

function credit({ split, below, above }: Node, importance: Float64Array): void {
  if (!split || !below || !above) return
  importance[split.input]! += split.gain
  credit(below, importance)
  credit(above, importance)
}

function leavesOf(node: Node): Node[] {
  return node.below && node.above ? [...leavesOf(node.below), ...leavesOf(node.above)] : [node]
}
