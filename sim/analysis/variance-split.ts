import { exitCode, UserError } from '../core/errors.ts'

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
  readonly sentence: string
}

/**
 * Splits the variance of replicated runs by one-way random effects: with R runs at each of N points,
 *
 *     chance = MS within,   ignorance = max(0, (MS between − MS within) / R),   share = ignorance / (ignorance + chance)
 *
 * Cost O(N × R).
 *
 * @param values - of runs in their order, those at one point beside each other, [points × replications]
 * @throws UserError for fewer than two points or two runs at each
 * @see Searle, Casella & McCulloch (1992), Variance components, chapter 3
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
  let within = 0
  for (let k = 0; k < points; k++) {
    const own = Array.from({ length: replications }, (_, r) => values[k * replications + r]!)
    means[k] = own.reduce((sum, value) => sum + value, 0) / replications
    for (const value of own) within += (value - means[k]!) ** 2
  }
  const centre = means.reduce((sum, mean) => sum + mean, 0) / points
  const between = means.reduce((sum, mean) => sum + (mean - centre) ** 2, 0)
  const chance = within / (points * (replications - 1))
  const ignorance = Math.max(0, between / (points - 1) - chance / replications)
  const variance = chance + ignorance
  const share = variance > 0 ? ignorance / variance : 0
  return {
    method: 'variance',
    outcome,
    points,
    replications,
    variance,
    chance,
    ignorance,
    share,
    sentence: `Of the variance of ${outcome}, ${(100 * share).toFixed(0)} % is not knowing the inputs and ${(100 - 100 * share).toFixed(0)} % is chance (${points} points, ${replications} runs at each).`,
  }
}
