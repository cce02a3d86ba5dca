/**
 * Guards of what is concluded from runs. Others stand where their subject is:
 * generator, normals and neighbouring streams in core/random and core/normal · strata of designs in design/sample ·
 * coverage of Wilson's interval, beside Wald's, in analysis/intervals · a no-op edit, names, order, probability 0 and
 * horizons in model/metamorphic · weightless actors in model/cast · numbers that are not finite in model/events and
 * execute/failed-runs.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { keyOfSeed } from '../../sim/core/seed.ts'
import { createSampler } from '../../sim/design/sample.ts'
import { createModel } from '../../sim/model/model.ts'
import { createSimulator } from '../../sim/model/simulate.ts'
import type { Scenario } from '../../sim/scenario/compile.ts'
import { shippedScenario } from '../world.ts'

const runs = 8192
/** Mean gap of each run at the end. */
const gap = new Float64Array(runs)
/** Outcome of each actor in each run, [actors][runs]. */
let outcomes: Uint8Array[]
let scenario: Scenario

beforeAll(async () => {
  scenario = await shippedScenario('cis-plus-2030')
  const simulator = createSimulator(createModel(scenario))
  const sampler = createSampler(scenario, { design: 'monte-carlo', runs, seed: 'guards' })
  const parameters = scenario.parameters.slice()
  outcomes = scenario.actors.map(() => new Uint8Array(runs))
  for (let run = 0; run < runs; run++) {
    sampler.point(run, parameters)
    const result = simulator.simulate(keyOfSeed('guards'), run, parameters)
    let sum = 0
    const last = simulator.ticks * scenario.actors.length
    scenario.actors.forEach((_, i) => {
      sum += result.institutional[last + i]! - result.operational[last + i]!
      outcomes[i]![run] = result.actorOutcome[i]!
    })
    gap[run] = sum / scenario.actors.length
  }
})

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length

/** Slope of log error over log n, where the error is that of the means of 64 blocks of n runs each. */
function convergenceSlope(values: Float64Array): number {
  const truth = mean(values)
  const points = [8, 16, 32, 64, 128].map(n => {
    const squares = Array.from({ length: 64 }, (_, b) => (mean(values.subarray(b * n, (b + 1) * n)) - truth) ** 2)
    return [Math.log(n), Math.log(Math.sqrt(mean(squares)))] as const
  })
  const [x, y] = [mean(points.map(point => point[0])), mean(points.map(point => point[1]))]
  const above = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0)
  return above / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0)
}

describe('the error of a mean', () => {
  it('falls with the root of the number of runs', () => {
    expect(Math.abs(convergenceSlope(gap) + 0.5)).toBeLessThan(0.1)
  })

  it('would not, if runs drifted or shared their draws', () => {
    const drifting = gap.map((value, n) => value + (0.2 * n) / runs)
    expect(convergenceSlope(drifting)).toBeGreaterThan(-0.35)
    const repeating = gap.map((_, n) => gap[n - (n % 64)]!)
    expect(convergenceSlope(repeating)).toBeGreaterThan(-0.35)
  })
})

/** Share of comparisons of two samples of one scenario that call a difference at 5 %. */
function falseAlarms(of: (actor: number, run: number) => number, n = 128): number {
  let called = 0
  let compared = 0
  for (let actor = 0; actor < outcomes.length; actor++) {
    const usual = outcomes[actor]!.reduce(
      (counts, o) => counts.set(o, (counts.get(o) ?? 0) + 1),
      new Map<number, number>(),
    )
    const [common, count] = [...usual].sort((a, b) => b[1] - a[1])[0]!
    // Shares near 0 or 1 are no case for a normal approximation.
    if (count > 0.85 * runs) continue
    for (let first = 0; first + 2 * n <= runs; first += 2 * n) {
      const share = (from: number) => {
        let hits = 0
        for (let run = from; run < from + n; run++) if (of(actor, run) === common) hits++
        return hits / n
      }
      const [a, b] = [share(first), share(first + n)]
      const pooled = (a + b) / 2
      if (Math.abs(a - b) / Math.sqrt((2 * pooled * (1 - pooled)) / n) > 1.96) called++
      compared++
    }
  }
  expect(compared).toBeGreaterThan(200)
  return called / compared
}

describe('an A/A comparison of outcome shares', () => {
  it('raises false alarms at the declared rate of 5 %', () => {
    const rate = falseAlarms((actor, run) => outcomes[actor]![run]!)
    expect(rate).toBeGreaterThan(0.02)
    expect(rate).toBeLessThan(0.09)
  })

  it('would raise too many, if each run were counted four times', () => {
    expect(falseAlarms((actor, run) => outcomes[actor]![run - (run % 4)]!)).toBeGreaterThan(0.15)
  })
})
