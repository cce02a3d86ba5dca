import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createAttribution, type DriverName, driverNames } from '../../sim/model/attribution.ts'
import { indexNames } from '../../sim/model/indices.ts'
import { outcomes } from '../../sim/model/outcomes.ts'
import type { Sight } from '../../sim/model/simulate.ts'
import type { World } from '../../sim/model/world.ts'
import { address, behaviouralPoint, boundedPoint, documentedPoint, type Overrides } from './any-parameters.ts'
import { copyOf, runOf, simulatorOf } from './variant.ts'

const simulator = await simulatorOf()
const { model } = simulator
const { scenario } = model
const { S, D, P } = scenario.sizes
const few = { seed: 20251010, numRuns: 40 }

/** The largest distance between two columns; NaN where one is not finite. */
const furthest = (a: Float64Array, b: Float64Array) =>
  a.reduce((most, value, n) => Math.max(most, Math.abs(value - b[n]!)), 0)

/** Every state of a run, in order. `look` must not keep the world it is shown. */
function watch(
  overrides: Overrides,
  { seed, run }: { seed: number; run: number },
  look: (world: World, tick: number) => void,
) {
  return runOf(simulator, seed, run, overrides, ({ next, tick }: Sight) => look(next, tick))
}

const neutral = Object.fromEntries([...scenario.catalogue].map(([name, definition]) => [name, definition.neutral]))

describe('a world without drivers', () => {
  test('stays where it is, however it would respond', () => {
    fc.assert(
      fc.property(address, behaviouralPoint(scenario), (at, response) => {
        const result = watch({ ...neutral, ...response }, at, world => {
          expect(furthest(world.alignment, scenario.alignment0)).toBeLessThanOrEqual(1e-12)
          expect(world.tier).toEqual(scenario.tier0)
        })
        const start = result.indices.map((_, n) => result.indices[n % indexNames.length]!)
        expect(furthest(result.indices, start)).toBeLessThanOrEqual(1e-12)
        expect(outcomes[result.outcome]).toBe('status_quo')
        expect(new Set(result.actorOutcome)).toEqual(new Set([0]))
      }),
      few,
    )
  })

  test('is left by any one driver that is switched on', () => {
    for (const [name, value] of Object.entries({
      growth_china: 0.01,
      delivered: 0.9,
      coercion: 0.2,
      h_exit: 1,
      sigma: 0.1,
    })) {
      const result = runOf(simulator, 1, 0, { ...neutral, [name]: value })
      expect(Math.abs(result.final[0]! - result.indices[0]!), name).toBeGreaterThan(1e-9)
    }
  })
})

/** Ranges of the state, [low, high]. */
const ranges = {
  vitality: [0, 1],
  credibility: [0, 1],
  threat: [0, 1],
  insecurity: [0, 1],
  settlement: [0, 1],
  projects: [0, 1],
  operational: [0, 1],
  alignment: [0, 1],
  depth: [0, 1],
  tier: [0, 3],
} as const

function expectSound(world: World): void {
  for (let row = 0; row < S * D; row++) {
    const sum = world.alignment.subarray(row * P, (row + 1) * P).reduce((total, share) => total + share, 0)
    if (!(Math.abs(sum - 1) <= 1e-12)) expect.fail(`row ${row}: expected shares of sum 1, got ${sum}`)
  }
  expect(model.masked.every(cell => world.alignment[cell] === 0 && world.z[cell] === 0)).toBe(true)
  for (const [name, [low, high]] of Object.entries(ranges)) {
    for (const value of world[name as keyof typeof ranges]) {
      if (!(value >= low && value <= high + 1e-12)) expect.fail(`${name}: expected ${low} to ${high}, got ${value}`)
    }
  }
  for (const name of ['sanctions', 'delivered'] as const) expect(world[name] >= 0 && world[name] <= 1, name).toBe(true)
  expect(world.capacity >= 0.05 && world.capacity <= 1).toBe(true)
  expect([0, 1, 2]).toContain(world.war)
  expect([...world.depth]).toEqual(Array.from(world.tier, tier => scenario.depth[tier]!))
}

describe('every state', () => {
  test('has masked options', () => expect(model.masked.length).toBeGreaterThan(0))

  test('keeps shares on the simplex, masks at 0 and variables in their ranges', () => {
    fc.assert(
      fc.property(address, documentedPoint(scenario), (at, point) => {
        expect(watch(point, at, expectSound).failure).toBeUndefined()
      }),
      few,
    )
  })

  test('keeps them as well far outside the documented ranges, as long as it is finite', () => {
    let finite = 0
    fc.assert(
      fc.property(address, boundedPoint(scenario), (at, point) => {
        const result = watch(point, at, expectSound)
        if (result.failure === undefined) finite++
        else expect(result.failure).toMatchObject({ variable: expect.any(String), tick: expect.any(Number) })
      }),
      { ...few, numRuns: 100 },
    )
    expect(finite).toBeGreaterThan(50)
  })
})

