import { I, indexNames } from '../model/indices.ts'
import type { Result } from '../model/simulate.ts'
import type { Scenario } from '../scenario/compile.ts'
import { actorIndices, encodeCounts, type TallyLayout, type TallyTable, trajectoryIndices } from './tallies.ts'

/** Counts the runs of one chunk after the other. */
export interface Tallier {
  add(result: Result): void
  /** Encoded counts of the runs added since the last call; at most `mostTallied` of them. */
  finish(): Uint8Array
}

/** The most runs that can be counted before the counts are emptied. */
export const mostTallied = 65_535

export function createTallier(scenario: Scenario, ticks: number, layout: TallyLayout): Tallier {
  const { S, D, P: options } = scenario.sizes
  const G = scenario.groups.length
  const width = indexNames.length
  const counts = new Uint16Array(layout.cells)
  const table = (name: string) => layout.tables.get(name)!
  const failed = table('failed')
  const outcome = table('outcome')
  const ambiguous = table('ambiguous')
  const actorOutcome = table('actorOutcome')
  const groupOutcome = table('groupOutcome')
  const event = table('event')
  const domain = table('domain')
  const tierPath = table('tierPath')
  const tierEnd = table('tierEnd')
  const final = indexNames.map(name => table(`final.${name}`))
  const { thresholds } = scenario.document

  const system = trajectoryIndices.map(name => ({ table: table(`system.${name}`), column: I[name] }))
  const group = actorIndices.map(name => table(`group.${name}`)) as [TallyTable, TallyTable, TallyTable]
  const actor = actorIndices.map(name => table(`actor.${name}`)) as [TallyTable, TallyTable, TallyTable]

  /**
   * Counts one value at each of several places of a table; what is no number counts nothing. Most counts are made here.
   * Bins are limited as integers, and the first cell is said to be one: V8 takes half as long again otherwise.
   */
  function countEach(t: TallyTable, values: Float64Array, first: number, step: number, length: number): void {
    const { offset, low, width: bin, bins } = t
    const last = bins - 1
    for (let n = 0, cell = offset | 0, value = first; n < length; n++, cell += bins, value += step) {
      const distance = (values[value]! - low) / bin
      if (!Number.isNaN(distance)) counts[cell + Math.min(Math.max(distance | 0, 0), last)]!++
    }
  }

  /** Counts a code, 0 … bins − 1, at a place of a table. */
  function countCode({ offset, bins }: TallyTable, place: number, code: number): void {
    counts[offset + place * bins + code]!++
  }

  /** Counts a code at each place of a table. */
  function countCodes({ offset, bins }: TallyTable, codes: Uint8Array): void {
    for (let n = 0, cell = offset; n < codes.length; n++, cell += bins) counts[cell + codes[n]!]!++
  }

  /** Change of the Russian share in each domain, [S, D]. */
  const change = new Float64Array(S * D)
  const difference = new Float64Array((ticks + 1) * Math.max(S, G))
  function countPair(
    [id, op, gap]: [TallyTable, TallyTable, TallyTable],
    institutional: Float64Array,
    operational: Float64Array,
  ): void {
    const { length } = institutional
    for (let n = 0; n < length; n++) difference[n] = institutional[n]! - operational[n]!
    countEach(id, institutional, 0, 1, length)
    countEach(op, operational, 0, 1, length)
    countEach(gap, difference, 0, 1, length)
  }

  return {
    add(result) {
      countCode(failed, 0, result.failure ? 1 : 0)
      if (result.failure) return
      countCode(outcome, 0, result.outcome)
      countCode(ambiguous, result.outcome, result.margin < thresholds.ambiguous ? 1 : 0)
      countCodes(actorOutcome, result.actorOutcome)
      countCodes(groupOutcome, result.groupOutcome)
      for (const { event: e } of result.occurrences) countCode(event, e, 1)
      for (let n = 0; n < width; n++) countEach(final[n]!, result.final, n, 1, 1)
      const { alignment, tier } = result.world
      for (let row = 0; row < S * D; row++)
        change[row] = alignment[row * options]! - scenario.alignment0[row * options]!
      countEach(domain, change, 0, 1, S * D)
      countCodes(tierPath, result.tierPath)
      countCodes(tierEnd, tier)
      for (const { table: t, column } of system) countEach(t, result.indices, column, width, ticks + 1)
      countPair(group, result.groupInstitutional, result.groupOperational)
      countPair(actor, result.institutional, result.operational)
    },
    finish() {
      const encoded = encodeCounts(counts)
      counts.fill(0)
      return encoded
    },
  }
}
