import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compareWithout, omissionsOf, spreadRuns, strengths, without } from '../../sim/analysis/counterfactual.ts'
import { rerunsOf } from '../../sim/analysis/reruns.ts'
import { keyOf } from '../../sim/core/random.ts'
import { createAttribution, type DriverName, driverNames } from '../../sim/model/attribution.ts'
import { createModel } from '../../sim/model/model.ts'
import { createSimulator } from '../../sim/model/simulate.ts'
import { compileScenario } from '../../sim/scenario/compile.ts'
import { shippedDocument, shippedScenario } from '../world.ts'
import { parametersOf, type TemporaryBatch, temporaryBatch } from './batches.ts'

let made: TemporaryBatch
beforeAll(async () => {
  made = await temporaryBatch(await shippedDocument('cis-plus-2030'), 100)
})
afterAll(() => made?.remove())

describe('a world without something', () => {
  test('without an event is the world in which its probability is 0, draw by draw', async () => {
    const { batch } = made
    const { document } = batch.scenario
    const event = document.events.turkic_integration!
    const never = { ...document, events: { ...document.events, turkic_integration: { ...event, probability: 0 } } }
    const left = rerunsOf(batch, without(document, { kind: 'event', id: 'turkic_integration' }))
    const same = rerunsOf(batch, never)
    for (let run = 0; run < 30; run++) {
      const indices = [...left.simulate(run, () => undefined).indices]
      expect(indices).toEqual([...same.simulate(run, () => undefined).indices])
    }
  })

  test.each(driverNames)('without %s has no part of it anywhere', async driver => {
    const scenario = await shippedScenario('baseline')
    const model = createModel(scenario)
    const simulator = createSimulator(model)
    const attribution = createAttribution(model)
    const largest = (parameters: Float64Array) => {
      let found = 0
      for (let run = 0; run < 5; run++) {
        simulator.simulate(keyOf(2), run, parameters, attribution.onlooker)
        for (const part of attribution.parts[driver]) found = Math.max(found, Math.abs(part))
      }
      return found
    }
    const silent = Object.fromEntries(strengths[driver].map(name => [name, 0]))
    const lively = { coercion: 0.1, delivered: 0.2, sanctions: 0.9, insecurity_rate: 0.05, capacity_shift: 0.2 }
    expect(largest(parametersOf(scenario, lively))).toBeGreaterThan(1e-4)
    expect(largest(parametersOf(scenario, { ...lively, ...silent }))).toBe(0)
  })

  test('without an institution has nobody in it at any time, whatever events do', () => {
    const { batch } = made
    const document = without(batch.scenario.document, { kind: 'institution', id: 'CISPLUS' })
    const scenario = compileScenario(document)
    const m = scenario.institutions.indexOf('CISPLUS')
    const reruns = rerunsOf(batch, document)
    let joined = 0
    for (let run = 0; run < 60; run++) {
      const { occurrences } = reruns.simulate(run, ({ next }) => {
        for (let i = 0; i < scenario.sizes.S; i++) expect(next.tier[i * scenario.sizes.M + m]).toBe(0)
      })
      if (occurrences.some(({ event }) => scenario.events[event]!.id === 'sco_joins')) joined++
    }
    expect(joined).toBeGreaterThan(3)
    expect(document.events.sco_joins!.effects).toEqual([])
    expect(batch.scenario.document.events.sco_joins!.effects).toHaveLength(1)
  })
})

describe('the paired difference', () => {
  test('is with less without, run by run, over the runs an event happens in', () => {
    const { batch } = made
    const omission = { kind: 'event' as const, id: 'middle_ports' }
    const runs = spreadRuns(40, 100)
    const found = compareWithout(batch, omission, runs)
    const base = rerunsOf(batch)
    const other = rerunsOf(batch, without(batch.scenario.document, omission))
    const kaz = batch.scenario.actors.indexOf('KAZ')
    const end = base.simulator.ticks * batch.scenario.sizes.S + kaz
    const differences: number[] = []
    for (const run of runs) {
      const result = base.simulate(run)
      if (!result.occurrences.some(({ event }) => batch.scenario.events[event]!.id === 'middle_ports')) continue
      differences.push(result.operational[end]! - other.simulate(run).operational[end]!)
    }
    expect(found.runs).toBe(40)
    expect(found.concerned).toBe(differences.length)
    expect(differences.length).toBeGreaterThan(10)
    expect(differences.length).toBeLessThan(40)
    const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length
    expect(found.actors.KAZ!.OP.value).toBeCloseTo(mean, 14)
    expect(found.actors.KAZ!.OP.value + found.actors.KAZ!.OP.halfWidth).toBeLessThan(0)
    expect(found.actors.KAZ!.gap.value).toBeCloseTo(found.actors.KAZ!.ID.value - mean, 12)
    expect(found.actors.KAZ!.OP.low).toBeLessThanOrEqual(found.actors.KAZ!.OP.high)
  })

  test('counts the outcomes that turn, but for an institution, and tells one run without an interval', () => {
    const { batch } = made
    const runs = spreadRuns(60, 100)
    const driver = compareWithout(batch, { kind: 'driver', id: 'winwin' satisfies DriverName }, runs)
    expect(driver.turned.length).toBeGreaterThan(2)
    for (const { from, to } of driver.turned) expect(from).not.toBe(to)
    expect(compareWithout(batch, { kind: 'institution', id: 'EAEU' }, runs.slice(0, 5)).turned).toEqual([])
    const one = compareWithout(batch, { kind: 'driver', id: 'noise' }, [7])
    expect(one.actors.KAZ!.OP.halfWidth).toBe(Number.POSITIVE_INFINITY)
  })

  test('can be asked of every event, institution and driver, each under one name', () => {
    const omissions = omissionsOf(made.batch.scenario.document)
    expect(new Set(omissions.map(({ id }) => id.toLowerCase())).size).toBe(omissions.length)
    expect(omissions.length).toBe(Object.keys(made.batch.scenario.document.events).length + 8 + 15)
    expect(omissions.length).toBeGreaterThan(40)
  })
})
