import { exitCode, UserError } from '../core/errors.ts'
import { normalQuantile } from '../core/normal.ts'

/** How much of the spread of a quantity is chance, and how much is not knowing the inputs. */
export interface VarianceSplit {
  readonly method: 'variance'
  readonly outcome: string
  readonly points: number
  readonly replications: number
  readonly variance: number
  /** Aleatory: variance between runs at one point. */
  readonly chance: number
  /** Epistemic: variance between the means of points, freed of what chance adds to them. */
  readonly ignorance: number
  /** Share of the variance that is ignorance, 0 … 1. */
  readonly share: number
  /** Its 95 % interval, by the jackknife over points. */
  readonly lower: number
  readonly upper: number
  readonly sentence: string
}

/**
 * Splits the variance of replicated runs by one-way random effects: with R runs at each of N points,
 *
 *     chance = MS within,   ignorance = max(0, (MS between − MS within) / R),   share = ignorance / (ignorance + chance)
 *
 * The interval is share ± 1.96 standard errors of the jackknife that leaves out one point at a time. Cost O(N × R).
 *
 * @param values - of runs in their order, those at one point beside each other, [points × replications]
 * @throws UserError for fewer than two points or two runs at each
 * @see Searle, Casella & McCulloch (1992), Variance components, chapter 3; Arvesen (1969) for the jackknife of ratios
 * @example splitVariance('y', [1, 3, 5, 7], 2).chance // => 2
 */
export function splitVariance(outcome: string, values: ArrayLike<number>, replications: number): VarianceSplit {
  const points = Math.floor(values.length / replications)
  if (replications < 2 || points < 2)
    throw new UserError(
      exitCode.badData,
      `variance: expected at least two points with two runs at each, got ${points} with ${replications}; run the scenario with --replications 10`,
    )
  const means = new Float64Array(points)
  const squares = new Float64Array(points)
  for (let k = 0; k < points; k++) {
    for (let r = 0; r < replications; r++) means[k]! += values[k * replications + r]! / replications
    for (let r = 0; r < replications; r++) squares[k]! += (values[k * replications + r]! - means[k]!) ** 2
  }
  const sum = (column: Float64Array, of: (x: number) => number) => column.reduce((total, x) => total + of(x), 0)
  const centre = sum(means, x => x) / points
  const all = { n: points, within: sum(squares, x => x), first: 0, second: sum(means, x => (x - centre) ** 2) }
  const { chance, ignorance, share } = components(all, replications)
  const shares = means.map((mean, k) => {
    const away = mean - centre
    const left = { n: points - 1, within: all.within - squares[k]!, first: -away, second: all.second - away * away }
    return points > 2 ? components(left, replications).share : share
  })
  const middle = sum(shares, x => x) / points
  const error = Math.sqrt(((points - 1) / points) * sum(shares, x => (x - middle) ** 2))
  return {
    method: 'variance',
    outcome,
    points,
    replications,
    variance: chance + ignorance,
    chance,
    ignorance,
    share,
    lower: Math.max(0, share - normalQuantile(0.975) * error),
    upper: Math.min(1, share + normalQuantile(0.975) * error),
    sentence: `Of the variance of ${outcome}, ${(100 * share).toFixed(0)} % is not knowing the inputs and ${(100 - 100 * share).toFixed(0)} % is chance (${points} points, ${replications} runs at each).`,
  }
}

/** The components from sums over n points: of squares within, and of means and their squares about any centre. */
function components(
  { n, within, first, second }: { n: number; within: number; first: number; second: number },
  replications: number,
): { chance: number; ignorance: number; share: number } {
  const chance = within / (n * (replications - 1))
  const between = (second - (first * first) / n) / (n - 1)
  const ignorance = Math.max(0, between - chance / replications)
  return { chance, ignorance, share: chance + ignorance > 0 ? ignorance / (chance + ignorance) : 0 }
}
