import { normalQuantile } from '../core/normal.ts'
import type { Expectation } from '../scenario/expectation.ts'
import { holm } from './equivalence.ts'
import type { Evidence } from './expectation-evidence.ts'

export type ExpectationVerdict = 'met' | 'not met' | 'inconclusive'

export interface Judgement {
  readonly verdict: ExpectationVerdict
  /** Runs that would decide an inconclusive one, if what was found stays as it is; null where a billion would not. */
  readonly runsNeeded: number | null
}

/** Chance of a gate that is wrong, each way: a false “not met” among all, and a false “all met”. */
export const gateError = 0.025

/** More runs than this are not worth naming. */
const mostRuns = 1e9

/**
 * Judges the expectations of one batch together. “Not met” is held by Holm's adjustment, so that a batch that meets all is
 * called otherwise in at most 2.5 % of cases, however many are expected. “All met” needs no adjustment: where one does not
 * hold, it must pass its own test at 2.5 %. What lies between is inconclusive. Cost O(n log n).
 *
 * @see Berger (1982), Technometrics 24(4), for the intersection–union test
 * @example judge([{ pMet: 0.001, pNotMet: 0.999, runs: 100 }]) // => [{ verdict: 'met', runsNeeded: null }]
 */
export function judge(evidence: readonly Evidence[]): Judgement[] {
  const open = evidence.filter(({ exact }) => !exact)
  const adjusted = new Map(holm(open.map(({ pNotMet }) => pNotMet)).map((p, n) => [open[n]!, p]))
  return evidence.map(each => {
    if ((adjusted.get(each) ?? each.pNotMet) <= gateError) return { verdict: 'not met', runsNeeded: null }
    if (each.pMet <= gateError) return { verdict: 'met', runsNeeded: null }
    return { verdict: 'inconclusive', runsNeeded: runsNeeded(each, open.length) }
  })
}

/**
 * The verdict over all: met when all are, not met when one is not.
 *
 * @param complete - whether all planned runs are there; runs that are missing for a reason may not be like the others
 */
export function gateVerdict(judgements: readonly Pick<Judgement, 'verdict'>[], complete = true): ExpectationVerdict {
  const verdicts = judgements.map(({ verdict }) => verdict)
  if (verdicts.includes('not met')) return 'not met'
  return verdicts.includes('inconclusive') || verdicts.length === 0 || !complete ? 'inconclusive' : 'met'
}

/** Standard errors grow apart with √runs: n (z needed / z now)², in the direction the runs point to. */
function runsNeeded({ pMet, pNotMet, runs, exact }: Evidence, family: number): number | null {
  if (exact) return null
  const of = (p: number, level: number) =>
    p >= 0.5 ? Number.POSITIVE_INFINITY : runs * (normalQuantile(1 - level) / normalQuantile(1 - p)) ** 2
  const needed = Math.min(of(pMet, gateError), of(pNotMet, gateError / family))
  return needed <= mostRuns ? Math.max(runs + 1, Math.ceil(needed)) : null
}

/**
 * The quantity an expectation is about; undefined for failed runs and for all quantities.
 *
 * @example expectedQuantity({ share: 'duality', of: 'KAZ', at_most: 0.5 }) // => 'KAZ_class=duality'
 */
export function expectedQuantity(expectation: Expectation): string | undefined {
  if ('failed' in expectation || 'unchanged' in expectation) return undefined
  const person = expectation.of === undefined ? '' : `${expectation.of}_`
  if ('share' in expectation) return `${person}class=${expectation.share}`
  return person + ('mean' in expectation ? expectation.mean : expectation.median)
}
