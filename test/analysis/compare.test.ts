import { describe, expect, it } from 'vitest'
import { compareMoments, createComparison, createMoments } from '../../sim/analysis/compare.ts'
import { holm, marginTests, runsToDecide } from '../../sim/analysis/equivalence.ts'
import { quantity } from '../../sim/analysis/quantity.ts'
import { drawsOf } from '../../sim/analysis/resampling.ts'
import { normalQuantile } from '../../sim/core/normal.ts'
import { keyOfSeed } from '../../sim/core/seed.ts'
import { createSampler } from '../../sim/design/sample.ts'
import { indexNames } from '../../sim/model/indices.ts'
import { createModel } from '../../sim/model/model.ts'
import { outcomes } from '../../sim/model/outcomes.ts'
import { createSimulator } from '../../sim/model/simulate.ts'
import { shippedScenario } from '../world.ts'

const index = (name: string) => ({ name, kind: 'index' as const })
const share = (name: string) => ({ name, kind: 'share' as const })

/** Standard normals and uniforms of a seed. */
function chance(seed: string) {
  const draw = drawsOf(seed, 'compare')
  const uniform = () => (draw(4294967296) + 0.5) / 4294967296
  return { uniform, normal: () => normalQuantile(uniform()), draw }
}

describe('a comparison', () => {
  it('has the mean, interval and variance reduction of the paired t statistic worked by hand', () => {
    const comparison = createComparison([index('q')], { paired: true, smallestEffect: () => 0.1 })
    for (let n = 0; n < 40; n++) comparison.add(Float64Array.of(n), Float64Array.of(n + (n % 2)))
    const [found] = comparison.differences()
    // Differences are 0 and 1 in turn: mean 1/2, variance 10/39.
    expect(found!.difference.value).toBeCloseTo(0.5, 12)
    expect(found!.difference.upper - 0.5).toBeCloseTo(1.959964 * Math.sqrt(10 / 39 / 40), 6)
    // Values spread over 0 … 40, so the variances of a and b are near 40² / 12 each.
    expect(found!.varianceReduction).toBeGreaterThan(900)
    expect(found!.verdict).toBe('changed')
  })

  it('of runs with themselves is exactly 0 in every quantity, and unchanged', () => {
    const { normal, uniform } = chance('self')
    const quantities = [index('i'), share('s')]
    const comparison = createComparison(quantities, { paired: true, smallestEffect: () => 0.02 })
    for (let n = 0; n < 500; n++) {
      const run = Float64Array.of(normal(), uniform() < 0.2 ? 1 : 0)
      comparison.add(run, run.slice())
    }
    for (const { a, b, difference, verdict } of comparison.differences()) {
      expect(a).toBe(b)
      expect(difference.value).toBe(0)
      expect(verdict).toBe('unchanged')
    }
  })

  it('says of a share that no run changed how small a change it could have missed', () => {
    const comparison = createComparison([share('s')], { paired: true, smallestEffect: () => 0.001 })
    for (let n = 0; n < 50; n++) comparison.add(Float64Array.of(0), Float64Array.of(0))
    const [found] = comparison.differences()
    expect(found!.difference.upper).toBeGreaterThan(0.01)
    expect(found!.verdict).toBe('inconclusive')
    expect(found!.runsNeeded).toBeGreaterThan(50)
  })

  it('by means and variances alone is that of the runs without pairs, also of more runs on one side', () => {
    const { normal, uniform } = chance('moments')
    const quantities = [index('i'), share('s')]
    const comparison = createComparison(quantities, { paired: false, smallestEffect: () => 0.02 })
    const sides = [0, 1].map(() => quantities.map(() => createMoments()))
    const run = () => Float64Array.of(normal(), uniform() < 0.2 ? 1 : 0)
    const add = (side: number, values: Float64Array) => {
      for (const [n, value] of values.entries()) sides[side]![n]!.add(value)
    }
    for (let n = 0; n < 400; n++) {
      const [a, b] = [run(), run()]
      comparison.add(a, b)
      add(0, a)
      add(1, b)
    }
    const moments = () => sides.map(side => side.map(each => each.moments()))
    const [a, b] = moments()
    const found = compareMoments(quantities, a!, b!, { smallestEffect: () => 0.02 })
    comparison.differences().forEach((difference, n) => {
      expect(found[n]!.difference.lower).toBeCloseTo(difference.difference.lower, 12)
      expect(found[n]!.verdict).toBe(difference.verdict)
    })
    for (let n = 0; n < 4000; n++) add(0, run())
    const [more] = moments()
    const width = ({ difference }: { difference: { lower: number; upper: number } }) =>
      difference.upper - difference.lower
    const wider = compareMoments(quantities, more!, b!, { smallestEffect: () => 0.02 })
    // Of two variances of a mean one is a tenth: √(1.1 / 2) of the width.
    for (const n of [0, 1]) expect(width(wider[n]!) / width(found[n]!)).toBeCloseTo(Math.sqrt(0.5 + 0.5 / 11), 1)
  })

  it('needs 30 runs', () => {
    const comparison = createComparison([index('q')], { paired: true, smallestEffect: () => 0.1 })
    for (let n = 0; n < 29; n++) comparison.add(Float64Array.of(n), Float64Array.of(n))
    expect(() => comparison.differences()).toThrow('at least 30 runs in both, got 29')
  })
})

