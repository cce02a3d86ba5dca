import { exitCode, UserError } from '../core/errors.ts'
import { normalQuantile } from '../core/normal.ts'
import { holm, marginTests, runsToDecide, type Verdict, verdictOf } from './equivalence.ts'
import type { Quantity } from './quantity.ts'
import type { Estimate } from './resampling.ts'

/** One quantity in two batches. */
export interface Difference {
  readonly quantity: string
  readonly kind: Quantity['kind']
  /** Means over runs. */
  readonly a: number
  readonly b: number
  /** b − a with its 95 % interval, for this quantity alone. */
  readonly difference: Estimate
  readonly smallestEffect: number
  /** Variance of the difference without pairing over that with it; null where pairs never differ, or there are none. */
  readonly varianceReduction: number | null
  /** p values after Holm, over all quantities. */
  readonly pChanged: number
  readonly pUnchanged: number
  readonly verdict: Verdict
  /** Runs that would decide an inconclusive quantity; null for the others, and where a billion would not. */
  readonly runsNeeded: number | null
}

/** A quantity over the runs of one batch: mean, and variance of single runs. */
export interface Moments {
  readonly runs: number
  readonly mean: number
  readonly variance: number
}

/** Adds up one quantity over runs. */
export function createMoments(): { add(value: number): void; moments(): Moments } {
  let [runs, mean, squares] = [0, 0, 0]
  return {
    add(value) {
      runs++
      const distance = value - mean
      mean += distance / runs
      squares += distance * (value - mean)
    },
    moments: () => ({ runs, mean, variance: runs > 1 ? squares / (runs - 1) : 0 }),
  }
}

/** Sums of a quantity over runs, one pair at a time; memory does not grow with runs. */
interface Sums {
  runs: number
  meanA: number
  meanB: number
  meanD: number
  squaresA: number
  squaresB: number
  squaresD: number
}

/** Adds up pairs of runs, or runs of two batches that have nothing in common. */
export interface Comparison {
  /** Values of every quantity in a run of either batch, [quantities]. */
  add(a: Float64Array, b: Float64Array): void
  readonly runs: number
  differences(): Difference[]
}

export interface ComparisonOptions {
  /** Whether runs of a pair share their random world. */
  readonly paired: boolean
  /** Chance of any false “changed”, and of any false “unchanged”, over all quantities; 0.05 unless given. */
  readonly alpha?: number
  /** The smallest effect that matters, by quantity. */
  readonly smallestEffect: (quantity: Pick<Quantity, 'name' | 'kind'>) => number
}

/** More runs than this are not worth naming. */
const mostRuns = 1e9
/** Pairs needed before intervals rest on the normal distribution. */
const leastRuns = 30

/**
 * Compares two batches quantity by quantity. Runs of a pair share their draws, so the standard error is that of the paired
 * differences, sd(b − a) / √n; without pairs it is √(var a + var b) / √n. Shares count half a run more in each discordant
 * cell (Agresti & Min), so that a share no run changed still has an interval. Cost O(quantities) a pair.
 *
 * @see Law (2015), Simulation modeling and analysis, chapter 11, common random numbers; Agresti & Min (2005), Statistics in Medicine 24(5)
 */
export function createComparison(
  quantities: readonly Pick<Quantity, 'name' | 'kind'>[],
  { paired, alpha = 0.05, smallestEffect }: ComparisonOptions,
): Comparison {
  const sums = quantities.map(
    (): Sums => ({ runs: 0, meanA: 0, meanB: 0, meanD: 0, squaresA: 0, squaresB: 0, squaresD: 0 }),
  )
  let runs = 0
  return {
    get runs() {
      return runs
    },
    add(a, b) {
      runs++
      for (let n = 0; n < sums.length; n++) addPair(sums[n]!, a[n]!, b[n]!)
    },
    differences() {
      const found = sums.map(({ meanA, meanB, meanD, squaresA, squaresB, squaresD }, n): Found => {
        const sides = [
          { runs, mean: meanA, squares: squaresA },
          { runs, mean: meanB, squares: squaresB },
        ] as const
        const { kind } = quantities[n]!
        return {
          runs,
          a: meanA,
          b: meanB,
          difference: meanD,
          standardError: paired ? pairedError(kind, runs, squaresD) : unpairedError(kind, ...sides),
          varianceReduction: paired && squaresD > 0 ? (squaresA + squaresB) / squaresD : null,
        }
      })
      return judged(quantities, found, { alpha, smallestEffect })
    },
  }
}

