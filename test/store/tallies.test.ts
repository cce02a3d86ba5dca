import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addEncodedCounts, encodeCounts, type TallyTable, tallyQuantiles } from '../../sim/store/tallies.ts'

describe('encodeCounts', () => {
  it('is undone by addEncodedCounts for any counts', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2 ** 16 - 1 })), { maxLength: 300 }),
        counts => {
          const totals = new Float64Array(counts.length)
          addEncodedCounts(totals, encodeCounts(Uint16Array.from(counts)), 0xffff)
          expect([...totals]).toEqual(counts)
        },
      ),
      { seed: 1, numRuns: 300 },
    )
  })

  it('adds up in any order', () => {
    const a = encodeCounts(Uint16Array.from([1, 0, 300]))
    const b = encodeCounts(Uint16Array.from([0, 60_000, 5]))
    const sum = (...pieces: Uint8Array[]) => {
      const totals = new Float64Array(3)
      for (const piece of pieces) addEncodedCounts(totals, piece, 0xffff)
      return [...totals]
    }
    expect(sum(a, b)).toEqual([1, 60_000, 305])
    expect(sum(b, a)).toEqual(sum(a, b))
  })

  it('refuses bytes that name a cell beyond the layout or end early', () => {
    const bytes = encodeCounts(Uint16Array.from([0, 0, 0, 1]))
    expect(() => addEncodedCounts(new Float64Array(2), bytes, 0xffff)).toThrow(RangeError)
    expect(() => addEncodedCounts(new Float64Array(4), bytes.slice(0, 1), 0xffff)).toThrow(RangeError)
  })
})

describe('tallyQuantiles', () => {
  const table = (discrete: boolean): TallyTable => ({
    name: 't',
    shape: [],
    low: 0,
    width: 0.5,
    bins: 4,
    discrete,
    offset: 0,
  })

  it('is linear inside a bin, and a value where values are multiples of the width', () => {
    const totals = Float64Array.from([0, 4, 0, 0])
    expect(tallyQuantiles(totals, table(false), 0, [0.05, 0.5])[1]).toBe(0.75)
    expect(tallyQuantiles(totals, table(true), 0, [0.05, 0.5])[1]).toBe(0.5)
  })

  it('is NaN without counts', () =>
    expect(tallyQuantiles(new Float64Array(4), table(false), 0, [0.5])).toEqual([Number.NaN]))
})