describe('over simulated comparisons', () => {
  const quantities = [
    ...Array.from({ length: 8 }, (_, n) => index(`i${n}`)),
    ...Array.from({ length: 4 }, (_, n) => share(`s${n}`)),
  ]

  /** Share of comparisons with any verdict of a kind, where b − a has a mean of `shift`. */
  function rate(verdict: string, shift: number, margin: number, paired: boolean, comparisons: number): number {
    let alarms = 0
    const { normal, uniform } = chance(`${verdict} ${shift} ${paired}`)
    for (let c = 0; c < comparisons; c++) {
      const comparison = createComparison(quantities, { paired, smallestEffect: () => margin })
      for (let n = 0; n < 100; n++) {
        const a = Float64Array.from(quantities, ({ kind }) => (kind === 'index' ? normal() : uniform() < 0.3 ? 1 : 0))
        const b = Float64Array.from(quantities, ({ kind }) =>
          kind === 'index' ? normal() + shift : uniform() < 0.3 + shift ? 1 : 0,
        )
        comparison.add(a, b)
      }
      if (comparison.differences().some(found => found.verdict === verdict)) alarms++
    }
    return alarms / comparisons
  }

  it.each([true, false])(
    'nothing changed: at most 5 % of 1,000 raise any alarm, with no margin at all (paired: %s)',
    paired => {
      const alarms = rate('changed', 0, 0, paired, 1000)
      // A true rate of 5 % stays below 7 % with probability 0.998.
      expect(alarms).toBeLessThan(0.07)
      expect(alarms).toBeGreaterThan(0.01)
    },
  )

  it('everything changed by just the margin: at most 5 % of 1,000 claim any equivalence', () => {
    expect(rate('unchanged', 0.3, 0.3, false, 1000)).toBeLessThan(0.07)
  })

  it('a large change is found, and none is found equivalent to it', () => {
    expect(rate('changed', 0.6, 0.02, true, 50)).toBe(1)
    expect(rate('unchanged', 0.6, 0.02, true, 50)).toBe(0)
  })
})

it('the main scenario against itself with other draws raises an alarm in at most 5 % of 1,000 comparisons', async () => {
  const scenario = await shippedScenario('cis-plus-2030')
  const simulator = createSimulator(createModel(scenario))
  const sampler = createSampler(scenario, { design: 'monte-carlo', runs: 2000, seed: 'alarms' })
  const names = [...outcomes.map(name => share(`class=${name}`)), ...indexNames.map(index)]
  const parameters = scenario.parameters.slice()
  const runs = Array.from({ length: 2000 }, (_, run) => {
    sampler.point(run, parameters)
    const { outcome, final } = simulator.simulate(keyOfSeed('12'), run, parameters)
    return Float64Array.of(...outcomes.map((_, n) => (n === outcome ? 1 : 0)), ...final)
  })
  const { draw } = chance('other draws')
  let alarms = 0
  for (let c = 0; c < 1000; c++) {
    const comparison = createComparison(names, { paired: false, smallestEffect: () => 0 })
    for (let n = 0; n < 150; n++) comparison.add(runs[draw(2000)]!, runs[draw(2000)]!)
    if (comparison.differences().some(({ verdict }) => verdict === 'changed')) alarms++
  }
  expect(alarms / 1000).toBeLessThan(0.07)
})

describe('the tests behind the verdicts', () => {
  it('are those of the normal distribution', () => {
    const { pChanged, pUnchanged } = marginTests(1.96, 0, 1)
    expect(pChanged).toBeCloseTo(0.05, 3)
    expect(pUnchanged).toBeCloseTo(0.975, 3)
    expect(marginTests(0, 1.645, 1).pUnchanged).toBeCloseTo(0.05, 3)
  })

  it('Holm keeps the order, and multiplies the smallest by all', () => {
    expect(holm([0.5, 0.001, 0.02])).toEqual([0.5, 0.003, 0.04])
    expect(holm([])).toEqual([])
  })

  it('the runs that would decide do decide', () => {
    const runs = runsToDecide(100, 0.05, 0.02, 0.02, { alpha: 0.05, quantities: 10 })
    expect(marginTests(0.05, 0.02, 0.02 * Math.sqrt(100 / runs)).pChanged).toBeLessThanOrEqual(0.005)
    expect(marginTests(0.05, 0.02, 0.02 * Math.sqrt(100 / (runs - 2))).pChanged).toBeGreaterThan(0.005)
  })
})

describe('quantities', () => {
  const columns = ['outcome', 'gap', 'KAZ_ID', 'KAZ_OP', 'KAZ_outcome']

  it.each([
    ['class=dualty', 'did you mean `duality`'],
    ['gapp', 'did you mean `gap`'],
    ['KAZ_gab', 'did you mean `KAZ_gap`'],
    ['USA_class=duality', 'expected an index'],
  ])('%s is refused with help', (text, help) => {
    expect(() => quantity(text, columns)).toThrow(help)
  })

  it('of an actor are its outcome and its gap', () => {
    expect(quantity('KAZ_class=realignment', columns).read({ KAZ_outcome: 4 })).toBe(1)
    expect(quantity('KAZ_gap', columns).read({ KAZ_ID: 0.75, KAZ_OP: 0.5 })).toBe(0.25)
  })
})
