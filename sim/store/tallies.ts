import { indexNames } from '../model/indices.ts'
import { actorOutcomes, outcomes } from '../model/outcomes.ts'
import type { Scenario } from '../scenario/compile.ts'
import { tierNames } from '../scenario/names.ts'

/**
 * A table of counts: for each place of `shape` a histogram of `bins` bins of `width` from `low`; values outside fall in
 * the first or last bin. Counts are integers and add in any order, so sums do not depend on workers or parts.
 */
export interface TallyTable {
  readonly name: string
  readonly shape: readonly number[]
  readonly low: number
  readonly width: number
  readonly bins: number
  /** Whether values are multiples of the width, so that a quantile is a value and not a place inside a bin. */
  readonly discrete: boolean
  /** First cell in the counts. */
  readonly offset: number
}

export interface TallyLayout {
  readonly tables: ReadonlyMap<string, TallyTable>
  readonly cells: number
}

/** Indices with a trajectory of the whole system, and of actors and groups. */
export const trajectoryIndices = ['ID', 'OP', 'gap', 'v', 'lead_RU', 'ext', 'breadth'] as const
export const actorIndices = ['ID', 'OP', 'gap'] as const

const fine = 0.001
const coarse = 0.002

type Range = Pick<TallyTable, 'low' | 'width' | 'bins' | 'discrete'>

const whole = (bins: number): Range => ({ low: 0, width: 1, bins, discrete: true })

/** Histogram range of an index. Counts averaged over four ticks are multiples of a quarter. */
function range(name: string, width: number, scenario: Scenario, ticks: number): Range {
  const { S } = scenario.sizes
  const quarters = (most: number, width = 0.25): Range => ({
    low: 0,
    width,
    bins: Math.round(most / width) + 1,
    discrete: true,
  })
  if (name === 'gap') return { low: -1, width, bins: Math.round(2 / width), discrete: false }
  if (name === 'ext') return quarters(S)
  if (name === 'ext_depth') return quarters(S, 0.0625)
  if (name === 'coercions') return quarters(S * ticks)
  if (name === 'war') return quarters(2)
  return { low: 0, width, bins: Math.round(1 / width) + 1, discrete: false }
}

export function tallyLayout(scenario: Scenario, ticks: number): TallyLayout {
  const { S, D, M } = scenario.sizes
  const G = scenario.groups.length
  const tables = new Map<string, TallyTable>()
  let cells = 0
  const add = (name: string, shape: number[], range: Range) => {
    tables.set(name, { name, shape, ...range, offset: cells })
    cells += shape.reduce((product, n) => product * n, range.bins)
  }
  add('failed', [], whole(2))
  add('outcome', [], whole(outcomes.length))
  add('ambiguous', [outcomes.length], whole(2))
  add('actorOutcome', [S], whole(actorOutcomes.length))
  add('groupOutcome', [G], whole(actorOutcomes.length))
  add('event', [scenario.events.length], whole(2))
  for (const name of indexNames) add(`final.${name}`, [], range(name, fine / 2, scenario, ticks))
  for (const name of trajectoryIndices) add(`system.${name}`, [ticks + 1], range(name, fine, scenario, ticks))
  for (const name of actorIndices) add(`group.${name}`, [ticks + 1, G], range(name, fine, scenario, ticks))
  for (const name of actorIndices) add(`actor.${name}`, [ticks + 1, S], range(name, coarse, scenario, ticks))
  // Change of the Russian share in each domain, at the last tick.
  add('domain', [S, D], { low: -1, width: 0.0025, bins: 800, discrete: false })
  // Tiers: in the first two institutions at every tick, in all at the last.
  add('tierPath', [ticks + 1, S, 2], whole(tierNames.length))
  add('tierEnd', [S, M], whole(tierNames.length))
  return { tables, cells }
}

/**
 * Counts as bytes: for each cell that is not zero, the gap since the last one and the count, both as LEB128.
 *
 * @param counts - at the start of its buffer
 */
