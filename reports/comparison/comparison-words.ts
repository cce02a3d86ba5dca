import type { Difference } from '../../sim/analysis/compare.ts'
import {
  type Compared,
  type ComparisonResult,
  type JudgedExpectation,
  timesSmallest,
} from '../../sim/analysis/comparison-result.ts'
import { expectedQuantity } from '../../sim/analysis/expectations.ts'
import { plain } from '../escape.ts'
import { labelOf, quantityName } from '../quantity-names.ts'
import { change, changes, count, levels, listed, number, percent, sentence } from '../words.ts'

type People = ComparisonResult['people']

/** A share in percent, an index or count as a number. */
export function levelOf(quantity: string, value: number, people: People = {}): string {
  return quantityName(quantity, people).unit === 'share' ? percent(value, 1) : number(value)
}

/** A difference with its unit: points for shares. */
export function differenceOf(quantity: string, value: number): string {
  return quantityName(quantity, {}).unit === 'share' ? `${change(100 * value, 1)} points` : change(value)
}

/** Its 95 % interval. */
export function intervalOf(quantity: string, { lower, upper }: Difference['difference']): string {
  return quantityName(quantity, {}).unit === 'share' ? changes(100 * lower, 100 * upper, 1) : changes(lower, upper)
}

/** A difference in a sentence: "gap from 0.120 to 0.150, +0.030 (+0.028 to +0.032)". */
export function differenceWords({ quantity, a, b, difference }: Difference, people: People, withPerson = true): string {
  const name = withPerson ? labelOf(quantity, people) : quantityName(quantity, people).what
  const share = quantityName(quantity, people).unit === 'share' ? 'share in ' : ''
  return `${withPerson ? '' : share}${name} from ${levelOf(quantity, a)} to ${levelOf(quantity, b)}, ${differenceOf(quantity, difference.value)} (${intervalOf(quantity, difference)})`
}

/** How the sides of a comparison are called: by their titles, or by their paths where those are alike. */
export function sideNames({ b, compared }: Pick<ComparisonResult, 'b' | 'compared'>): [a: string, b: string] {
  const a = compared?.a
  if (!a) return ['', `“${plain(b.title)}”`]
  const [left, right] = [plain(a.title), plain(b.title)]
  return left === right ? [plain(a.path), plain(b.path)] : [`“${left}”`, `“${right}”`]
}

/** The verdict of a comparison, first of all words of a report. */
export function verdictSentence(result: ComparisonResult): string {
  const { b, compared, people } = result
  const [nameA, nameB] = sideNames(result)
  if (!compared) return `${nameB}: ${runsWords(b.runs)}, compared with nothing.`
  const { verdict, runs, paired, counts, quantities, most } = compared
  const all = quantities.length
  const on = paired ? `on ${count(runs)} pairs of runs` : `on ${count(runs)} runs each, not paired`
  switch (verdict) {
    case 'identical':
      return `Unchanged: ${nameB} gives the same numbers as ${nameA} in every one of ${runsWords(runs)}.`
    case 'unchanged':
      return `Unchanged: ${nameB} differs from ${nameA} in none of ${all} quantities by as much as matters, ${on}.`
    case 'inconclusive': {
      const more = mostNeeded(compared)
      return `Inconclusive: between ${nameA} and ${nameB} no quantity is shown to have changed, and ${counts.inconclusive} of ${all} are open, ${on}${more === null ? '' : `; about ${count(roundedUp(more))} runs would decide the last of them`}.`
    }
    case 'changed': {
      const start = `Changed: ${nameB} differs from ${nameA} in ${counts.changed} of ${all} quantities by more than matters, ${on}`
      if (most)
        return `${start}. ${plain(most.name)} is affected most of the ${most.core ? 'core states' : 'states outside the core'}: ${listed(most.differences.slice(0, 2).map(each => differenceWords(each, people, false)))}.`
      const first = byVerdict(quantities, 'changed')[0]!
      return `${start}. No state is shown to have changed; the largest change is ${differenceWords(first, people)}.`
    }
  }
}

function runsWords(runs: number): string {
  return runs === 1 ? '1 run' : `${count(runs)} runs`
}

/** Quantities of a verdict, the largest difference in smallest effects that matter first. */
export function byVerdict(quantities: readonly Difference[], verdict: Difference['verdict']): Difference[] {
  return quantities.filter(each => each.verdict === verdict).sort((x, y) => timesSmallest(y) - timesSmallest(x))
}

/** Runs that would decide every open quantity; null where some would stay open. */
function mostNeeded({ quantities }: Compared): number | null {
  const open = quantities.filter(({ verdict }) => verdict === 'inconclusive').map(({ runsNeeded }) => runsNeeded)
  return open.some(runs => runs === null) ? null : Math.max(...open.map(runs => runs ?? 0))
}