/**
 * Compares batches of which only means and variances are known, such as a recorded baseline: runs are not paired, and
 * may be more in one.
 */
export function compareMoments(
  quantities: readonly Pick<Quantity, 'name' | 'kind'>[],
  a: readonly Moments[],
  b: readonly Moments[],
  { alpha = 0.05, smallestEffect }: Omit<ComparisonOptions, 'paired'>,
): Difference[] {
  const found = quantities.map(({ kind }, n): Found => {
    const [left, right] = [a[n]!, b[n]!]
    const squares = ({ runs, mean, variance }: Moments) => ({ runs, mean, squares: variance * (runs - 1) })
    return {
      runs: Math.min(left.runs, right.runs),
      a: left.mean,
      b: right.mean,
      difference: right.mean - left.mean,
      standardError: unpairedError(kind, squares(left), squares(right)),
      varianceReduction: null,
    }
  })
  return judged(quantities, found, { alpha, smallestEffect })
}

/** A difference before it is judged. */
interface Found {
  readonly runs: number
  readonly a: number
  readonly b: number
  readonly difference: number
  readonly standardError: number
  readonly varianceReduction: number | null
}

function judged(
  quantities: readonly Pick<Quantity, 'name' | 'kind'>[],
  found: readonly Found[],
  { alpha, smallestEffect }: { alpha: number; smallestEffect: ComparisonOptions['smallestEffect'] },
): Difference[] {
  const few = found.find(({ runs }) => runs < leastRuns)
  if (few)
    throw new UserError(
      exitCode.badData,
      `compare: expected at least ${leastRuns} runs in both, got ${few.runs}; make more`,
    )
  const margins = quantities.map(smallestEffect)
  const tests = found.map(({ difference, standardError }, n) => marginTests(difference, margins[n]!, standardError))
  const changed = holm(tests.map(({ pChanged }) => pChanged))
  const unchanged = holm(tests.map(({ pUnchanged }) => pUnchanged))
  const z = normalQuantile(0.975)
  return quantities.map(({ name, kind }, n) => {
    const { runs, a, b, difference, standardError, varianceReduction } = found[n]!
    const verdict = verdictOf(changed[n]!, unchanged[n]!, alpha)
    const needed = runsToDecide(runs, difference, margins[n]!, standardError, { alpha, quantities: quantities.length })
    return {
      quantity: name,
      kind,
      a,
      b,
      difference: {
        value: difference,
        lower: difference - z * standardError,
        upper: difference + z * standardError,
      },
      smallestEffect: margins[n]!,
      varianceReduction,
      pChanged: changed[n]!,
      pUnchanged: unchanged[n]!,
      verdict,
      runsNeeded: verdict === 'inconclusive' && needed <= mostRuns ? needed : null,
    }
  })
}

/** Welford's update of the means and squares of a, b and b − a. @see Welford (1962), Technometrics 4(3) */
function addPair(sum: Sums, a: number, b: number): void {
  sum.runs++
  const [stepA, stepB, stepD] = [a - sum.meanA, b - sum.meanB, b - a - sum.meanD]
  sum.meanA += stepA / sum.runs
  sum.meanB += stepB / sum.runs
  sum.meanD += stepD / sum.runs
  sum.squaresA += stepA * (a - sum.meanA)
  sum.squaresB += stepB * (b - sum.meanB)
  sum.squaresD += stepD * (b - a - sum.meanD)
}

/** Standard error of the mean of paired differences; of shares with one run more in the discordant cells together. */
function pairedError(kind: Quantity['kind'], runs: number, squares: number): number {
  if (kind === 'index') return Math.sqrt(squares / (runs - 1) / runs)
  return Math.sqrt((squares + 1) / (runs + 2) / (runs + 2))
}

/** Standard error of a difference of means of runs that have nothing in common; of shares with a run more all in all. */
function unpairedError(
  kind: Quantity['kind'],
  ...sides: readonly { readonly runs: number; readonly squares: number }[]
): number {
  const variances = sides.map(({ runs, squares }) =>
    kind === 'index' ? squares / (runs - 1) / runs : (squares + 0.5) / (runs + 2) / (runs + 2),
  )
  return Math.sqrt(variances.reduce((sum, variance) => sum + variance, 0))
}