export function encodeCounts(counts: Uint16Array): Uint8Array {
  let bytes = new Uint8Array(1 << 16)
  let length = 0
  let last = -1
  // Most cells are zero, and two of them are looked at together; an odd last one alone.
  const pairs = new Uint32Array(counts.buffer, 0, counts.length >> 1)
  for (let pair = 0; 2 * pair < counts.length; pair++) {
    if (pair < pairs.length && pairs[pair] === 0) continue
    if (length + 32 > bytes.length) {
      const larger = new Uint8Array(bytes.length * 2)
      larger.set(bytes)
      bytes = larger
    }
    const end = Math.min(2 * pair + 2, counts.length)
    for (let cell = 2 * pair; cell < end; cell++) {
      const value = counts[cell]!
      if (value === 0) continue
      length = put(bytes, length, cell - last)
      length = put(bytes, length, value)
      last = cell
    }
  }
  return bytes.slice(0, length)
}

/** Writes a number as LEB128 at a place. @returns the place behind it */
function put(bytes: Uint8Array, at: number, value: number): number {
  let end = at
  let rest = value
  while (rest >= 0x80) {
    bytes[end++] = (rest & 0x7f) | 0x80
    rest >>>= 7
  }
  bytes[end++] = rest
  return end
}

/** Adds encoded counts to `totals`, [cells]. @throws RangeError on bytes that are no counts of so many runs */
export function addEncodedCounts(totals: Float64Array, bytes: Uint8Array, runs: number): void {
  readCounts(bytes, totals.length, runs, totals)
}

/** @throws RangeError on bytes that are no counts of so many cells and runs */
export function checkEncodedCounts(bytes: Uint8Array, cells: number, runs: number): void {
  readCounts(bytes, cells, runs)
}

/** Reads each count that is not zero, in the order of cells, and adds it to what is given. A cell counts no run twice. */
function readCounts(bytes: Uint8Array, cells: number, runs: number, totals?: Float64Array): void {
  const cursor = { at: 0 }
  let cell = -1
  while (cursor.at < bytes.length) {
    const gap = take(bytes, cursor)
    const count = take(bytes, cursor)
    cell += gap
    if (gap === 0 || cell >= cells) throw new RangeError('tallies name a cell beyond the layout')
    if (count > runs) throw new RangeError(`tallies count ${count} of ${runs} runs`)
    if (totals) totals[cell]! += count
  }
}

/** Reads the number where the cursor is, in LEB128, and moves the cursor behind it. Most are of one byte. */
function take(bytes: Uint8Array, cursor: { at: number }): number {
  const first = bytes[cursor.at]
  if (first === undefined || first >= 0x80) return takeLong(bytes, cursor)
  cursor.at++
  return first
}

function takeLong(bytes: Uint8Array, cursor: { at: number }): number {
  let value = 0
  let scale = 1
  for (;;) {
    if (cursor.at >= bytes.length) throw new RangeError('tallies end in the middle of a number')
    const byte = bytes[cursor.at++]!
    value += (byte & 0x7f) * scale
    if (byte < 0x80) return value
    scale *= 0x80
    if (scale > 2 ** 35) throw new RangeError('tallies hold a number that is too long')
  }
}

/** The histogram at one place of a table. */
export function histogram(totals: Float64Array, table: TallyTable, place: number): Float64Array {
  const from = table.offset + place * table.bins
  return totals.subarray(from, from + table.bins)
}

/**
 * Quantiles at one place of a table; NaN for an empty histogram. Linear inside a bin, so exact to the bin width; exact
 * for discrete tables.
 *
 * @param ranks - each 0 … 1, ascending
 */
export function tallyQuantiles(
  totals: Float64Array,
  table: TallyTable,
  place: number,
  ranks: readonly number[],
): number[] {
  const bins = histogram(totals, table, place)
  let total = 0
  for (let bin = 0; bin < bins.length; bin++) total += bins[bin]!
  const found = new Array<number>(ranks.length).fill(Number.NaN)
  let below = 0
  for (let bin = 0, next = 0; bin < bins.length && next < ranks.length; bin++) {
    const n = bins[bin]!
    if (n === 0) continue
    for (; next < ranks.length && below + n >= ranks[next]! * total; next++) {
      const inside = table.discrete ? 0 : Math.max(0, ranks[next]! * total - below) / n
      found[next] = table.low + table.width * (bin + inside)
    }
    below += n
  }
  return found
}
