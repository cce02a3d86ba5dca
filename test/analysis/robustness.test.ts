import { describe, expect, it } from 'vitest'
import { type PolicyRequest, policyJob } from '../../sim/analysis/policies.ts'
import { robustness } from '../../sim/analysis/robustness.ts'
import { runPolicies as runOn } from '../../sim/cli/policy-runs.ts'
import { exitCode } from '../../sim/core/errors.ts'
import { serialExecutor } from '../../sim/execute/serial.ts'
import { threadExecutor } from '../../sim/execute/threads.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { shippedDocument } from '../world.ts'

const runPolicies = (document: ScenarioDocument, request: PolicyRequest, executor = serialExecutor()) =>
  runOn(document, request, {
    executor,
    stop: { signal: new AbortController().signal, exitCode: () => 0, release: () => undefined },
  })

const worlds = Float64Array.of(0, 1, 2, 3)
const outcomes = {
  criterion: 'worth',
  policies: [{ lever: 0 }, { lever: 1 }, { lever: 2 }],
  uncertainties: [{ name: 'state', values: worlds }],
  // The payoffs of a textbook decision table: rows are policies.
  values: [Float64Array.of(10, 10, 10, 10), Float64Array.of(14, 12, 8, 4), Float64Array.of(4, 9, 15, 13)],
}

describe('robustness', () => {
  const found = robustness(outcomes, { prefer: 'high', threshold: { relation: '>=', value: 9 }, seed: '1' })

  it('has the regrets of a decision table worked by hand', () => {
    // Best in each world: 14, 12, 15, 13.
    expect(found.policies.map(({ regret }) => regret.max)).toEqual([5, 9, 10])
    expect(found.policies.map(({ regret }) => regret.mean)).toEqual([3.5, 4, 3.25])
    expect(found.best).toEqual({ leastRegret: 2, leastWorstRegret: 0, mostSatisficing: 0 })
  })

  it('counts the worlds that satisfy', () => {
    expect(found.policies.map(({ satisficing }) => satisficing.count)).toEqual([4, 2, 3])
  })

  it('turns round where low is better', () => {
    const low = robustness(outcomes, { prefer: 'low', threshold: { relation: '<', value: 9 }, seed: '1' })
    // Best in each world: 4, 9, 8, 4.
    expect(low.policies.map(({ regret }) => regret.max)).toEqual([6, 10, 9])
    expect(low.policies.map(({ satisficing }) => satisficing.count)).toEqual([0, 2, 1])
  })

  it('tells the thirds of an uncertainty in which a policy is regretted', () => {
    const many = Float64Array.from({ length: 300 }, (_, w) => w)
    const { byUncertainty, policies } = robustness(
      {
        criterion: 'worth',
        policies: [{ lever: 0 }, { lever: 1 }],
        uncertainties: [
          { name: 'stranger', values: many.map(w => (w * 7919) % 300) },
          { name: 'state', values: many },
        ],
        values: [many.map(() => 1), many.map(w => (w < 100 ? 2 : 0))],
      },
      { prefer: 'high', threshold: { relation: '>', value: 0.5 }, seed: '1' },
    )
    expect(byUncertainty[0]!.input).toBe('state')
    expect(byUncertainty[0]!.regret).toEqual([
      { low: 1, middle: 0, high: 0 },
      { low: 0, middle: 1, high: 1 },
    ])
    expect(policies[0]!.vulnerability).toBeNull()
    expect(policies[1]!.vulnerability!.limits.state![0]).toBeGreaterThan(90)
    expect(policies[1]!.vulnerability!.limits.state![0]).toBeLessThan(110)
  })
})

describe('policies of a scenario', () => {
  it('are run in the same worlds, so that a lever without effect has no regret', async () => {
    const document = await shippedDocument('cis-plus-2030')
    const still = { ...document, parameters: { ...document.parameters, m_ticket: 0, v_ticket: 0 } }
    const { m_ticket: _, v_ticket: __, ...uncertainties } = document.uncertainties
    const request = { criterion: 'v', levers: ['delivered', 'ticket'], levels: 2, worlds: 20, seed: '4' }
    const { policies, values } = await runPolicies({ ...still, uncertainties }, request)
    expect(policies).toEqual([
      { delivered: 0, ticket: 0 },
      { delivered: 0, ticket: 0.6 },
      { delivered: 1, ticket: 0 },
      { delivered: 1, ticket: 0.6 },
    ])
    expect(values[1]).not.toEqual(values[2])
    const mean = (p: number) => values[p]!.reduce((sum, value) => sum + value, 0) / 20
    expect(mean(2)).toBeGreaterThan(mean(0))
  })

  it('end with the code of a signal that stops them, and say that nothing is kept', async () => {
    const stop = { signal: AbortSignal.abort(), exitCode: () => exitCode.interrupted, release: () => undefined }
    const request = { criterion: 'v', levers: ['delivered'], levels: 2, worlds: 20, seed: '4' }
    const stopped = runOn(await shippedDocument('cis-plus-2030'), request, { executor: serialExecutor(), stop })
    await expect(stopped).rejects.toMatchObject({ code: 130, message: expect.stringContaining('nothing is kept') })
  })

  it('are the same for any number of threads, also on levers of other poles and shares of actors', async () => {
    const document = await shippedDocument('cis-plus-2030')
    const criterion = 'KAZ:share:duality'
    const request = { criterion, levers: ['growth_china=0:0.03', 'sanctions'], levels: 2, worlds: 150, seed: '4' }
    const serial = await runPolicies(document, request)
    expect(serial).toEqual(await runPolicies(document, request, threadExecutor(2)))
    expect(serial.policies.map(({ growth_china }) => growth_china)).toEqual([0, 0, 0.03, 0.03])
    expect(serial.uncertainties.map(({ name }) => name)).not.toContain('sanctions')
    expect(serial.values[0]!.every(value => value === 0 || value === 1)).toBe(true)
    expect(serial.values[0]!.join()).not.toBe(serial.values[1]!.join())
  })

  it('need levers with a range, by name', async () => {
    const document = await shippedDocument('cis-plus-2030')
    const request = { criterion: 'v', levels: 2, worlds: 20, seed: '4' }
    expect(() => policyJob(document, { ...request, levers: ['horizon'] })).toThrow(
      'give the range, as horizon=low:high',
    )
    expect(() => policyJob(document, { ...request, levers: ['deliverd'] })).toThrow('did you mean `delivered`')
    expect(() => policyJob({ ...document, levers: {} }, request)).toThrow('got none')
    expect(() => policyJob(document, { ...request, criterion: 'vv' })).toThrow('expected an index')
  })
})
