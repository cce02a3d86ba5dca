import { describe, expect, it } from 'vitest'
import { chunkOrder } from '../../sim/design/chunk-order.ts'
import { createDesign, type DesignInput } from '../../sim/design/design.ts'
import type { DesignName } from '../../sim/design/plan.ts'

const inputs: DesignInput[] = ['a', 'b', 'c'].map(name => ({
  name,
  distribution: { distribution: 'uniform', low: 0, high: 1 },
}))

/** Largest distance of the mean of an input from 1/2 over the runs of the first so many chunks. */
function unbalance(design: DesignName, chunks: number, order: (plan: Parameters<typeof chunkOrder>[0]) => number[]) {
  const plan = { design, runs: 8000, seed: '1', chunkRuns: 200 }
  const { fill } = createDesign(inputs, plan)
  const point = new Float64Array(3)
  const sums = [0, 0, 0]
  for (const chunk of order(plan).slice(0, chunks)) {
    for (let run = chunk * 200; run < (chunk + 1) * 200; run++) {
      fill(run, point)
      point.forEach((value, n) => {
        sums[n]! += value
      })
    }
  }
  return Math.max(...sums.map(sum => Math.abs(sum / (chunks * 200) - 0.5)))
}

describe('the order of chunks', () => {
  it.each([1, 2, 7, 40, 500])('has each of %i chunks once', count => {
    const plan = { design: 'factorial', runs: count * 100, seed: '1', chunkRuns: 100 } as const
    expect(chunkOrder(plan).sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, n) => n))
  })

  it.each(['monte-carlo', 'latin-hypercube', 'sobol', 'saltelli', 'morris', 'factorial'] as const)(
    'leaves a quarter of a %s batch balanced over every input',
    design => {
      expect(unbalance(design, 10, chunkOrder)).toBeLessThan(0.12)
    },
  )

  it('matters: a quarter of a factorial in the order of its runs has one level of the first inputs', () => {
    const runOrder = ({ runs, chunkRuns }: { runs: number; chunkRuns: number }) => [...Array(runs / chunkRuns).keys()]
    expect(unbalance('factorial', 10, runOrder)).toBeGreaterThan(0.3)
  })
})
