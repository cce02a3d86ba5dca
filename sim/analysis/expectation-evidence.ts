import { betaQuantile, binomialTail, normalCdf } from '../core/distributions.ts'
import { normalQuantile } from '../core/normal.ts'
import type { Difference, Moments } from './compare.ts'
import { marginTests } from './equivalence.ts'
import type { Estimate } from './resampling.ts'

/** Bounds of what is expected, both counted in. */
export interface Bounds {
  readonly atLeast?: number | undefined
  readonly atMost?: number | undefined
}

/** What runs say of an expectation. */
export interface Evidence {
  /** Of the hypothesis that it does not hold. Small: it is met. */
  readonly pMet: number
  /** Of the hypothesis that it holds. Small: it is not met. */
  readonly pNotMet: number
  readonly runs: number
  /** Nothing is left to chance: the p values are 0 or 1. */
  readonly exact?: true
}

export interface Measured {
  /** What was found with its 95 % interval; undefined where there is no number. */
  readonly found?: Estimate
  readonly evidence: Evidence
}

/**
 * A share of runs against its bounds, by exact binomial tails; the interval is that of Clopper and Pearson, so that it
 * lies inside the bounds just where each bound is rejected at 2.5 %.
 *
 * @param count - runs that count, of all `runs`
 * @see Clopper & Pearson (1934), Biometrika 26(4)
 * @example measureShare(10, 100, { atMost: 0.2 }).evidence.pMet < 0.025 // => true
 */
export function measureShare(count: number, runs: number, bounds: Bounds): Measured {
  const found = {
    value: count / runs,
    lower: count === 0 ? 0 : betaQuantile(0.025, count, runs - count + 1),
    upper: count === runs ? 1 : betaQuantile(0.975, count + 1, runs - count),
  }
  const tests = []
  // At least 0 and at most 1 say nothing.
  if (bounds.atLeast !== undefined && bounds.atLeast > 0) tests.push(shareTest(count, runs, bounds.atLeast))
  if (bounds.atMost !== undefined && bounds.atMost < 1) tests.push(shareTest(runs - count, runs, 1 - bounds.atMost))
  return { found, evidence: both(tests, runs) }
}

/** That at least this share of runs count. */
function shareTest(count: number, runs: number, share: number) {
  return { pMet: binomialTail(count, runs, share), pNotMet: binomialTail(runs - count, runs, 1 - share) }
}

/**
 * A median against its bounds by the sign test, which needs no shape of the distribution: values at or beyond a bound are
 * a share of runs against one half. The interval runs between order statistics.
 *
 * @param sorted - values of runs in rising order
 * @see Conover (1999), Practical nonparametric statistics, sections 3.2 and 3.4
 */
export function measureMedian(sorted: Float64Array, bounds: Bounds): Measured {
  const runs = sorted.length
  let place = Math.max(0, Math.floor(runs / 2 - 1.1 * Math.sqrt(runs)) - 1)
  while (place < runs / 2 && binomialTail(runs - place, runs, 0.5) <= 0.025) place++
  const low = Math.max(0, place - 1)
  const value = (sorted[(runs - 1) >> 1]! + sorted[runs >> 1]!) / 2
  const found = { value, lower: sorted[low]!, upper: sorted[runs - 1 - low]! }
  const tests = []
  if (bounds.atLeast !== undefined) tests.push(shareTest(runs - below(sorted, bounds.atLeast, false), runs, 0.5))
  if (bounds.atMost !== undefined) tests.push(shareTest(below(sorted, bounds.atMost, true), runs, 0.5))
  return { found, evidence: both(tests, runs) }
}

/** How many sorted values lie below a bound, or at it when it counts in. */
function below(sorted: Float64Array, bound: number, inclusive: boolean): number {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (sorted[middle]! < bound || (inclusive && sorted[middle] === bound)) from = middle + 1
    else to = middle
  }
  return from
}

/** A mean against its bounds, by the normal distribution. */
export function measureMean({ runs, mean, variance }: Moments, bounds: Bounds): Measured {
  const error = Math.sqrt(variance / runs)
  const half = normalQuantile(0.975) * error
  const test = (distance: number) => {
    if (error === 0) return distance >= 0 ? { pMet: 0, pNotMet: 1 } : { pMet: 1, pNotMet: 0 }
    return { pMet: normalCdf(-distance / error), pNotMet: normalCdf(distance / error) }
  }
  const tests = []
  if (bounds.atLeast !== undefined) tests.push(test(mean - bounds.atLeast))
  if (bounds.atMost !== undefined) tests.push(test(bounds.atMost - mean))
  return { found: { value: mean, lower: mean - half, upper: mean + half }, evidence: both(tests, runs) }
}

/** All bounds must hold, and one that does not is enough. */
function both(tests: readonly { readonly pMet: number; readonly pNotMet: number }[], runs: number): Evidence {
  return {
    pMet: Math.max(0, ...tests.map(({ pMet }) => pMet)),
    pNotMet: Math.min(1, ...tests.map(({ pNotMet }) => tests.length * pNotMet)),
    runs,
  }
}

/** A difference from what is recorded, against the farthest it may be. */
export function measureDistance(
  { difference }: Pick<Difference, 'difference'>,
  within: number,
  runs: number,
): Measured {
  const error = (difference.upper - difference.lower) / (2 * normalQuantile(0.975))
  const { pChanged, pUnchanged } = marginTests(difference.value, within, error)
  return { found: difference, evidence: { pMet: pUnchanged, pNotMet: pChanged, runs } }
}

/** That no quantity changed by more than matters: shown when it is shown of each, refuted by one. */
export function measureUnchanged(differences: readonly Difference[], runs: number): Measured {
  return {
    evidence: {
      pMet: Math.max(0, ...differences.map(({ pUnchanged }) => pUnchanged)),
      pNotMet: Math.min(1, ...differences.map(({ pChanged }) => pChanged)),
      runs,
    },
  }
}

/** A fact about the runs, which no further run would change. */
export function measureFact(holds: boolean | undefined, runs: number, found?: Estimate): Measured {
  const evidence: Evidence = {
    pMet: holds === true ? 0 : 1,
    pNotMet: holds === false ? 0 : 1,
    runs,
    exact: true,
  }
  return { ...(found && { found }), evidence }
}
