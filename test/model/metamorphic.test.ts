import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSampler } from '../../sim/design/sample.ts'
import { I, indexNames } from '../../sim/model/indices.ts'
import { isSummit } from '../../sim/model/schedule.ts'
import type { Simulator } from '../../sim/model/simulate.ts'
import { compileScenario } from '../../sim/scenario/compile.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { address, documentedPoint, type Overrides } from './any-parameters.ts'
import { copyOf, event, runOf, simulatorFor, simulatorOf, variant } from './variant.ts'

/** What changes when the question changes in a way that must, or must not, matter. */

const base = await variant()
const plain = await simulatorOf()
const { scenario } = plain.model
const few = { seed: 8, numRuns: 25 }
const width = indexNames.length
const look = () => {}
const everything = (simulator: Simulator, seed: number, run: number, overrides: Overrides) =>
  copyOf(runOf(simulator, seed, run, overrides, look))

/** Index rows before tick `end`. */
const rows = (simulator: Simulator, seed: number, run: number, overrides: Overrides, end: number) => [
  ...runOf(simulator, seed, run, overrides, look).indices.slice(0, end * width),
]

const firstTick = 6
const surge = { parameter: 'growth_china', add: 0.02 }
const surged = await simulatorOf({ events: { later: event([surge]) } })

describe('an edit that says nothing new', () => {
  const edits: Record<string, (document: ScenarioDocument) => ScenarioDocument> = {
    'naming an actor anew': document => ({
      ...document,
      actors: { ...document.actors, KAZ: { ...document.actors.KAZ!, name: 'Republic of Kazakhstan' } },
    }),
    'another title, question and note': document => ({ ...document, title: 'A', question: 'B', note: 'C' }),
    'reordering sources and parameters': document => ({
      ...document,
      sources: Object.fromEntries(Object.entries(document.sources).reverse()),
      parameters: Object.fromEntries(Object.entries(document.parameters).reverse()),
    }),
    'writing a default out': document => ({ ...document, parameters: { ...document.parameters, b_win: 0.8 } }),
  }

  test.each(Object.entries(edits))('%s changes nothing', (_, edit) => {
    const edited = simulatorFor(edit(base))
    fc.assert(
      fc.property(address, documentedPoint(scenario), ({ seed, run }, point) => {
        expect(everything(edited, seed, run, point)).toEqual(everything(plain, seed, run, point))
      }),
      few,
    )
  })

  test('giving an actor another id changes nothing, since draws belong to its code', () => {
    const renamed = JSON.parse(JSON.stringify(base).replaceAll('"KAZ"', '"QAZ"')) as ScenarioDocument
    expect(compileScenario(renamed).actors).toContain('QAZ')
    expect(everything(simulatorFor(renamed), 4, 2, {})).toEqual(everything(plain, 4, 2, {}))
  })

  test('reordering the uncertainties changes no sampled value and no run', async () => {
    const names = ['b_win', 'coercion', 'h_exit', 'sigma']
    const uncertainties = Object.fromEntries(names.map(name => [name, { distribution: 'uniform', low: 0, high: 0.1 }]))
    const [one, other] = await Promise.all([
      simulatorOf({ uncertainties }),
      simulatorOf({ uncertainties: Object.fromEntries(Object.entries(uncertainties).reverse()) }),
    ])
    expect(one.model.scenario.uncertainties[0]!.name).not.toBe(other.model.scenario.uncertainties[0]!.name)
    for (const design of ['monte-carlo', 'latin-hypercube'] as const) {
      const [a, b] = [one, other].map(s => createSampler(s.model.scenario, { design, runs: 50, seed: '9' }))
      const [first, second] = [scenario.parameters.slice(), scenario.parameters.slice()]
      for (let run = 0; run < 50; run++) {
        a!.point(run, first)
        b!.point(run, second)
        expect(second).toEqual(first)
      }
    }
  })
})

