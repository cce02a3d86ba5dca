import { labelOf } from '../../reports/quantity-names.ts'
import { count } from '../../reports/words.ts'
import type { Difference } from '../analysis/compare.ts'
import { type JudgedExpectation, personOf } from '../analysis/comparison-result.ts'
import {
  type Measured,
  measureDistance,
  measureFact,
  measureMean,
  measureMedian,
  measureShare,
  measureUnchanged,
} from '../analysis/expectation-evidence.ts'
import { expectedQuantity, judge } from '../analysis/expectations.ts'
import { quantity } from '../analysis/quantity.ts'
import { exitCode, UserError } from '../core/errors.ts'
import type { Expectation } from '../scenario/expectation.ts'
import type { ComparedRuns } from './compared.ts'
import { columnsOf } from './compared-quantities.ts'
import { type MeasuredQuantity, measureRuns } from './compared-runs.ts'
import { namesOf, type Side } from './compared-side.ts'

/** Designs whose runs are independent draws, or better spread than those. */
const judgeable: readonly string[] = ['monte-carlo', 'latin-hypercube', 'sobol']

/** Names of the quantities that are expected to be near those of something else. */
export function namesOfDistances(b: Side): string[] {
  const names = expectationsOf(b).flatMap(([, each]) =>
    'within' in each && each.within !== undefined ? [expectedQuantity(each)!] : [],
  )
  return [...new Set(names)]
}

function expectationsOf({ batch }: Side): [string, Expectation][] {
  return Object.entries(batch?.manifest.scenario.document.expect ?? {})
}

/**
 * Judges what the scenario of a batch expects, all together.
 *
 * @param against - what it is compared with, for expectations that need it
 * @param gate - whether that is what was asked for; otherwise runs that are no sample are left unjudged
 * @throws UserError for one that needs a baseline where there is none, and for a design whose runs are no sample
 */
export async function judgeExpectations(
  b: Side,
  against: ComparedRuns | undefined,
  gate: boolean,
): Promise<JudgedExpectation[]> {
  const expected = expectationsOf(b)
  if (expected.length === 0 || !b.batch) return []
  const { design, replications = 1 } = b.side.plan
  const sampled = judgeable.includes(design) && replications === 1
  if (!gate && !sampled) return []
  if (!sampled)
    throw new UserError(
      exitCode.badData,
      `${b.side.path}: expected independent runs to judge expectations by, got design ${design}${replications > 1 ? ` with ${replications} runs a point` : ''}; use monte-carlo`,
    )
  if (b.side.runs < 30)
    throw new UserError(
      exitCode.badData,
      `${b.side.path}: expected at least 30 runs to judge expectations by, got ${b.side.runs}`,
    )
  const columns = columnsOf(b.batch)
  const names = [...new Set(expected.flatMap(([, each]) => expectedQuantity(each) ?? []))]
  const medians = new Set(expected.flatMap(([, each]) => ('median' in each ? [expectedQuantity(each)!] : [])))
  const found = await measureRuns(
    b.batch,
    names.map(name => quantity(name, columns)),
    medians,
  )
  const measured = expected.map(([name, each]) => measure(name, each, b, found, against))
  const judgements = judge(measured.map(({ evidence }) => evidence))
  return expected.map(([name, expectation], n) => ({
    name,
    expectation,
    ...judgements[n]!,
    found: measured[n]!.found ?? null,
    detail: measured[n]!.detail,
    at: b.expectedAt.get(name) ?? null,
  }))
}

function measure(
  name: string,
  expectation: Expectation,
  b: Side,
  found: ReadonlyMap<string, MeasuredQuantity>,
  against: ComparedRuns | undefined,
): Measured & { readonly detail: string } {
  const { runs, failed, complete } = b.side
  if ('failed' in expectation) {
    const holds = failed > expectation.failed ? false : complete ? true : undefined
    return {
      ...measureFact(holds, runs),
      detail: `${failed} of ${count(runs + failed)} runs failed${complete ? '' : ', others are missing'}`,
    }
  }
  if ('unchanged' in expectation) {
    const { quantities, verdict, runs: pairs } = compared(name, b, against).compared
    const own = quantities.filter(
      each => expectation.unchanged === 'all' || expectation.unchanged.includes(personOf(each.quantity) ?? ''),
    )
    if (own.length === 0)
      throw new UserError(
        exitCode.mismatch,
        `${b.side.path}: expected quantities of ${expectation.unchanged} on both sides, got none`,
      )
    if (verdict === 'identical') return { ...measureFact(true, runs), detail: 'every run has the same numbers' }
    return { ...measureUnchanged(own, pairs), detail: verdictsWords(own, namesOf(b)) }
  }
  const key = expectedQuantity(expectation)!
  const own = found.get(key)!
  if ('within' in expectation && expectation.within !== undefined) {
    const { compared: context, distances } = compared(name, b, against)
    const difference = distances.get(key)!
    const measured =
      context.verdict === 'identical'
        ? measureFact(true, runs, difference.difference)
        : measureDistance(difference, expectation.within, context.runs)
    return { ...measured, detail: '' }
  }
  const bounds = { atLeast: expectation.at_least, atMost: expectation.at_most }
  const measured =
    'share' in expectation
      ? measureShare(own.count, own.runs, bounds)
      : 'mean' in expectation
        ? measureMean(own, bounds)
        : measureMedian(own.sorted!, bounds)
  return { ...measured, detail: '' }
}

function compared(name: string, b: Side, against: ComparedRuns | undefined): ComparedRuns {
  if (against) return against
  const at = b.expectedAt.get(name)
  throw new UserError(
    exitCode.usage,
    `${at ? `${at.file}:${at.line}` : b.side.path}: expected something to compare with for the expectation ${JSON.stringify(name)}, got none; ` +
      'give --baseline FILE, or a batch or scenario before this one',
  )
}

function verdictsWords(differences: readonly Difference[], people: Readonly<Record<string, string>>): string {
  const of = (verdict: Difference['verdict']) => differences.filter(each => each.verdict === verdict)
  const [changed, open] = [of('changed'), of('inconclusive')]
  const names = (list: readonly Difference[]) =>
    `${list
      .slice(0, 5)
      .map(({ quantity: name }) => labelOf(name, people))
      .join(', ')}${list.length > 5 ? ' and others' : ''}`
  const parts = [
    ...(changed.length > 0 ? [`${changed.length} of ${differences.length} quantities changed: ${names(changed)}`] : []),
    ...(open.length > 0 ? [`${open.length} of ${differences.length} are open: ${names(open)}`] : []),
  ]
  return parts.length > 0 ? parts.join('; ') : `none of ${differences.length} quantities changed`
}
