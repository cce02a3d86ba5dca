import { normalCdf } from '../core/distributions.ts'
import { normalQuantile } from '../core/normal.ts'

/** What can be said of a difference, given the smallest one that matters. */
export type Verdict = 'changed' | 'unchanged' | 'inconclusive'

/** The two tests of a difference, one-sided against its margin. */
export interface MarginTests {
  /** Of H₀: the difference is at most the margin. Small: changed. */
  readonly pChanged: number
  /** Of H₀: the difference is at least the margin (TOST). Small: unchanged. */
  readonly pUnchanged: number
}

/**
 * Tests a difference against the smallest effect δ that matters, both ways, by the normal distribution:
 *
 *     p changed = 1 − Φ((|d| − δ) / se) + 1 − Φ((|d| + δ) / se),   p unchanged = 1 − Φ((δ − |d|) / se)
 *
 * With δ = 0 the first is the usual two-sided test. Without any spread a difference is as it is.
 *
 * @see Schuirmann (1987), Journal of Pharmacokinetics and Biopharmaceutics 15(6), for TOST; Wellek (2010)
 * @example marginTests(0, 0.01, 0) // => { pChanged: 1, pUnchanged: 0 }
 */
export function marginTests(difference: number, margin: number, standardError: number): MarginTests {
  const size = Math.abs(difference)
  if (standardError === 0) return { pChanged: size > margin ? 0 : 1, pUnchanged: size < margin ? 0 : 1 }
  return {
    pChanged: Math.min(1, normalCdf((margin - size) / standardError) + normalCdf((-margin - size) / standardError)),
    pUnchanged: normalCdf((size - margin) / standardError),
  }
}

/**
 * Holm's adjustment: p values that may be compared with a level as they are, with at most that chance of any false
 * rejection in the family. Cost O(n log n).
 *
 * @see Holm (1979), Scandinavian Journal of Statistics 6(2)
 * @example holm([0.01, 0.04, 0.03]) // => [0.03, 0.06, 0.06]
 */
export function holm(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!)
  const adjusted = values.slice()
  let least = 0
  order.forEach((n, rank) => {
    least = Math.max(least, Math.min(1, (values.length - rank) * values[n]!))
    adjusted[n] = least
  })
  return adjusted
}

/** The verdict by adjusted p values. @example verdictOf(0.01, 1, 0.05) // => 'changed' */
export function verdictOf(pChanged: number, pUnchanged: number, alpha: number): Verdict {
  return pChanged <= alpha ? 'changed' : pUnchanged <= alpha ? 'unchanged' : 'inconclusive'
}

/**
 * Runs that would decide, if difference and spread stay as they are: n (z se / (|d| − δ))², with z for the strictest step of
 * Holm among so many quantities. Infinite where the difference is the margin.
 */
export function runsToDecide(
  runs: number,
  difference: number,
  margin: number,
  standardError: number,
  { alpha, quantities }: { alpha: number; quantities: number },
): number {
  const z = normalQuantile(1 - alpha / quantities)
  const distance = Math.abs(Math.abs(difference) - margin)
  return Math.ceil(runs * ((z * standardError) / distance) ** 2)
}
