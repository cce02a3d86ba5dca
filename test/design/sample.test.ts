import { describe, expect, it } from 'vitest'
import { permute } from '../../sim/design/permutation.ts'
import { createSampler } from '../../sim/design/sample.ts'
import { compileScenario, type Scenario } from '../../sim/scenario/compile.ts'
import { shippedDocument, shippedScenario } from '../world.ts'

function column(
  scenario: Scenario,
  name: string,
  runs: number,
  design: 'monte-carlo' | 'latin-hypercube',
  seed = '7',
): number[] {
  const sampler = createSampler(scenario, { design, runs, seed })
  const parameters = scenario.parameters.slice()
  const at = scenario.uncertainties.findIndex(uncertainty => uncertainty.name === name)
  return Array.from({ length: runs }, (_, run) => {
    sampler.point(run, parameters)
    expect(parameters[scenario.uncertainties[at]!.index]).toBe(sampler.values[at])
    return sampler.values[at]!
  })
}

describe('permute', () => {
  it.each([1, 2, 3, 10, 97, 1000, 4096])('puts %i items in an order that has each place once', size => {
    const places = Array.from({ length: size }, (_, n) => permute(n, size, { low: 3, high: 9 }))
    expect([...places].sort((a, b) => a - b)).toEqual([...Array(size).keys()])
  })

  it('gives another order for another key', () => {
    const order = (low: number) => Array.from({ length: 100 }, (_, n) => permute(n, 100, { low, high: 0 })).join()
    expect(order(1)).not.toBe(order(2))
  })
})

describe('createSampler', () => {
  it('takes each stratum of every parameter once in a Latin hypercube', async () => {
    const scenario = await shippedScenario('cis-plus-2030')
    const { distribution } = scenario.uncertainties.find(({ name }) => name === 'coercion')!
    if (distribution.distribution !== 'uniform') throw new Error('expected the coercion hazard to be uniform')
    const strata = column(scenario, 'coercion', 200, 'latin-hypercube').map(value =>
      Math.floor((200 * (value - distribution.low)) / (distribution.high - distribution.low)),
    )
    expect([...strata].sort((a, b) => a - b)).toEqual([...Array(200).keys()])
  })

  it('leaves strata empty in plain Monte Carlo', async () => {
    const scenario = await shippedScenario('cis-plus-2030')
    const strata = new Set(column(scenario, 'delivered', 200, 'monte-carlo').map(value => Math.floor(200 * value)))
    expect(strata.size).toBeLessThan(160)
  })

  it('gives a run the same point however many runs plain Monte Carlo has', async () => {
    const scenario = await shippedScenario('cis-plus-2030')
    expect(column(scenario, 'ticket', 50, 'monte-carlo')).toEqual(
      column(scenario, 'ticket', 500, 'monte-carlo').slice(0, 50),
    )
  })

  it('moves no value of a parameter when another one is no longer sampled', async () => {
    const document = await shippedDocument('cis-plus-2030')
    const { delivered: _, ...levers } = document.levers
    const fewer = compileScenario({ ...document, levers })
    const all = compileScenario(document)
    for (const design of ['monte-carlo', 'latin-hypercube'] as const) {
      expect(column(fewer, 'ticket', 60, design)).toEqual(column(all, 'ticket', 60, design))
    }
  })

  it('draws independent columns for parameters, and other ones for another seed', async () => {
    const scenario = await shippedScenario('cis-plus-2030')
    const [a, b, other] = [
      column(scenario, 'delivered', 4000, 'monte-carlo'),
      column(scenario, 'support', 4000, 'monte-carlo'),
      column(scenario, 'delivered', 4000, 'monte-carlo', '8'),
    ]
    const correlation = (x: number[], y: number[]) =>
      12 * (x.reduce((sum, v, n) => sum + v * y[n]!, 0) / x.length - 0.25)
    expect(Math.abs(correlation(a, b))).toBeLessThan(0.06)
    expect(Math.abs(correlation(a, other))).toBeLessThan(0.06)
    expect(correlation(a, a)).toBeGreaterThan(0.9)
  })
})
