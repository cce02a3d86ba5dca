import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binomialTail } from '../../sim/analysis/discovery/box.ts'
import { cart } from '../../sim/analysis/discovery/cart.ts'
import { parseThreshold } from '../../sim/analysis/discovery/cases.ts'
import { prim } from '../../sim/analysis/discovery/prim.ts'
import { drawsOf } from '../../sim/analysis/resampling.ts'
import type { Table } from '../../sim/analysis/table.ts'

/** A table of uniforms whose outcome is a function of them and of one more uniform. */
function planted(rows: number, d: number, f: (x: readonly number[], chance: number) => number, seed = '1'): Table {
  const draw = drawsOf(seed, 'planted')
  const uniform = () => (draw(4294967296) + 0.5) / 4294967296
  const columns = Array.from({ length: d }, () => Float64Array.from({ length: rows }, uniform))
  return {
    rows,
    inputs: columns.map((values, n) => ({ name: `x${n + 1}`, values })),
    outcome: {
      name: 'y',
      values: Float64Array.from({ length: rows }, (_, row) =>
        f(
          columns.map(column => column[row]!),
          uniform(),
        ),
      ),
    },
  }
}

const box = (x: readonly number[]) => x[0]! > 0.6 && x[1]! < 0.4 && x[2]! > 0.2 && x[2]! < 0.8

describe('PRIM', () => {
  const found = prim(
    planted(4000, 12, x => (box(x) ? 1 : 0)),
    { seed: '1' },
  )

  it('finds a planted box with limits within 0.03 of the truth, and no other input', () => {
    const [first] = found.boxes
    expect(Object.keys(first!.limits)).toEqual(['x1', 'x2', 'x3'])
    const near = (input: string, low: number, high: number) => {
      expect(Math.abs(first!.limits[input]![0] - low)).toBeLessThan(0.03)
      expect(Math.abs(first!.limits[input]![1] - high)).toBeLessThan(0.03)
    }
    near('x1', 0.6, 1)
    near('x2', 0, 0.4)
    near('x3', 0.2, 0.8)
    for (const p of Object.values(first!.quasiP)) expect(p).toBeLessThan(1e-6)
    for (const share of Object.values(first!.resampling.restricted)) expect(share).toBe(1)
  })

  it('states coverage, density and mass as its limits give them when applied to the table', () => {
    const table = planted(4000, 12, x => (box(x) ? 1 : 0))
    for (const { limits, coverage, density, mass, trajectory } of found.boxes) {
      for (const step of [{ limits, coverage, density, mass }, ...trajectory]) {
        const inside = [...Array(table.rows).keys()].filter(row =>
          table.inputs.every(({ name, values }) => {
            const [low, high] = step.limits[name] ?? [0, 1]
            return low <= values[row]! && values[row]! <= high
          }),
        )
        const cases = inside.filter(row => table.outcome.values[row] === 1).length
        expect(step.mass).toBeCloseTo(inside.length / table.rows, 12)
        expect(step.density).toBeCloseTo(cases / inside.length, 12)
        expect(step.coverage).toBeCloseTo(cases / found.cases, 12)
      }
    }
  })

  it('tells the box in a sentence with its conditions, density, coverage and the held-out test', () => {
    expect(found.boxes[0]!.sentence).toMatch(
      /^Where x1 is at least 0\.\d+ and x2 is at most 0\.\d+ and x3 is from 0\.\d+ to 0\.\d+, \d+ % of rows have y = 1 \(\d+ % of all rows do\), and \d+ % of such rows lie there; on held-out rows \d+ % and \d+ %\.$/,
    )
  })

  it('trades coverage for density along the trajectory', () => {
    const { trajectory } = found.boxes[0]!
    expect(trajectory[0]).toMatchObject({ coverage: 1, mass: 1 })
    for (let n = 1; n < trajectory.length; n++)
      expect(trajectory[n]!.coverage).toBeLessThanOrEqual(trajectory[n - 1]!.coverage)
    expect(trajectory.at(-1)!.density).toBeGreaterThan(0.95)
  })

  it('ranks the inputs of the box as worth the most', () => {
    expect(
      found.worth
        .slice(0, 3)
        .map(({ input }) => input)
        .sort(),
    ).toEqual(['x1', 'x2', 'x3'])
    expect(found.worth[3]!.value).toBeLessThan(0.02)
  })

  it('finds a noisy box, and reproduces it in most resamples', () => {
    const noisy = (x: readonly number[], chance: number) => (chance < (x[0]! > 0.6 && x[1]! < 0.4 ? 0.85 : 0.1) ? 1 : 0)
    const { boxes } = prim(planted(2000, 10, noisy), { seed: '1' })
    expect(Object.keys(boxes[0]!.limits)).toEqual(['x1', 'x2'])
    expect(boxes[0]!.heldOut.density).toBeGreaterThan(0.7)
    expect(Math.min(...Object.values(boxes[0]!.resampling.restricted))).toBeGreaterThan(0.8)
  })

  it('finds two boxes one after the other', () => {
    const two = (x: readonly number[]) => ((x[0]! > 0.7 && x[1]! > 0.5) || x[0]! < 0.15 ? 1 : 0)
    const { boxes } = prim(planted(3000, 8, two), { seed: '1' })
    expect(boxes.length).toBeGreaterThanOrEqual(2)
    expect(boxes.reduce((sum, { added }) => sum + added, 0)).toBeGreaterThan(0.95)
  })

  it('finds a category', () => {
    const table = planted(1500, 5, () => 0)
    const codes = table.inputs[0]!.values.map(u => Math.floor(4 * u))
    const values = codes.map((code, row) => (code === 2 && table.inputs[1]!.values[row]! > 0.3 ? 1 : 0))
    const inputs = [{ name: 'who', values: codes, categories: ['a', 'b', 'c', 'd'] }, ...table.inputs.slice(1)]
    const [first] = prim({ ...table, inputs, outcome: { name: 'y', values } }, { seed: '1' }).boxes
    expect(first!.categories).toEqual({ who: ['c'] })
    expect(first!.limits.x2![0]).toBeCloseTo(0.3, 1)
    expect(first!.sentence).toContain('who is c')
  })

  it('finds a box in at most 5 % of 200 tables of noise', () => {
    let boxes = 0
    for (let seed = 0; seed < 200; seed++) {
      const noise = planted(600, 10, (_, chance) => (chance < 0.3 ? 1 : 0), `noise ${seed}`)
      if (prim(noise, { seed: String(seed) }).boxes.length > 0) boxes++
    }
    expect(boxes).toBeLessThanOrEqual(10)
  })

  it('is the same bytes for the same table and seed', () => {
    const run = () =>
      JSON.stringify(
        prim(
          planted(500, 6, x => x[0]! + x[1]!),
          { seed: '3', threshold: parseThreshold('1.2') },
        ),
      )
    expect(run()).toBe(run())
  })
})

