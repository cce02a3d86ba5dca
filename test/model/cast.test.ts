import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createAttribution } from '../../sim/model/attribution.ts'
import { I, indexNames } from '../../sim/model/indices.ts'
import type { Simulator } from '../../sim/model/simulate.ts'
import { address, documentedPoint, type Overrides } from './any-parameters.ts'
import { runOf, simulatorFor, simulatorOf, variant } from './variant.ts'

/** What actors and institutions there are, and in which order. */

const base = await variant()
const plain = await simulatorOf()
const { scenario } = plain.model
const few = { seed: 8, numRuns: 25 }
const width = indexNames.length
const look = () => {}

describe('the cast', () => {
  const { actors } = base
  const finals = (simulator: Simulator, seed: number, run: number, point: Overrides) => {
    const { world, indices, scores } = runOf(simulator, seed, run, point, look)
    const { actors: ids, sizes } = simulator.model.scenario
    const cells = sizes.D * sizes.P
    const alignment = new Map(ids.map((id, i) => [id, [...world.alignment.subarray(i * cells, (i + 1) * cells)]]))
    const system = [...indices].filter((_, n) => n % width !== I.coercions)
    return { alignment, system: [...system, ...scores] }
  }
  const furthest = (a: readonly number[], b: readonly number[]) =>
    a.reduce((most, v, n) => Math.max(most, Math.abs(v - b[n]!)), 0)

  test('in another order plays the same', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(Object.keys(actors), { minLength: 22 }),
        address,
        documentedPoint(scenario),
        (order, { seed, run }, point) => {
          const shuffled = simulatorFor({ ...base, actors: Object.fromEntries(order.map(id => [id, actors[id]!])) })
          const [got, expected] = [finals(shuffled, seed, run, point), finals(plain, seed, run, point)]
          expect(furthest(got.system, expected.system)).toBeLessThanOrEqual(1e-9)
          for (const [id, shares] of expected.alignment)
            expect(furthest(got.alignment.get(id)!, shares)).toBeLessThanOrEqual(1e-9)
        },
      ),
      few,
    )
  })

  test.each([true, false])('is not moved by one more actor without weight, region and CIS Plus (core: %s)', core => {
    const { region: _, ...model } = actors.UZB!
    const without = (table: Record<string, number>) =>
      Object.fromEntries(Object.entries(table).filter(([id]) => id !== 'CISPLUS'))
    const extra = {
      ...model,
      code: 7777,
      core,
      weight: { ...model.weight, value: 0 },
      up_appetite: { ...model.up_appetite, value: without(model.up_appetite.value) },
      down_tendency: { ...model.down_tendency, value: without(model.down_tendency.value) },
      tiers: { ...model.tiers, value: { CIS: 'member' as const } },
    }
    const larger = simulatorFor({ ...base, actors: { ...actors, NEW: extra } })
    fc.assert(
      fc.property(address, documentedPoint(scenario), ({ seed, run }, point) => {
        const [got, expected] = [finals(larger, seed, run, point), finals(plain, seed, run, point)]
        expect(got.alignment.size).toBe(23)
        expect(furthest(got.system, expected.system)).toBeLessThanOrEqual(1e-12)
        for (const [id, shares] of expected.alignment)
          expect(furthest(got.alignment.get(id)!, shares)).toBeLessThanOrEqual(1e-12)
      }),
      few,
    )
  })
})

describe('an institution that does not exist', () => {
  test.each(['CISPLUS', 'OTS', 'EAEU'])('%s has no members, ever, and no effect', async id => {
    const absent = await simulatorOf({ institutions: { [id]: { exists: false } } })
    const livelier = await simulatorOf({
      institutions: { [id]: { exists: false, vitality0: { value: 0.9, source: 'JUDGE', grade: 'D' } } },
    })
    const m = scenario.institutions.indexOf(id)
    const { M } = scenario.sizes
    fc.assert(
      fc.property(address, documentedPoint(scenario), ({ seed, run }, point) => {
        const lively = { ...point, h_entry: 5 }
        const without = runOf(absent, seed, run, lively, ({ next }) => {
          expect(next.tier.some((tier, cell) => cell % M === m && tier > 0)).toBe(false)
        })
        const copied = [...without.world.alignment]
        expect([...runOf(livelier, seed, run, lively).world.alignment]).toEqual(copied)
        expect([...runOf(plain, seed, run, lively).world.alignment]).not.toEqual(copied)
      }),
      few,
    )
  })

  test('leaves the club to the others', async () => {
    const others = Object.fromEntries(scenario.institutions.slice(1).map(id => [id, { exists: false }]))
    const alone = await simulatorOf({ institutions: others })
    const attribution = createAttribution(alone.model)
    runOf(alone, 1, 1, { delivered: 0.9 }, attribution.onlooker)
    // The CIS serves the Russian option alone.
    const { P } = scenario.sizes
    expect(attribution.parts.club.every((part, cell) => cell % P === 0 || part === 0)).toBe(true)
    expect(attribution.parts.club.some(part => part !== 0)).toBe(true)
    expect(attribution.parts.winwin.some(part => part !== 0)).toBe(true)
  })
})