describe('events and draws', () => {
  test('an event of probability 0 is no event, bit for bit', async () => {
    const never = await simulatorOf({ events: { never: event([surge], { probability: 0 }) } })
    fc.assert(
      fc.property(address, documentedPoint(scenario), ({ seed, run }, point) => {
        expect(everything(never, seed, run, point)).toEqual(everything(plain, seed, run, point))
      }),
      few,
    )
  })

  test('an added event moves no draw and no other event', async () => {
    const draws = (simulator: Simulator, seed: number, run: number) => {
      const seen: unknown[] = []
      const { occurrences } = runOf(simulator, seed, run, {}, ({ tick, scratch, settings }) => {
        // Between summits the draws of the last one stay, of whichever run that was.
        const { membership, words: _, shared: _s, sharedNext: _n, ...drawn } = scratch.draws
        if (tick > 0) seen.push(JSON.stringify(isSummit(tick, settings) ? { ...drawn, membership } : drawn))
      })
      return { seen, chance: occurrences.filter(({ event: n }) => simulator.model.scenario.events[n]!.id === 'chance') }
    }
    const chance = event([{ driver: 'sanctions', add: -0.1 }], {
      at: undefined,
      window: ['2026Q1', '2030Q4'],
      probability: 0.5,
    })
    const one = await simulatorOf({ events: { chance } })
    const both = await simulatorOf({ events: { earlier: event([surge]), chance } })
    let happened = 0
    for (let run = 0; run < 20; run++) {
      const [alone, together] = [draws(one, 6, run), draws(both, 6, run)]
      expect(together.seen).toEqual(alone.seen)
      expect(together.chance.map(({ start, end }) => [start, end])).toEqual(
        alone.chance.map(({ start, end }) => [start, end]),
      )
      happened += alone.chance.length
    }
    expect(happened).toBeGreaterThan(3)
    expect(happened).toBeLessThan(17)
  })

  test('two events with the same chance happen independently', async () => {
    const even = (title: string) => event([surge], { title, probability: 0.5 })
    const two = await simulatorOf({ parameters: { horizon: 6 }, events: { one: even('One'), other: even('Other') } })
    const counts = [0, 0, 0]
    for (let run = 0; run < 1000; run++) counts[runOf(two, 12, run).occurrences.length]!++
    // Three standard deviations of 1000 draws: 42 about 250 each, 48 about 500.
    expect(Math.abs(counts[0]! - 250)).toBeLessThan(42)
    expect(Math.abs(counts[1]! - 500)).toBeLessThan(48)
    expect(Math.abs(counts[2]! - 250)).toBeLessThan(42)
  })

  test('windows are used from the first quarter to the last, and chances are kept', async () => {
    const windowed = await simulatorOf({
      parameters: { horizon: 4 },
      events: { chance: event([surge], { at: undefined, window: ['2026Q1', '2026Q4'], probability: 0.3 }) },
    })
    const starts = Array.from({ length: 2000 }, (_, run) => runOf(windowed, 12, run).occurrences[0]?.start ?? 0)
    const counts = [0, 1, 2, 3, 4].map(tick => starts.filter(start => start === tick).length)
    // Three standard deviations of 2000 draws: 61 about 1400, 36 about 150 each.
    expect(Math.abs(counts[0]! - 1400)).toBeLessThan(62)
    for (const count of counts.slice(1)) expect(Math.abs(count - 150)).toBeLessThan(37)
  })
})

describe('time', () => {
  test.each([
    ['an event', surged, {}],
    ['a common shock', plain, { shock_tick: firstTick }],
  ] as const)('%s changes nothing before its quarter and something from then on', (_, changed, overrides) => {
    fc.assert(
      fc.property(address, documentedPoint(scenario), ({ seed, run }, point) => {
        const without = { ...point, b_growth: 0.5 }
        const with_ = { ...without, ...overrides }
        expect(rows(changed, seed, run, with_, firstTick)).toEqual(rows(plain, seed, run, without, firstTick))
        expect(rows(changed, seed, run, with_, 21)).not.toEqual(rows(plain, seed, run, without, 21))
      }),
      few,
    )
  })

  test('a shorter horizon is the beginning of a longer one', async () => {
    const long = await simulatorOf({ parameters: { horizon: 33 } })
    for (const horizon of [1, 2, 3, 7, 20]) {
      const short = await simulatorOf({ parameters: { horizon } })
      fc.assert(
        fc.property(address, documentedPoint(scenario), ({ seed, run }, point) => {
          expect(rows(short, seed, run, point, horizon + 1)).toEqual(rows(long, seed, run, point, horizon + 1))
        }),
        { ...few, numRuns: 8 },
      )
    }
  })

  test('a horizon below four quarters is judged by the quarters there are, without the start', async () => {
    for (const horizon of [1, 2, 3, 4, 5]) {
      const { indices, final } = runOf(await simulatorOf({ parameters: { horizon } }), 3, 3, {}, look)
      const judged = [...Array(horizon + 1).keys()].slice(1).slice(-4)
      const mean = judged.reduce((sum, tick) => sum + indices[tick * width + I.OP]!, 0) / judged.length
      expect(final[I.OP]).toBeCloseTo(mean, 14)
    }
  })
})