describe('CART', () => {
  it('finds the planted box as a leaf that PRIM’s box agrees with', () => {
    const { boxes, importance, error } = cart(
      planted(4000, 12, x => (box(x) ? 1 : 0)),
      { seed: '1' },
    )
    expect(Object.keys(boxes[0]!.limits)).toEqual(['x1', 'x2', 'x3'])
    expect(boxes[0]!.limits.x1![0]).toBeCloseTo(0.6, 1)
    expect(boxes[0]!.density).toBeGreaterThan(0.95)
    expect(boxes[0]!.coverage).toBeGreaterThan(0.9)
    expect(
      importance
        .slice(0, 3)
        .map(({ input }) => input)
        .sort(),
    ).toEqual(['x1', 'x2', 'x3'])
    expect(error.tree).toBeLessThan(0.2 * error.overall)
  })

  it('prunes noise to its root in most tables', () => {
    let leaves = 0
    for (let seed = 0; seed < 20; seed++) {
      const noise = planted(600, 10, (_, chance) => (chance < 0.3 ? 1 : 0), `noise ${seed}`)
      leaves += cart(noise, { seed: String(seed) }).boxes.length
    }
    expect(leaves).toBeLessThan(20)
  })
})

describe('thresholds', () => {
  it.each(['x', '', '> ', '>= a', '1 2', '=1'])('%j is refused', text => {
    expect(() => parseThreshold(text)).toThrow('--threshold: expected a number')
  })

  it('with nothing on one side are refused with the counts', () => {
    const table = planted(100, 2, x => x[0]!)
    expect(() => prim(table, { seed: '1', threshold: parseThreshold('2') })).toThrow('got 0 of 100')
  })

  it('left out take the upper quarter of an outcome that is no indicator', () => {
    const { cases, threshold } = prim(
      planted(1000, 3, x => x[0]!),
      { seed: '1' },
    )
    expect(cases).toBe(250)
    expect(threshold.value).toBeCloseTo(0.75, 1)
  })
})

it('the binomial tail is the sum of its terms', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (n, p) => {
      let term = (1 - p) ** n
      let above = 1
      for (let k = 0; k <= n; k++) {
        expect(Math.abs(binomialTail(k, n, p) - above)).toBeLessThan(1e-9)
        above -= term
        term *= ((n - k) / (k + 1)) * (p / (1 - p))
      }
    }),
    { seed: 11, numRuns: 200 },
  )
})
