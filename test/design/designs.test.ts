import { describe, expect, it } from 'vitest'
import { createDesign, type DesignInput } from '../../sim/design/design.ts'
import type { DesignName } from '../../sim/design/plan.ts'

const unit = (name: string): DesignInput => ({ name, distribution: { distribution: 'uniform', low: 0, high: 1 } })
const three = ['a', 'b', 'c'].map(unit)

function points(inputs: readonly DesignInput[], design: DesignName, runs: number, seed = '7', replications = 1) {
  const made = createDesign(inputs, { design, runs, seed, replications })
  const rows = Array.from({ length: runs }, (_, run) => {
    const values = new Float64Array(inputs.length)
    made.fill(run, values)
    return [...values]
  })
  return { ...made, rows, worlds: rows.map((_, run) => made.world(run)) }
}

const differing = (a: readonly number[], b: readonly number[]) => a.flatMap((value, n) => (value === b[n] ? [] : [n]))

describe('a Saltelli design', () => {
  it('makes blocks of A, A with one input of B each, and B, in one random world a block', () => {
    const { rows, block, worlds } = points(three, 'saltelli', 40)
    expect(block).toBe(5)
    for (let first = 0; first < 40; first += 5) {
      const [a, ...rest] = rows.slice(first, first + 5) as [number[], ...number[][]]
      const b = rest.pop()!
      expect(differing(a, b)).toEqual([0, 1, 2])
      rest.forEach((mixed, n) => {
        expect(differing(a, mixed)).toEqual([n])
        expect(mixed[n]).toBe(b[n])
      })
    }
    expect(worlds).toEqual(rows.map((_, run) => Math.floor(run / 5)))
  })

  it('is the same read backwards', () => {
    const forwards = points(three, 'saltelli', 40)
    const values = new Float64Array(3)
    for (let run = 39; run >= 0; run--) {
      forwards.fill(run, values)
      expect([...values]).toEqual(forwards.rows[run])
    }
  })
})

describe('a Morris design', () => {
  it('moves every input once a trajectory, by two thirds of its range, up or down, on four levels', () => {
    const { rows, block } = points(three, 'morris', 400)
    expect(block).toBe(4)
    const ups = new Set<number>()
    const orders = new Set<string>()
    for (let first = 0; first < 400; first += 4) {
      const order: number[] = []
      for (let step = 1; step < 4; step++) {
        const [input, ...more] = differing(rows[first + step - 1]!, rows[first + step]!)
        expect(more).toEqual([])
        order.push(input!)
        const moved = rows[first + step]![input!]! - rows[first + step - 1]![input!]!
        expect(Math.abs(moved)).toBeCloseTo(2 / 3, 12)
        ups.add(Math.sign(moved))
      }
      expect([...order].sort()).toEqual([0, 1, 2])
      orders.add(order.join())
    }
    expect([...ups].sort()).toEqual([-1, 1])
    expect(orders.size).toBe(6)
    const used = new Set(rows.flat().map(value => (3 * value).toFixed(9)))
    expect([...used].sort()).toEqual(['0.000000000', '1.000000000', '2.000000000', '3.000000000'])
  })
})

describe('sweeps', () => {
  it('take every combination once, with the values of a discrete input as its levels', () => {
    const discrete: DesignInput = { name: 'd', distribution: { distribution: 'discrete', values: [3, 7, 9] } }
    const { rows, block } = points([unit('a'), discrete], 'factorial', 13)
    expect(block).toBe(12)
    expect(new Set(rows.slice(0, 12).map(row => row.join())).size).toBe(12)
    expect(new Set(rows.map(row => row[1]))).toEqual(new Set([3, 7, 9]))
    expect(rows[12]).toEqual(rows[0])
  })

  it('move one input at a time from the middle', () => {
    const { rows, block } = points(three, 'oat', 16)
    expect(block).toBe(16)
    expect(rows[0]).toEqual([0.5, 0.5, 0.5])
    for (const row of rows.slice(1)) expect(differing(rows[0]!, row).length).toBeLessThanOrEqual(1)
    expect(new Set(rows.map(row => row[2])).size).toBe(5)
  })

  it('stay finite on distributions without ends', () => {
    const normal: DesignInput = { name: 'n', distribution: { distribution: 'normal', mean: 0, sd: 1 } }
    for (const design of ['factorial', 'oat', 'morris'] as const) {
      for (const row of points([normal, unit('a')], design, 12).rows) expect(row.every(Number.isFinite)).toBe(true)
    }
    const { rows } = points([normal], 'monte-carlo', 3000)
    expect(Math.max(...rows.flat())).toBeGreaterThan(2.8)
  })
})

it('replications stay at a point and change the random world', () => {
  const { rows, worlds } = points(three, 'monte-carlo', 12, '7', 3)
  expect(rows[1]).toEqual(rows[0])
  expect(rows[3]).not.toEqual(rows[0])
  expect(new Set(worlds).size).toBe(12)
  const blocks = points(three, 'saltelli', 30, '7', 3)
  expect(blocks.rows[2]).toEqual(blocks.rows[0])
  expect([...new Set(blocks.worlds.slice(0, 15))].sort()).toEqual([0, 1, 2])
})

it.each([
  ['saltelli', 9, 10],
  ['morris', 7, 8],
  ['factorial', 7, 8],
  ['oat', 6, 7],
] as const)('%s with %i runs is refused with the number it needs', (design, few, needed) => {
  expect(() => points(three, design, few)).toThrow(`at least ${needed}`)
  expect(() => points(three, design, needed)).not.toThrow()
})

it('too many inputs for the Sobol’ table are refused with a way out', () => {
  const many = Array.from({ length: 129 }, (_, n) => unit(`x${n}`))
  expect(() => points(many, 'saltelli', 1000)).toThrow('at most 128 inputs, got 129')
  expect(() => points(many.slice(1), 'saltelli', 1000)).not.toThrow()
})

it('explicit points are taken as they are, by the name of the column', () => {
  const made = createDesign(three, {
    design: 'points',
    runs: 3,
    seed: '1',
    points: {
      inputs: ['c', 'b', 'a'],
      rows: [
        [3, 2, 1],
        [6, 5, 4],
      ],
    },
  })
  const values = new Float64Array(3)
  const rows = [0, 1, 2].map(run => {
    made.fill(run, values)
    return [...values]
  })
  expect(rows).toEqual([
    [1, 2, 3],
    [4, 5, 6],
    [1, 2, 3],
  ])
  const fewer = { design: 'points', runs: 1, seed: '1', points: { inputs: ['a'], rows: [[1]] } } as const
  expect(() => createDesign(three, fewer)).toThrow('none for b')
})
