import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { summariseAttribution } from '../../sim/analysis/attribution-summary.ts'
import { spreadRuns } from '../../sim/analysis/counterfactual.ts'
import { rerunsOf } from '../../sim/analysis/reruns.ts'
import { keyOf } from '../../sim/core/random.ts'
import { driverNames } from '../../sim/model/attribution.ts'
import { createModel } from '../../sim/model/model.ts'
import { createShareSplitter, logarithmicMean } from '../../sim/model/share-split.ts'
import { createSimulator } from '../../sim/model/simulate.ts'
import { address, documentedPoint } from '../model/any-parameters.ts'
import { shippedDocument, shippedScenario } from '../world.ts'
import { parametersOf, type TemporaryBatch, temporaryBatch } from './batches.ts'

const scenario = await shippedScenario('cis-plus-2030')
const simulator = createSimulator(createModel(scenario))
const { S, D, P: options } = scenario.sizes

describe('the split of alignment by driver and institution', () => {
  let largest = 0
  let moved = 0

  test('adds up to the change of ID, OP and every Russian share within 1e-12 in 1,000 random runs', () => {
    const ticks = [4, 12, 20]
    const splitter = createShareSplitter(simulator.model, tick => ticks.includes(tick))
    const R = splitter.rows.length
    const H = driverNames.length
    const total = (column: Float64Array, from: number, width: number) =>
      column.subarray(from, from + width).reduce((sum, part) => sum + part, 0)
    fc.assert(
      fc.property(address, documentedPoint(scenario), ({ seed, run }, point) => {
        const { institutional, operational, world } = simulator.simulate(
          keyOf(seed),
          run,
          parametersOf(scenario, point),
          splitter.onlooker,
        )
        expect(splitter.splits.map(({ tick }) => tick)).toEqual(ticks)
        let worst = 0
        for (const { tick, institutional: ID, operational: OP, domains } of splitter.splits) {
          for (let i = 0; i < S; i++) {
            const changeOf = (path: Float64Array) => path[tick * S + i]! - path[i]!
            worst = Math.max(worst, Math.abs(total(ID, i * R, R) - changeOf(institutional)))
            worst = Math.max(worst, Math.abs(total(OP, i * R, R) - changeOf(operational)))
            if (Math.abs(changeOf(operational)) > 0.005) moved++
            if (tick < 20) continue
            for (let d = 0; d < D; d++) {
              const cell = (i * D + d) * options
              const change = world.alignment[cell]! - scenario.alignment0[cell]!
              worst = Math.max(worst, Math.abs(total(domains, (i * D + d) * H, H) - change))
            }
          }
        }
        expect(worst).toBeLessThan(1e-12)
        largest = Math.max(largest, worst)
      }),
      { numRuns: 1000, seed: 1 },
    )
    expect(moved).toBeGreaterThan(1000)
  })

  test('gives a driver that acts alone the whole change', () => {
    const silent = Object.fromEntries(
      ['b_growth', 'b_corr', 'b_cap', 'b_band', 'b_derisk', 'b_ins', 'b_sanc', 'b_hedge', 'link', 'b_peer', 'b_club']
        .concat('leader_sd', 'gen_drift', 'b_proj', 'sigma', 'h_entry', 'h_exit')
        .map(name => [name, 0]),
    )
    const baseline = createSimulator(createModel({ ...scenario, events: [] }))
    const splitter = createShareSplitter(baseline.model, tick => tick === 20)
    const R = splitter.rows.length
    const parameters = parametersOf(scenario, { ...silent, delivered: 0.9, b_win: 1.2 })
    const result = baseline.simulate(keyOf(1), 0, parameters, splitter.onlooker)
    const kaz = scenario.actors.indexOf('KAZ')
    const row = [...splitter.splits[0]!.operational.subarray(kaz * R, kaz * R + R)]
    const alone = splitter.rows.indexOf('winwin')
    expect(row[alone]).toBeGreaterThan(0.01)
    expect(row.every((part, r) => r === alone || part === 0)).toBe(true)
    expect(row[alone]).toBeCloseTo(result.operational[20 * S + kaz]! - result.operational[kaz]!, 13)
  })

  test('uses a mean that lies between and meets its limit', () => {
    const positive = fc.double({ min: 1e-6, max: 1, noNaN: true })
    fc.assert(
      fc.property(positive, positive, (a, b) => {
        const mean = logarithmicMean(a, b)
        expect(mean).toBeGreaterThanOrEqual(Math.min(a, b) * (1 - 1e-14))
        expect(mean).toBeLessThanOrEqual(Math.max(a, b) * (1 + 1e-14))
        expect(Math.abs(mean - logarithmicMean(b, a))).toBeLessThan(1e-12 * mean)
      }),
      { numRuns: 2000, seed: 5 },
    )
    expect(logarithmicMean(0.3, 0.3 * (1 + 1e-15))).toBeCloseTo(0.3, 14)
  })

  afterAll(() => console.log(`shares by driver: largest remainder ${largest.toExponential(2)}`))
})

describe('the attribution of a batch', () => {
  let made: TemporaryBatch
  beforeAll(async () => {
    made = await temporaryBatch(await shippedDocument('cis-plus-2030'), 100)
  })
  afterAll(() => made?.remove())

  test('has means of parts that add up to the mean change of every actor, in ID, OP and gap', () => {
    const summary = summariseAttribution(made.batch, spreadRuns(50, 100))
    expect(summary.runs).toBe(50)
    expect(summary.largestRemainder).toBeLessThan(1e-12)
    expect(summary.actors.map(({ id }) => id)).toEqual(['core', ...scenario.actors])
    for (const actor of summary.actors) {
      for (const { start, end, change, parts } of [actor.ID, actor.OP, actor.gap]) {
        expect(change.mean).toBeCloseTo(end - start, 12)
        const sum = parts.reduce((total, { mean }) => total + mean, 0)
        expect(Math.abs(sum - (end - start))).toBeLessThan(1e-12)
        for (const { mean, low, high, halfWidth } of parts) {
          expect(low).toBeLessThanOrEqual(high)
          expect(halfWidth).toBeGreaterThanOrEqual(0)
          expect(Number.isFinite(mean)).toBe(true)
        }
      }
      expect(actor.domains.map(({ domain }) => domain)).toEqual([...scenario.domains])
    }
  })

  test('is that of the one run when there is only one', () => {
    const { simulate, simulator } = rerunsOf(made.batch)
    const { actors } = summariseAttribution(made.batch, [17])
    const result = simulate(17)
    const arm = scenario.actors.indexOf('ARM')
    const found = actors.find(({ id }) => id === 'ARM')!
    expect(found.ID.end).toBe(result.institutional[simulator.ticks * S + arm])
    expect(found.OP.start).toBe(result.operational[arm])
    for (const { mean, low, high } of found.ID.parts) expect([low, high]).toEqual([mean, mean])
  })
})