describe('the parts of alignment', () => {
  const attribution = createAttribution(model)
  const split = (overrides: Overrides, seed: number, run: number) =>
    runOf(simulator, seed, run, overrides, attribution.onlooker)

  test('add up to the deviation, which is the change of log-odds', () => {
    fc.assert(
      fc.property(address, documentedPoint(scenario), ({ seed, run }, point) => {
        const { alignment, z } = split(point, seed, run).world
        const { alignment0 } = scenario
        for (let cell = 0; cell < z.length; cell++) {
          const sum = driverNames.reduce((total, name) => total + attribution.parts[name][cell]!, 0)
          if (Math.abs(sum - z[cell]!) > 1e-12) expect.fail(`cell ${cell}: expected ${z[cell]}, got ${sum}`)
          const own = cell - (cell % P) + P - 1
          if (alignment0[cell] === 0 || alignment0[own] === 0) continue
          const change = Math.log(alignment[cell]! / alignment[own]!) - Math.log(alignment0[cell]! / alignment0[own]!)
          if (Math.abs(change - (z[cell]! - z[own]!)) > 1e-10) expect.fail(`cell ${cell}: expected ${change}`)
        }
      }),
      few,
    )
  })

  const switches: Partial<Record<DriverName, Overrides>> = {
    growth: { b_growth: 0 },
    corridor: { b_corr: 0 },
    capacity: { b_cap: 0 },
    winwin: { b_win: 0 },
    threat: { b_band: 0, b_derisk: 0 },
    insecurity: { b_ins: 0 },
    sanctions: { b_sanc: 0 },
    hedging: { b_hedge: 0 },
    linkage: { link: 0 },
    peer: { b_peer: 0 },
    club: { b_club: 0 },
    leader: { leader_sd: 0 },
    generation: { gen_drift: 0 },
    project: { b_proj: 0 },
    noise: { sigma: 0 },
  }
  const eventful = { coercion: 0.15, insecurity_rate: 0.05, succession_rate: 0.1, capacity_shift: 0.2, support: 0.8 }

  test('have a switch each', () => expect(Object.keys(switches)).toEqual([...driverNames]))

  test.each(driverNames)('are without %s exactly when its sensitivity is 0', name => {
    const largest = () => attribution.parts[name].reduce((most, part) => Math.max(most, Math.abs(part)), 0)
    split(eventful, 3, 5)
    expect(largest()).toBeGreaterThan(1e-3)
    split({ ...eventful, ...switches[name] }, 3, 5)
    expect(largest()).toBe(0)
  })
})

describe('coercion', () => {
  test('hits as often as exposure, capacity and withheld win-win allow, and at most e² times so for lost influence', () => {
    const parameters = { coercion: 0.02, loss_coercion: 50, capacity_shift: -0.3, delivered: 0, sanctions: 1 }
    const { coercion_exposure } = scenario.constants
    let hits = 0
    let beyond = 0
    for (let run = 0; run < 40; run++) {
      runOf(simulator, 7, run, parameters, ({ tick, prev, next, scratch }) => {
        if (tick === 0) return
        for (let i = 0; i < S; i++) {
          if (next.threat[i]! <= prev.threat[i]!) continue
          const usual = 0.02 * coercion_exposure[i]! * (prev.capacity / 0.5) * ((1 - prev.delivered) / 0.5)
          const u = scratch.draws.coercion[i]!
          expect(u).toBeLessThan(Math.min(0.5, usual * Math.exp(2)))
          hits++
          if (u > usual * Math.exp(1)) beyond++
        }
      })
    }
    expect(hits).toBeGreaterThan(100)
    expect(beyond).toBeGreaterThan(10)
  })
})

describe('a run', () => {
  test('leaves alignment where it is without adjustment and shocks', () => {
    const frozen = { ...Object.fromEntries(scenario.domains.map(d => [`kappa_${d}`, 0])), sigma: 0 }
    fc.assert(
      fc.property(address, documentedPoint(scenario), (at, point) => {
        watch({ ...point, ...frozen }, at, ({ alignment, z }) => {
          expect(z.every(deviation => deviation === 0)).toBe(true)
          expect(furthest(alignment, scenario.alignment0)).toBeLessThanOrEqual(1e-12)
        })
      }),
      few,
    )
  })

  test('has the same bytes again, whatever ran before and in whichever simulator', async () => {
    const other = await simulatorOf()
    const look = () => {}
    fc.assert(
      fc.property(address, address, documentedPoint(scenario), boundedPoint(scenario), (at, before, point, wild) => {
        const first = copyOf(runOf(simulator, at.seed, at.run, point, look))
        runOf(other, before.seed, before.run, wild, look)
        expect(copyOf(runOf(other, at.seed, at.run, point, look))).toEqual(first)
      }),
      few,
    )
  })

  test('is not changed by an onlooker', () => {
    fc.assert(
      fc.property(address, documentedPoint(scenario), ({ seed, run }, point) => {
        const { indices, ...seen } = copyOf(runOf(simulator, seed, run, point, () => {})) as { indices: number[] }
        const { indices: short, ...alone } = copyOf(runOf(simulator, seed, run, point)) as { indices: number[] }
        expect(alone).toEqual(seen)
        const judged = -4 * indexNames.length
        expect(short.slice(judged)).toEqual(indices.slice(judged))
      }),
      few,
    )
  })

  test('has other bytes under another seed or at another address', () => {
    const bytes = (seed: number, run: number) => JSON.stringify(copyOf(runOf(simulator, seed, run, {})))
    expect(new Set([bytes(1, 0), bytes(2, 0), bytes(1, 1), bytes(4294967297, 0)]).size).toBe(4)
  })
})
