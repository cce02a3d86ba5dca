import { describe, expect, test } from 'vitest'
import { leverGroups } from '../../reports/explorer/lever.ts'
import { runWorld } from '../../sim/analysis/hypothesis-runs.ts'
import { policyJob } from '../../sim/analysis/policies.ts'
import { traceRun } from '../../sim/model/trace.ts'
import { compileScenario } from '../../sim/scenario/compile.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { shippedDocument } from '../world.ts'

const request = { seed: '1', run: 0 }

describe('what a scenario fixes', () => {
  test.each([
    ['shock-between-poles', 'shock_tick', 9],
    ['no-national-currency', 'settlement_shift', -0.95],
    ['no-buffer', 'buffer', 0],
    ['win-win-in-words', 'declared', 1],
  ])('is a value and no sample: a traced run of %s has %s at %d', async (name, parameter, value) => {
    expect(traceRun(await shippedDocument(name), request).parameters[parameter]).toBe(value)
  })

  test('acts in a traced run: the shock between poles coerces in its quarter', async () => {
    const coercions = async (name: string) =>
      traceRun(await shippedDocument(name), request).indices.coercions!.slice(1, 12)
    const shocked = await coercions('shock-between-poles')
    expect(shocked[8]! - shocked[7]!).toBeGreaterThan(5)
    expect(shocked.slice(0, 8)).toEqual((await coercions('cis-plus-2030')).slice(0, 8))
    expect(shocked).not.toEqual(await coercions('cis-plus-2030'))
  })

  test('yields to what is set for one run', async () => {
    const trace = traceRun(await shippedDocument('shock-between-poles'), { ...request, set: { shock_tick: 4 } })
    expect(trace.parameters.shock_tick).toBe(4)
  })

  test('keeps its place among the sampled ones, so that the other draws stay as they are', async () => {
    const names = async (name: string) =>
      compileScenario(await shippedDocument(name)).uncertainties.map(uncertainty => uncertainty.name)
    expect(await names('no-buffer')).toEqual(await names('cis-plus-2030'))
  })

  test('holds in the worlds of hypotheses, also in those that sample every other parameter', async () => {
    const document = await shippedDocument('cis-plus-2030')
    const calm = { distribution: 'fixed', value: 0 } as const
    const fixed: ScenarioDocument = { ...document, levers: { ...document.levers, coercion: calm } }
    const coercions = (world: object, of = fixed) => runWorld(of, world, 20, '1').at('coercions', 20)
    expect([...coercions({ ensemble: true })].every(count => count === 0)).toBe(true)
    expect([...coercions({})].every(count => count === 0)).toBe(true)
    expect([...coercions({ ensemble: true }, document)].some(count => count > 0)).toBe(true)
  })

  test('holds where levers are combined and it is not among them', async () => {
    const levers = ['delivered', 'support']
    const job = policyJob(await shippedDocument('win-win-in-words'), {
      ...{ criterion: 'v', levers, levels: 2, worlds: 20, seed: '4' },
    })
    const { parameters, parameterIndex } = compileScenario(job.document)
    expect(parameters[parameterIndex.get('declared')!]).toBe(1)
    expect(Object.keys(job.policies[0]!)).toEqual(levers)
  })

  test('is shown as fixed in the explorer', async () => {
    const levers = leverGroups(await shippedDocument('no-buffer')).flatMap(group => group.levers)
    expect(levers.find(({ name }) => name === 'buffer')!.ownWords).toBe('fixed, 0')
  })
})
