import { describe, expect, it } from 'vitest'
import { deltaMeasures } from '../../sim/analysis/sensitivity/delta.ts'
import { elementaryEffects } from '../../sim/analysis/sensitivity/morris.ts'
import { rankCorrelations } from '../../sim/analysis/sensitivity/rank.ts'
import { withDesign } from '../../sim/analysis/sensitivity/rows.ts'
import { sobolIndices } from '../../sim/analysis/sensitivity/sobol.ts'
import type { Table } from '../../sim/analysis/table.ts'
import { gFunction, gIndices, gWeights, ishigami, morrisFunction, morrisMeans, tableOf } from './functions.ts'

const values = (measure: Readonly<Record<string, { value: number }>>) =>
  Object.values(measure).map(({ value }) => value)

function near(found: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(found).toHaveLength(expected.length)
  found.forEach((value, n) => {
    expect(Math.abs(value - expected[n]!), `input ${n + 1}: ${value} for ${expected[n]}`).toBeLessThan(tolerance)
  })
}

describe('Sobol’ indices', () => {
  it('of the Ishigami function are within 0.01 of its closed form at 4,096 blocks', () => {
    const { first, total } = sobolIndices(tableOf(ishigami, 3, 'saltelli', 5 * 4096), '1')
    // Ishigami & Homma (1990): V = a²/8 + bπ⁴/5 + b²π⁸/18 + 1/2.
    near(values(first), [0.3139, 0.4424, 0], 0.01)
    near(values(total), [0.5576, 0.4424, 0.2437], 0.01)
  })

  it('of the g-function are within 0.01 of its closed form at 8,192 blocks', () => {
    const { first, total } = sobolIndices(tableOf(gFunction, gWeights.length, 'saltelli', 10 * 8192), '1')
    near(values(first), gIndices().first, 0.01)
    near(values(total), gIndices().total, 0.01)
  })

  it('have 95 % intervals that hold the true value in about 95 of 100 designs', () => {
    const truth = [0.3139, 0.4424, 0, 0.5576, 0.4424, 0.2437]
    let held = 0
    for (let seed = 0; seed < 100; seed++) {
      const { first, total } = sobolIndices(tableOf(ishigami, 3, 'saltelli', 5 * 200, String(seed)), String(seed))
      const intervals = [...Object.values(first), ...Object.values(total)]
      held += intervals.filter(({ lower, upper }, n) => lower <= truth[n]! && truth[n]! <= upper).length
    }
    expect(held / 600).toBeGreaterThan(0.92)
  })

  it('are the same bytes for the same table and seed', () => {
    const run = () => JSON.stringify(sobolIndices(tableOf(ishigami, 3, 'saltelli', 500), '4'))
    expect(run()).toBe(run())
  })

  it('are refused for rows that are no Saltelli blocks, naming the row', () => {
    expect(() => sobolIndices(tableOf(ishigami, 3, 'monte-carlo', 500), '1')).toThrow('row 2')
    expect(() => sobolIndices(tableOf(ishigami, 3, 'saltelli', 10), '1')).not.toThrow()
    const table = tableOf(ishigami, 3, 'saltelli', 500)
    expect(() => sobolIndices({ ...table, rows: 9 }, '1')).toThrow('at least 10 rows')
    table.inputs[1]!.values[43]! += 0.01
    expect(() => sobolIndices(table, '1')).toThrow('x2 in row 44')
  })

  it('are refused for an outcome that does not vary', () => {
    expect(() =>
      sobolIndices(
        tableOf(() => 3, 3, 'saltelli', 500),
        '1',
      ),
    ).toThrow('varies')
  })
})

describe('elementary effects', () => {
  const effects = elementaryEffects(tableOf(morrisFunction, 20, 'morris', 21 * 400), '1')

  it('of Morris’s 20 inputs have the means the grid implies, within four standard errors', () => {
    const [mu, sigma] = [values(effects.mu), values(effects.sigma)]
    morrisMeans().forEach((mean, n) => {
      expect(Math.abs(mu[n]! - mean), `input ${n + 1}`).toBeLessThan(4 * (sigma[n]! / Math.sqrt(400)) + 1e-9)
    })
  })

  it('tell the ten inputs that matter from the ten that do not, and the linear ones from those that interact', () => {
    const [muStar, sigma] = [values(effects.muStar), values(effects.sigma)]
    expect(Math.min(...muStar.slice(0, 10))).toBeGreaterThan(2 * Math.max(...muStar.slice(10)))
    // Inputs 8 to 10 are linear with a slope near 40; 1 to 6 interact.
    near(muStar.slice(7, 10), morrisMeans().slice(7, 10), 1)
    expect(Math.max(...sigma.slice(7, 10))).toBeLessThan(0.3 * Math.min(...sigma.slice(0, 6)))
  })

  it('are 0 where a step between levels of one value moves nothing', () => {
    const table = tableOf(([a, b]) => a! + (b! < 0.9 ? 0 : 1), 2, 'morris', 3 * 50)
    const rough = table.inputs[1]!.values.map(b => (b < 0.9 ? 0 : 1))
    const inputs = [table.inputs[0]!, { name: 'x2', values: rough }]
    const { mu } = elementaryEffects({ ...table, inputs }, '1')
    expect(mu.x1!.value).toBeCloseTo(1, 9)
    expect(mu.x2!.value).toBeGreaterThan(0.2)
    expect(mu.x2!.value).toBeLessThan(0.8)
  })

  it('are refused where a step moves an input twice, or two', () => {
    const table = tableOf(morrisFunction, 20, 'morris', 42)
    table.inputs[0]!.values[1]! += 0.1
    expect(() => elementaryEffects(table, '1')).toThrow(/row [23];/)
    expect(() => elementaryEffects(tableOf(morrisFunction, 20, 'morris', 41 + 1), '1')).not.toThrow()
    expect(() => elementaryEffects({ ...table, rows: 41 }, '1')).toThrow('at least 42')
  })
})

