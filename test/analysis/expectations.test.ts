import { describe, expect, it } from 'vitest'
import type { Moments } from '../../sim/analysis/compare.ts'
import {
  type Evidence,
  measureDistance,
  measureFact,
  measureMean,
  measureMedian,
  measureShare,
} from '../../sim/analysis/expectation-evidence.ts'
import { gateError, gateVerdict, judge } from '../../sim/analysis/expectations.ts'
import { drawsOf } from '../../sim/analysis/resampling.ts'
import { binomialTail } from '../../sim/core/distributions.ts'
import { normalQuantile } from '../../sim/core/normal.ts'

const verdict = (evidence: Evidence) => judge([evidence])[0]!

/** Standard normals and uniforms of a seed. */
function chance(seed: string) {
  const draw = drawsOf(seed, 'gate')
  const uniform = () => (draw(4294967296) + 0.5) / 4294967296
  return { uniform, normal: () => normalQuantile(uniform()) }
}

describe('the binomial tail', () => {
  it.each([
    [3, 10, 0.2],
    [0, 5, 0.5],
    [6, 5, 0.5],
    [40, 60, 0.6],
  ])('of %i of %i at %f is the sum of its terms', (count, runs, share) => {
    let [sum, term] = [0, (1 - share) ** runs]
    for (let k = 0; k <= runs; k++) {
      if (k >= count) sum += term
      term *= ((runs - k) / (k + 1)) * (share / (1 - share))
    }
    expect(binomialTail(count, runs, share)).toBeCloseTo(sum, 10)
  })

  it('is near the normal one for a million runs', () => {
    expect(binomialTail(500_000 + 980, 1e6, 0.5)).toBeCloseTo(0.025, 3)
  })
})

describe('what runs say of an expectation', () => {
  it('a share has the interval of Clopper and Pearson as it is tabled', () => {
    const { found } = measureShare(10, 100, {})
    expect([found!.lower, found!.upper].map(x => x.toFixed(4))).toEqual(['0.0490', '0.1762'])
    expect(measureShare(0, 10, {}).found!.upper.toFixed(4)).toBe('0.3085')
    expect(measureShare(10, 10, {}).found!.lower.toFixed(4)).toBe('0.6915')
  })

  it('is met just where the interval lies inside the bounds', () => {
    for (let count = 0; count <= 100; count++) {
      const { found, evidence } = measureShare(count, 100, { atLeast: 0.1, atMost: 0.3 })
      expect(evidence.pMet <= 0.025, String(count)).toBe(found!.lower >= 0.1 && found!.upper <= 0.3)
    }
  })

  it('a median has the order statistics of the sign test as its interval', () => {
    const sorted = Float64Array.from({ length: 100 }, (_, n) => n + 1)
    // Conover: the 40th and the 61st of 100 hold the median in 96.5 % of samples.
    expect(measureMedian(sorted, {}).found).toEqual({ value: 50.5, lower: 40, upper: 61 })
    expect(verdict(measureMedian(sorted, { atMost: 65 }).evidence).verdict).toBe('met')
    expect(verdict(measureMedian(sorted, { atMost: 35 }).evidence).verdict).toBe('not met')
    expect(verdict(measureMedian(sorted, { atLeast: 45 }).evidence).verdict).toBe('inconclusive')
  })

  it('a bound that says nothing is met', () => {
    expect(verdict(measureShare(0, 40, { atLeast: 0, atMost: 1 }).evidence).verdict).toBe('met')
  })

  it('a mean that never varies is as it is', () => {
    const still: Moments = { runs: 50, mean: 0.2, variance: 0 }
    expect(verdict(measureMean(still, { atMost: 0.2 }).evidence).verdict).toBe('met')
    expect(verdict(measureMean(still, { atMost: 0.1 }).evidence).verdict).toBe('not met')
  })

  it('the runs that would decide do decide, if what was found stays', () => {
    const { evidence } = measureMean({ runs: 100, mean: 0.48, variance: 0.04 }, { atMost: 0.5 })
    const { verdict: open, runsNeeded } = verdict(evidence)
    expect(open).toBe('inconclusive')
    const more = measureMean({ runs: runsNeeded!, mean: 0.48, variance: 0.04 }, { atMost: 0.5 })
    const fewer = measureMean({ runs: runsNeeded! - 3, mean: 0.48, variance: 0.04 }, { atMost: 0.5 })
    expect(verdict(more.evidence).verdict).toBe('met')
    expect(verdict(fewer.evidence).verdict).toBe('inconclusive')
  })

  it('a fact is known, or not yet', () => {
    const verdicts = judge([true, false, undefined].map(holds => measureFact(holds, 10).evidence))
    expect(verdicts.map(each => each.verdict)).toEqual(['met', 'not met', 'inconclusive'])
    expect(verdicts[2]!.runsNeeded).toBeNull()
  })

  it('a gate is met when all are, not met when one is not, and never met by nothing', () => {
    expect(gateVerdict([{ verdict: 'met' }, { verdict: 'met' }])).toBe('met')
    expect(gateVerdict([{ verdict: 'met' }, { verdict: 'inconclusive' }])).toBe('inconclusive')
    expect(gateVerdict([{ verdict: 'inconclusive' }, { verdict: 'not met' }])).toBe('not met')
    expect(gateVerdict([])).toBe('inconclusive')
  })
})

