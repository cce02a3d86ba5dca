import { describe, expect, it } from 'vitest'
import type { Column, Layout } from '../../sim/store/columns.ts'
import { sha256 } from '../../sim/store/part.ts'
import { decodeRows, encodeRows, readObjects } from '../../sim/store/rows.ts'
import { forgedPage } from '../forged-page.ts'

const column = (name: string, type: Column['type']): Column => ({
  name,
  type,
  unit: '',
  range: [null, null],
  meaning: '',
})
const columns = [column('run', 'int32'), column('share', 'float'), column('score', 'double')]
const layout: Layout = { columns, width: 3, at: {} as Layout['at'] }

/** Rows in which every number is another one, and some are none. */
function rowsOf(runs: number): Float64Array {
  const rows = Float64Array.from({ length: 3 * runs }, (_, n) => [n, Math.fround(n / 7), -n / 11][n % 3]!)
  rows[1] = Number.NaN
  rows[5] = Number.NEGATIVE_INFINITY
  return rows
}

describe('the rows of a part', () => {
  // The writer makes a group of the first 1,000 runs and others of the rest; a part has 20,000 at most.
  it.each([1, 31, 100, 1000, 1001, 2000, 20_000])('of %d runs are read back as they were written', runs => {
    const rows = rowsOf(runs)
    const bytes = encodeRows(rows, runs, layout)
    // Also when they begin somewhere in a larger piece of memory.
    const moved = new Uint8Array(bytes.length + 3)
    moved.set(bytes, 3)
    for (const held of [bytes, moved.subarray(3)]) {
      expect(decodeRows(held, layout, runs)).toEqual(rows)
      const objects = readObjects(held, layout, ['score', 'run'], runs)
      expect(objects).toHaveLength(runs)
      expect(objects.at(-1)).toEqual({ score: rows.at(-1), run: rows.at(-3) })
    }
  })

  it('are the bytes that they were when the format was fixed: others need a format of their own', () => {
    expect(sha256(encodeRows(rowsOf(1100), 1100, layout))).toBe(
      '0d6538651787046781b80cc59794b78e451865e2c2f343041ce4392d5eb95ec1',
    )
  })

  it('hold each number in bytes of its own, and a change of any other byte is refused', () => {
    const runs = 3
    const rows = rowsOf(runs)
    const bytes = encodeRows(rows, runs, layout)
    let numbers = 0
    for (let n = 0; n < bytes.length; n++) {
      const changed = bytes.slice()
      changed[n]! ^= 0x10
      try {
        const read = decodeRows(changed, layout, runs)
        expect(read.filter((value, place) => !Object.is(value, rows[place])).length).toBeLessThanOrEqual(1)
        numbers++
      } catch (error) {
        expect((error as Error).message).toMatch(/^bytes \d+ to \d+ are not those that its columns have there$/)
      }
    }
    expect(numbers).toBe(runs * (4 + 4 + 8))
  })

  it.each<[string, (bytes: Uint8Array) => Uint8Array, RegExp]>([
    ['cut short', bytes => bytes.subarray(1), /expected \d+ bytes/],
    ['of nothing', () => new Uint8Array(), /expected \d+ bytes, got 0/],
    ['of fewer runs', () => encodeRows(rowsOf(99), 99, layout), /expected \d+ bytes/],
    ['with columns of other names', () => encodeRows(rowsOf(100), 100, named('score', 'share', 'run')), /not those/],
    ['with a page of a thousand million numbers', forgedPage, /bytes 0 to \d+ are not those/],
  ])('%s are refused', (_, forge, message) => {
    const forged = forge(encodeRows(rowsOf(100), 100, layout))
    expect(() => decodeRows(forged, layout, 100)).toThrow(message)
    expect(() => readObjects(forged, layout, ['run'], 100)).toThrow(message)
  })

  it('have no column but their own', () => {
    expect(() => readObjects(encodeRows(rowsOf(1), 1, layout), layout, ['status'], 1)).toThrow(/a column status/)
  })
})

const named = (...names: string[]): Layout => ({
  ...layout,
  columns: columns.map((one, n) => ({ ...one, name: names[n]! })),
})