describe('Borgonovo’s δ', () => {
  it('of one of two summed uniforms is 1/3 within 0.03 at 10,000 rows, and of a stranger below the noise level', () => {
    // f(y | x) = 1 on (x, x + 1) lies above the triangle f: δ = E (x² + (1 − x)²) / 2 = 1/3.
    const { delta, noise } = deltaMeasures(
      tableOf(([a, b]) => a! + b!, 3, 'monte-carlo', 10_000),
      '1',
    )
    near(values(delta).slice(0, 2), [1 / 3, 1 / 3], 0.03)
    expect(values(delta)[2]).toBeLessThan(noise)
    expect(noise).toBeLessThan(0.06)
  })

  it('of the Ishigami inputs are within 0.03 of values integrated over 20 million draws', () => {
    const { delta } = deltaMeasures(tableOf(ishigami, 3, 'monte-carlo', 10_000), '1')
    near(values(delta), [0.25, 0.412, 0.197], 0.03)
  })

  it('of an indicator of x < 0.3 is 2 · 0.3 · 0.7 within 0.03', () => {
    const { delta } = deltaMeasures(
      tableOf(([a]) => (a! < 0.3 ? 1 : 0), 2, 'monte-carlo', 10_000),
      '1',
    )
    near(values(delta), [0.42, 0], 0.03)
  })

  it('is the same for an increasing transform of the outcome', () => {
    const plain = deltaMeasures(tableOf(ishigami, 3, 'monte-carlo', 2000), '1')
    const bent = deltaMeasures(
      tableOf(u => Math.exp(ishigami(u)), 3, 'monte-carlo', 2000),
      '1',
    )
    expect(bent.delta).toEqual(plain.delta)
  })
})

describe('rank correlations', () => {
  it('are 1 for any increasing function, and hold 0 for a stranger in about 95 of 100 tables', () => {
    let held = 0
    for (let seed = 0; seed < 300; seed++) {
      const table = tableOf(([a]) => Math.exp(5 * a!), 2, 'monte-carlo', 100, String(seed))
      const { correlation } = rankCorrelations(table)
      expect(correlation.x1!.value).toBeCloseTo(1, 12)
      if (correlation.x2!.lower <= 0 && correlation.x2!.upper >= 0) held++
    }
    expect(held / 300).toBeGreaterThan(0.92)
    expect(held / 300).toBeLessThan(0.985)
  })

  it('without ties are 1 − 6 Σ d² / (n³ − n)', () => {
    const a = [7, 4, 3, 10, 6, 2, 9, 8, 1, 5]
    const b = [5, 7, 3, 10, 1, 9, 6, 2, 8, 4]
    const squares = a.reduce((sum, x, n) => sum + (x - b[n]!) ** 2, 0)
    const table: Table = {
      rows: 10,
      inputs: [{ name: 'a', values: Float64Array.from(a) }],
      outcome: { name: 'b', values: Float64Array.from(b) },
    }
    expect(rankCorrelations(table).correlation.a!.value).toBeCloseTo(1 - (6 * squares) / 990, 12)
  })
})

describe('a table with its design', () => {
  it('takes the inputs of the design, and names the row that was moved', () => {
    const design = tableOf(ishigami, 3, 'saltelli', 50)
    const table: Table = { ...design, inputs: [design.inputs[0]!] }
    expect(withDesign(table, design).inputs).toHaveLength(3)
    const moved = design.inputs[0]!.values.slice()
    moved[6] = 0.5
    const other = { ...table, inputs: [{ name: 'x1', values: moved }] }
    expect(() => withDesign(other, design)).toThrow('row 7, column x1')
    expect(() => withDesign({ ...table, rows: 49 }, design)).toThrow('each of the 49 rows')
  })
})
