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
  const { S, D, P: options, M } = scenario.sizes
  const G = scenario.groups.length
  const width = indexNames.length
  const counts = new Uint16Array(layout.cells)
  const table = (name: string) => layout.tables.get(name)!
  const count = (t: TallyTable, place: number, value: number) => {
    counts[t.offset + place * t.bins + binAt((value - t.low) / t.width, t.bins)]!++
  }
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

  /** Counts one value at each place of a table. Nine tenths of all counts are made here. */
  function countEach(t: TallyTable, values: Float64Array, first: number, step: number, length: number): void {
    const { offset, low, width: bin, bins } = t
    for (let n = 0, cell = offset, value = first; n < length; n++, cell += bins, value += step)
      counts[cell + binAt((values[value]! - low) / bin, bins)]!++
  }

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
      count(failed, 0, result.failure ? 1 : 0)
      if (result.failure) return
      count(outcome, 0, result.outcome)
      count(ambiguous, result.outcome, result.margin < thresholds.ambiguous ? 1 : 0)
      for (let i = 0; i < S; i++) count(actorOutcome, i, result.actorOutcome[i]!)
      for (let g = 0; g < G; g++) count(groupOutcome, g, result.groupOutcome[g]!)
      for (const { event: e } of result.occurrences) count(event, e, 1)
      for (let n = 0; n < width; n++) count(final[n]!, 0, result.final[n]!)
      const { alignment, tier } = result.world
      for (let row = 0; row < S * D; row++)
        count(domain, row, alignment[row * options]! - scenario.alignment0[row * options]!)
      for (let n = 0; n < result.tierPath.length; n++) count(tierPath, n, result.tierPath[n]!)
      for (let n = 0; n < S * M; n++) count(tierEnd, n, tier[n]!)
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

/** The bin at a distance from the low end. Of what is no number it is none, and counts nothing. */
function binAt(distance: number, bins: number): number {
  const bin = Math.floor(distance)
  return bin < 0 ? 0 : bin >= bins ? bins - 1 : bin
}
