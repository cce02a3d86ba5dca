import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keyOf } from '../../sim/core/random.ts'
import { createModel } from '../../sim/model/model.ts'
import { outcomes, scoreRun } from '../../sim/model/outcomes.ts'
import { createSimulator, type Sight } from '../../sim/model/simulate.ts'
import { createTimeline, judgedSoFar, type Moment, outcomePath, warPhases } from '../../sim/model/timeline.ts'
import { compileScenario } from '../../sim/scenario/compile.ts'
import { tierNames } from '../../sim/scenario/names.ts'
import { P } from '../../sim/scenario/parameter.ts'
import { address, documentedPoint } from '../model/any-parameters.ts'
import { event, variant } from '../model/variant.ts'
import { shippedScenario } from '../world.ts'
import { parametersOf } from './batches.ts'

const scenario = await shippedScenario('cis-plus-2030')
const model = createModel(scenario)
const simulator = createSimulator(model)
const { M } = scenario.sizes

const count = (moments: readonly Moment[], kind: Moment['kind']) =>
  moments.filter(moment => moment.kind === kind).length

describe('the timeline of a run', () => {
  test('accounts for every hit, shock, phase, tier and class of 300 random runs', () => {
    let seen = 0
    fc.assert(
      fc.property(address, documentedPoint(scenario), ({ seed, run }, point) => {
        const timeline = createTimeline(model)
        let shocks = 0
        let disruptions = 0
        const watch = (sight: Sight) => {
          timeline.onlooker(sight)
          if (sight.tick === 0) return
          const { parameters, constants } = sight.settings
          const { draws } = sight.scratch
          draws.insecurity.forEach((u, i) => {
            if (u < parameters[P.insecurity_rate]! * constants.insecurity[i]!) shocks++
          })
          draws.disruption.forEach(u => {
            if (u < parameters[P.disruption]!) disruptions++
          })
        }
        const result = simulator.simulate(keyOf(seed), run, parametersOf(scenario, point), watch)
        const moments = timeline.moments(result)
        expect(count(moments, 'coercion')).toBe(result.world.coercions)
        expect(count(moments, 'insecurity')).toBe(shocks)
        expect(count(moments, 'disruption')).toBe(disruptions)
        expect(moments.filter(moment => moment.kind === 'event' && !moment.ends)).toHaveLength(
          result.occurrences.length,
        )
        expect(moments.map(({ tick }) => tick)).toEqual(moments.map(({ tick }) => tick).sort((a, b) => a - b))
        const tiers = scenario.tier0.slice()
        let war: string = warPhases[0]
        for (const moment of moments) {
          if (moment.kind === 'tier') {
            const cell = scenario.actors.indexOf(moment.actor) * M + scenario.institutions.indexOf(moment.institution)
            expect(tierNames[tiers[cell]!]).toBe(moment.from)
            tiers[cell] = tierNames.indexOf(moment.to)
          } else if (moment.kind === 'war') {
            expect(moment.from).toBe(war)
            war = moment.to
          }
        }
        expect([...tiers]).toEqual([...result.world.tier])
        expect(war).toBe(warPhases[result.world.war])
        seen += moments.length
      }),
      { numRuns: 300, seed: 1 },
    )
    expect(seen).toBeGreaterThan(300 * 20)
  })

  test('judges the last tick as the engine does, bit for bit', () => {
    const ends = new Set<string>()
    fc.assert(
      fc.property(address, documentedPoint(scenario), ({ seed, run }, point) => {
        const timeline = createTimeline(model)
        const result = simulator.simulate(keyOf(seed), run, parametersOf(scenario, point), timeline.onlooker)
        const scores = new Float64Array(outcomes.length)
        scoreRun(scores, judgedSoFar(result.indices, simulator.ticks), scenario.document.thresholds)
        expect([...scores]).toEqual([...result.scores])
        const path = outcomePath(result.indices, simulator.ticks, scenario.document.thresholds)
        expect(path).toHaveLength(simulator.ticks + 1)
        expect(path.at(-1)).toBe(outcomes[result.outcome])
        const turns = timeline.moments(result).filter(moment => moment.kind === 'outcome')
        expect(turns.at(-1)?.to ?? 'status_quo').toBe(path.at(-1))
        ends.add(path.at(-1)!)
      }),
      { numRuns: 200, seed: 2 },
    )
    expect(ends.size).toBeGreaterThan(3)
  })

  test('tells a step that an event made from one of a summit', () => {
    const runs = Array.from({ length: 40 }, (_, run) => {
      const timeline = createTimeline(model)
      const result = simulator.simulate(keyOf(3), run, scenario.parameters, timeline.onlooker)
      return timeline.moments(result)
    })
    const exits = runs.flat().filter(moment => moment.kind === 'tier' && moment.actor === 'ARM' && moment.byEvent)
    expect(exits.length).toBeGreaterThan(5)
    for (const moments of runs) {
      for (const moment of moments) {
        if (moment.kind === 'tier' && !moment.byEvent) expect(moment.tick % 4).toBe(0)
      }
    }
  })

  test('tells a phase of the war that an event made from one of chance', async () => {
    const talks = event([{ driver: 'war', set: 1 }], { duration: 2 })
    const at = createSimulator(createModel(compileScenario(await variant({ events: { talks } }))))
    const timeline = createTimeline(at.model)
    let byChance = 0
    for (let run = 0; run < 30; run++) {
      const result = at.simulate(keyOf(5), run, at.model.scenario.parameters, timeline.onlooker)
      const phases = timeline.moments(result).filter(moment => moment.kind === 'war')
      if (!phases.some(({ tick }) => tick < 6)) {
        expect(phases[0]).toEqual({ tick: 6, kind: 'war', from: 'war', to: 'ceasefire', byEvent: true })
      }
      byChance += phases.filter(({ byEvent }) => !byEvent).length
    }
    expect(byChance).toBeGreaterThan(5)
  })

  test('starts anew with each run and changes nothing in it', () => {
    const timeline = createTimeline(model)
    const watched = (run: number) => {
      const result = simulator.simulate(keyOf(4), run, scenario.parameters, timeline.onlooker)
      return { moments: timeline.moments(result), final: [...result.final] }
    }
    const first = watched(1)
    expect(watched(2)).not.toEqual(first)
    expect(watched(1)).toEqual(first)
    const bare = simulator.simulate(keyOf(4), 1, scenario.parameters)
    expect([...bare.scores]).toEqual([
      ...simulator.simulate(keyOf(4), 1, scenario.parameters, timeline.onlooker).scores,
    ])
  })
})
