import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { keyOf } from '../../sim/core/random.ts'
import { driverNames } from '../../sim/model/attribution.ts'
import { explainChoice, explainMembership } from '../../sim/model/decision.ts'
import { createModel } from '../../sim/model/model.ts'
import { createSimulator } from '../../sim/model/simulate.ts'
import { tierNames } from '../../sim/scenario/names.ts'
import { P } from '../../sim/scenario/parameter.ts'
import { address, documentedPoint } from '../model/any-parameters.ts'
import { shippedScenario } from '../world.ts'
import { parametersOf } from './batches.ts'

const scenario = await shippedScenario('cis-plus-2030')
const simulator = createSimulator(createModel(scenario))
const { S, D, P: options, M } = scenario.sizes
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

const cell = fc
  .record({
    actor: fc.nat(S - 1),
    domain: fc.nat(D - 1),
    option: fc.nat(options - 1),
    against: fc.nat(options - 1),
    tick: fc.integer({ min: 1, max: simulator.ticks }),
  })
  .filter(({ actor, domain, option, against }) => {
    const row = (actor * D + domain) * options
    return option !== against && scenario.alignment0[row + option] !== 0 && scenario.alignment0[row + against] !== 0
  })

describe('the split of a change of alignment by driver', () => {
  let largest = 0
  let moved = 0

  test('adds up to the change of log-odds of the shares within 1e-12 in 1,000 random runs, states, domains and ticks', () => {
    fc.assert(
      fc.property(address, documentedPoint(scenario), cell, ({ seed, run }, point, choice) => {
        const parameters = parametersOf(scenario, point)
        const { change, parts, share, share0 } = explainChoice(simulator, { key: keyOf(seed), run, parameters }, choice)
        expect(parts.map(({ driver }) => driver)).toEqual([...driverNames])
        const remainder = Math.abs(sum(parts.map(({ part }) => part)) - change)
        expect(remainder).toBeLessThan(1e-12)
        largest = Math.max(largest, remainder)
        if (Math.abs(share - share0) > 1e-3) moved++
      }),
      { numRuns: 1000, seed: 1 },
    )
    expect(moved).toBeGreaterThan(500)
  })

  test('names the values a driver had: none at the start, its own after', () => {
    const choice = { actor: scenario.actors.indexOf('KAZ'), domain: 2, option: 0, against: options - 1 }
    const run = { key: keyOf(1), run: 7, parameters: scenario.parameters }
    const start = explainChoice(simulator, run, { ...choice, tick: 0 })
    expect(start.change).toBe(0)
    expect(start.parts.every(({ part }) => part === 0)).toBe(true)
    const end = explainChoice(simulator, run, { ...choice, tick: 20 })
    const valuesOf = (driver: string) => end.parts.find(part => part.driver === driver)!.values
    expect(valuesOf('generation')).toEqual({ quarters: 20 })
    expect(Object.keys(valuesOf('growth'))).toEqual(['russia', 'own'])
    expect(Object.keys(valuesOf('club'))).toEqual(['CISPLUS', 'EAEU', 'OTS', 'EUTRACK'])
  })

  test('is refused for an option that is closed', () => {
    const choice = { actor: scenario.actors.indexOf('CHN'), domain: 0, option: 1, against: 0, tick: 3 }
    const run = { key: keyOf(1), run: 0, parameters: scenario.parameters }
    expect(() => explainChoice(simulator, run, choice)).toThrow(
      'expected an option open to CHN in the political domain, got china',
    )
  })

  afterAll(() => console.log(`log-odds by driver: largest remainder ${largest.toExponential(2)}`))
})

describe('a membership decision', () => {
  test('has terms that add up to the net benefit, and chances and a draw that make the step, in 1,000 random cases', () => {
    let steps = 0
    let cases = 0
    const reached = new Set<string>()
    fc.assert(
      fc.property(
        address,
        documentedPoint(scenario),
        fc.nat(S - 1),
        fc.nat(M - 1),
        ({ seed, run }, point, actor, institution) => {
          const parameters = parametersOf(scenario, point)
          const decisions = explainMembership(simulator, { key: keyOf(seed), run, parameters }, actor, institution)
          expect(decisions.map(({ tick }) => tick)).toEqual([4, 8, 12, 16, 20])
          for (const { terms, benefit, entry, exit, rise, fall, draw, from, to } of decisions) {
            expect(Math.abs(sum(Object.values(terms)) - benefit)).toBeLessThan(1e-12)
            const odds = (chance: number) => chance / (1 - chance)
            const favour = Math.exp(Math.max(-5, Math.min(5, benefit)))
            expect(Math.abs(odds(rise) - odds(entry) * favour)).toBeLessThan(1e-12 * Math.max(1, odds(rise)))
            expect(Math.abs(odds(fall) - odds(exit) / favour)).toBeLessThan(1e-12 * Math.max(1, odds(fall)))
            const step = draw === undefined ? 0 : draw < rise ? 1 : draw > 1 - fall ? -1 : 0
            const tier = Math.max(0, Math.min(3, tierNames.indexOf(from) + step))
            expect(to).toBe(tierNames[tier])
            if (to !== from) steps++
            reached.add(to)
            cases++
          }
        },
      ),
      { numRuns: 1000, seed: 2 },
    )
    expect(cases).toBe(5000)
    expect(steps).toBeGreaterThan(60)
    expect(reached.size).toBe(4)
  })

  test('weighs threat by how weak Russia is, as the state before the summit has it', () => {
    const kaz = scenario.actors.indexOf('KAZ')
    const parameters = parametersOf(scenario, { coercion: 0.15, capacity_shift: -0.2, r_star: 0.5, m_threat: 6 })
    let felt = 0
    for (let run = 0; run < 20; run++) {
      const expected: number[] = []
      simulator.simulate(keyOf(6), run, parameters, ({ tick, prev, settings }) => {
        if (tick === 0 || tick % 4 !== 0) return
        const { r_star, r_width, m_threat } = P
        const side = (prev.capacity - settings.parameters[r_star]!) / settings.parameters[r_width]!
        const weakness = 0.5 * (1 - Math.max(-1, Math.min(1, side)))
        expected.push(-settings.parameters[m_threat]! * prev.threat[kaz]! * weakness)
      })
      const decisions = explainMembership(simulator, { key: keyOf(6), run, parameters }, kaz, 0)
      decisions.forEach(({ terms }, n) => {
        expect(terms.threat).toBeCloseTo(expected[n]!, 12)
        if (terms.threat < -0.01) felt++
      })
    }
    expect(felt).toBeGreaterThan(20)
  })
})