/** A number of runs that is only estimated, to two digits. @example roundedUp(1390) // => 1400 */
export function roundedUp(runs: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(runs)) - 1)
  return Math.ceil(runs / unit) * unit
}

/** What is missing on either side, a sentence each. */
export function missingRuns({ b, compared }: ComparisonResult): string[] {
  return [compared?.a, b].flatMap(side => {
    if (!side || side.complete) return []
    const { path, runs, failed, plan } = side
    return [`${plain(path)} is incomplete: ${count(runs + failed)} of ${count(plan.runs)} planned runs are there.`]
  })
}

/** How expectations fared: which are not met and which are open, by name. */
export function gateSentence({ expectations, gate }: ComparisonResult, people: People): string {
  const all = expectations.length
  const of = (verdict: string) => expectations.filter(each => each.verdict === verdict)
  const [refuted, open] = [of('not met'), of('inconclusive')]
  if (gate === 'met') return all === 1 ? 'The one expectation is met.' : `All ${all} expectations are met.`
  const told = (list: readonly JudgedExpectation[]) =>
    listed(
      list
        .slice(0, 3)
        .map(each => `${plain(each.name)} (${expectationWords(each, people)}; found ${foundWords(each)})`),
    ) + (list.length > 3 ? ` and ${list.length - 3} more` : '')
  const parts = [
    ...(refuted.length > 0
      ? [`${refuted.length} of ${all} expectations ${is(refuted)} not met: ${told(refuted)}`]
      : []),
    ...(open.length > 0 ? [`${open.length} of ${all} ${is(open)} inconclusive: ${told(open)}`] : []),
  ]
  return `${sentence(parts.join('; '))}.`
}

const is = (list: readonly unknown[]) => (list.length === 1 ? 'is' : 'are')

/** What is expected, without its name: "share of runs in symbolic shell at most 20 %". */
export function expectationWords({ expectation }: Pick<JudgedExpectation, 'expectation'>, people: People): string {
  if ('failed' in expectation)
    return expectation.failed === 0 ? 'no failed run' : `at most ${count(expectation.failed)} failed runs`
  if ('unchanged' in expectation) {
    if (expectation.unchanged === 'all') return 'no quantity changed by as much as matters'
    return `nothing of ${listed(expectation.unchanged.map(id => nameOf(id, people)))} changed by as much as matters`
  }
  const name = expectedQuantity(expectation)!
  const { what } = quantityName(name, people)
  const person = expectation.of === undefined ? '' : ` of ${nameOf(expectation.of, people)}`
  const subject =
    'share' in expectation
      ? `share of runs in ${what}${person === '' ? '' : ` for ${nameOf(expectation.of!, people)}`}`
      : `${'mean' in expectation ? 'mean' : 'median'} ${what}${person}`
  const told = (value: number) => ('share' in expectation ? plainPercent(value) : String(value))
  const { at_least: low, at_most: high } = expectation
  if ('within' in expectation && expectation.within !== undefined) {
    const distance =
      'share' in expectation ? `${Number((100 * expectation.within).toPrecision(6))} points` : expectation.within
    return `${subject} within ${distance} of what it is compared with`
  }
  if (low !== undefined && high !== undefined) return `${subject} from ${told(low)} to ${told(high)}`
  return low === undefined ? `${subject} at most ${told(high!)}` : `${subject} at least ${told(low)}`
}

function nameOf(id: string, people: People): string {
  return Object.hasOwn(people, id) ? plain(people[id]!) : id
}

/** A bound as it was written: no digit is added. */
function plainPercent(share: number): string {
  return `${Number((100 * share).toPrecision(10))}\u00a0%`
}

/** What was found: a number with its interval, or what is refuted or open. */
export function foundWords({ expectation, found, detail }: JudgedExpectation): string {
  if (found === null || 'failed' in expectation || 'unchanged' in expectation) return detail
  const { value, lower, upper } = found
  const share = 'share' in expectation
  if ('within' in expectation && expectation.within !== undefined)
    return share
      ? `${change(100 * value, 1)} points (${changes(100 * lower, 100 * upper, 1)})`
      : `${change(value, 4)} (${changes(lower, upper, 4)})`
  if (share) return `${percent(value, 1)} (${(100 * lower).toFixed(1)}–${(100 * upper).toFixed(1)}\u00a0%)`
  return `${number(value, 4)} (${levels(lower, upper, 4)})`
}

/** The middle one of what pairing divides the variances by. */
export function varianceReduction(quantities: readonly { readonly varianceReduction: number | null }[]): number | null {
  const all = quantities.flatMap(({ varianceReduction: one }) => (one === null ? [] : [one])).sort((x, y) => x - y)
  return all[Math.floor(all.length / 2)] ?? null
}