describe('over simulated gates of five expectations', () => {
  const gates = 2000
  /** More than this of 2,000 has a chance below 0.001 at the declared rate. */
  const most = gateError + 3.1 * Math.sqrt((gateError * (1 - gateError)) / gates)

  /** What 200 runs of a world say: shares of 0.2 and means, medians and distances of 0, against bounds so far away. */
  function evidenceOf({ uniform, normal }: ReturnType<typeof chance>, slack: number): Evidence[] {
    const runs = 200
    let hits = 0
    for (let n = 0; n < runs; n++) if (uniform() < 0.2) hits++
    const values = () => Float64Array.from({ length: runs }, normal)
    const moments = (): Moments => {
      const sample = values()
      const mean = sample.reduce((sum, x) => sum + x, 0) / runs
      return { runs, mean, variance: sample.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (runs - 1) }
    }
    const { mean, variance } = moments()
    const half = normalQuantile(0.975) * Math.sqrt(variance / runs)
    // The true distance is 0.3; it may be that and the slack.
    const difference = { value: mean + 0.3, lower: mean + 0.3 - half, upper: mean + 0.3 + half }
    return [
      measureShare(hits, runs, { atMost: 0.2 + slack / 2 }),
      measureShare(hits, runs, { atLeast: 0.2 - slack / 2 }),
      measureMean(moments(), { atMost: slack }),
      measureMedian(values().sort(), { atLeast: -slack }),
      measureDistance({ difference }, 0.3 + slack, runs),
    ].map(({ evidence }) => evidence)
  }

  const rate = (name: string, slack: number, is: (evidence: Evidence[]) => boolean) => {
    const world = chance(name)
    let times = 0
    for (let gate = 0; gate < gates; gate++) if (is(evidenceOf(world, slack))) times++
    return times / gates
  }

  it('everything just holds: “not met” is claimed of any in at most the declared rate', () => {
    const alarms = rate('holds', 0, evidence => gateVerdict(judge(evidence)) === 'not met')
    expect(alarms).toBeLessThan(most)
    expect(alarms).toBeGreaterThan(0.003)
  })

  it('without the adjustment it would be claimed too often', () => {
    expect(rate('holds', 0, evidence => evidence.some(({ pNotMet }) => pNotMet <= gateError))).toBeGreaterThan(most)
  })

  it('one just does not hold: the gate is passed in at most the declared rate', () => {
    const passes = rate('one', 0.4, evidence => {
      // Four hold by far; the mean is at its bound and just not below.
      const world = chance(`one ${evidence[2]!.pMet}`)
      const edge = measureMean({ runs: 200, mean: world.normal() / Math.sqrt(200), variance: 1 }, { atMost: -1e-9 })
      return gateVerdict(judge(evidence.map((each, n) => (n === 2 ? edge.evidence : each)))) === 'met'
    })
    expect(passes).toBeLessThan(most)
    expect(passes).toBeGreaterThan(0.003)
  })

  it('all hold by far: the gate is passed', () => {
    expect(rate('far', 0.5, evidence => gateVerdict(judge(evidence)) === 'met')).toBeGreaterThan(0.99)
  })
})
