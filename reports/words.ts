import type { Share } from '../sim/analysis/intervals.ts'
import type { ActorSummary, CountrySummary, Range, Summary } from '../sim/analysis/summary.ts'
import { plain } from './escape.ts'
import { lookOf } from './theme.ts'

const minus = '\u2212'
const space = '\u00a0'

/** A whole number with its thousands apart. @example count(12000) // => '12,000' */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** A level or amount. @example number(-0.2049) // => '−0.205' */
export function number(value: number, digits = 3): string {
  const text = Math.abs(value).toFixed(digits)
  return value < 0 && Number(text) !== 0 ? minus + text : text
}

/** An input, as exactly as anybody writes one. @example amount(0.25) // => '0.25' */
export function amount(value: number): string {
  const size = Math.abs(value)
  const digits = size >= 1e-3 || size === 0 ? 4 : Math.min(12, 3 - Math.ceil(Math.log10(size)))
  return number(value, digits)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
}

/** A number or a table of numbers in one line. @example amounts({ a: 1, b: 0.5 }) // => 'a 1, b 0.5' */
export function amounts(value: unknown): string {
  if (typeof value === 'number') return amount(value)
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([key, part]) => (typeof part === 'object' ? `${key}: ${amounts(part)}` : `${key} ${amounts(part)}`))
    .join(Object.values(value).some(part => typeof part === 'object') ? '; ' : ', ')
}

/**
 * A change, always with its sign unless it rounds to nothing. Changes of alignment and of the gap have the three digits of
 * the default wherever they stand, so that a reader finds one number again.
 *
 * @example change(0.0121) // => '+0.012'
 */
export function change(value: number, digits = 3): string {
  const text = number(value, digits)
  return value > 0 && Number(text) !== 0 ? `+${text}` : text
}

/** Changes from one to another. @example changes(-0.1, 0.02, 2) // => '−0.10 to +0.02' */
export function changes(low: number, high: number, digits = 3): string {
  return `${change(low, digits)} to ${change(high, digits)}`
}

/** Levels from one to another; with an en dash where no minus could be mistaken. @example levels(0.5, 0.61, 2) // => '0.50–0.61' */
export function levels(low: number, high: number, digits = 3): string {
  const join = low < 0 || high < 0 ? ' to ' : '–'
  return number(low, digits) + join + number(high, digits)
}

/**
 * A share of runs. Few or nearly all runs never round to none or all.
 *
 * @example percent(0.4083) // => '41\u00a0%'
 */
export function percent(share: number, digits = 0): string {
  const text = (100 * share).toFixed(digits)
  if (share > 0 && Number(text) === 0) return digits < 2 ? percent(share, digits + 1) : `below${space}0.01${space}%`
  if (share < 1 && Number(text) === 100) return digits < 2 ? percent(share, digits + 1) : `above${space}99.99${space}%`
  return `${text + space}%`
}

/** The 95 % interval of a share, with digits that keep its ends apart. @example interval({ lower: 0.393, upper: 0.424 }) // => '39–42\u00a0%' */
export function interval({ lower, upper }: Pick<Share, 'lower' | 'upper'>): string {
  return between(lower, upper, digitsFor(upper - lower))
}

function between(lower: number, upper: number, digits: number): string {
  return `${(100 * lower).toFixed(digits)}–${(100 * upper).toFixed(digits)}${space}%`
}

/** A share with its 95 % interval, both to the same digits, as "41 % (39–42 %)". */
export function shareWords(measured: Pick<Share, 'share' | 'lower' | 'upper'>): string {
  const { share, lower, upper } = measured
  const rare = share > 0 && share < 0.01 ? 1 : 0
  const digits = Math.max(rare, digitsFor(upper - lower))
  return `${percent(share, digits)} (${between(lower, upper, digits)})`
}

function digitsFor(width: number): number {
  if (width >= 0.012) return 0
  return width >= 0.0012 ? 1 : 2
}

/** Median and the central 90 % of runs of a level. */
export function levelWords({ median, low, high }: Range, digits = 3): string {
  return `${number(median, digits)} (${levels(low, high, digits)})`
}

/** Median and the central 90 % of runs of a change since the start. */
export function changeWords({ start, median, low, high }: Range, digits = 3): string {
  return `${change(median - start, digits)} (${changes(low - start, high - start, digits)})`
}

/**
 * A mean change over runs with half of its 95 % interval; of one run alone there is none.
 *
 * @example meanWords({ mean: -0.011, halfWidth: 0.0094 }) // => '−0.011 ± 0.009'
 */
export function meanWords({ mean, halfWidth }: { readonly mean: number; readonly halfWidth: number }): string {
  return Number.isFinite(halfWidth) ? `${change(mean)} ± ${number(halfWidth)}` : change(mean)
}

/** Parts of a sentence. @example listed(['a', 'b', 'c']) // => 'a, b and c' */
export function listed(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/**
 * Which of several moves most, and which least or the other way, worded by the signs of what is shown.
 *
 * @example mostAndLeast([{ name: 'A', move: 0.02 }, { name: 'B', move: -0.01 }], ['grows', 'falls']) // => 'grows most in A (+0.020) and falls most in B (−0.010)'
 */
export function mostAndLeast(
  moves: readonly { readonly name: string; readonly move: number }[],
  [up, down]: readonly [up: string, down: string],
): string {
  const sorted = [...moves].sort((a, b) => b.move - a.move)
  const [top, bottom] = [sorted[0]!, sorted.at(-1)!]
  const of = ({ name, move }: { readonly name: string; readonly move: number }) => `${name} (${change(move)})`
  const [rises, falls] = [change(top.move).startsWith('+'), change(bottom.move).startsWith(minus)]
  if (rises && falls) return `${up} most in ${of(top)} and ${down} most in ${of(bottom)}`
  if (!rises && !falls) return 'holds everywhere'
  const [most, other] = rises ? [top, bottom] : [bottom, top]
  const rest = Number(other.move.toFixed(3)) === 0 ? 'holds' : 'least'
  return `${rises ? up : down} most in ${of(most)} and ${rest} in ${of(other)}`
}

/** First letter large. @example sentence('one') // => 'One' */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** How often an actor or group ends in duality, by the rule for them: its own changes at the last quarter. */
export function dualityOf(actor: ActorSummary): Summary['outcomes'][number] {
  return actor.outcomes.find(({ outcome }) => outcome === 'duality')!
}

/** Outcomes from the most to the least frequent. */
export function ranked(outcomes: Summary['outcomes']): Summary['outcomes'] {
  return [...outcomes].sort((a, b) => b.share - a.share)
}

/** Where runs end, read as "n % of runs end in …". */
function ending(outcome: string): string {
  const article: Readonly<Record<string, string>> = { status_quo: 'the ', council: 'a ', shell: 'a ' }
  return (article[outcome] ?? '') + lookOf(outcome).name
}

/** The answer of a batch in one sentence, with 95 % intervals: shares of runs under the assumptions of the scenario. */
export function answerSentence(summary: Summary): string {
  if (summary.runs === summary.failed.length) return 'No run has finished, so there is no answer yet.'
  return summary.outerTier ? outcomeSentence(summary) : indexSentence(summary)
}

/** How runs end. */
function outcomeSentence(summary: Summary): string {
  const [first, ...others] = ranked(summary.outcomes).filter(({ share }) => share >= 0.01)
  const dual = first!.outcome === 'duality'
  const shown = others.filter(({ outcome }) => outcome !== 'duality').slice(0, dual ? 3 : 2)
  const duality = dual ? [] : summary.outcomes.filter(({ outcome }) => outcome === 'duality')
  const ends = [
    `${shareWords(first!)} end in ${ending(first!.outcome)}`,
    ...[...shown, ...duality].map(other => `${shareWords(other)} in ${ending(other.outcome)}`),
  ]
  return `Of ${runsOf(summary)}, ${listed(ends)}${dual ? '' : `; ${dualityClause(summary)}`}.`
}

/** Where CIS Plus does not exist, outcomes of runs say nothing that could be compared; indices do, and so do states. */
function indexSentence(summary: Summary): string {
  const moved = (name: string) => changeWords(summary.indices.find(({ index }) => index === name)!)
  return `Over ${runsOf(summary)}, in which CIS Plus does not exist, the gap between institutions and practice moves by ${moved('gap')} and Russia’s share of leadership by ${moved('lead_RU')} in the median, with 90 % of runs in brackets; ${dualityClause(summary)}.`
}

/** The runs an answer is of: all of them, or those of a batch that is not finished. */
function runsOf({ runs, failed, complete, plan }: Summary): string {
  const done = count(runs - failed.length)
  return complete
    ? `${done} runs under these assumptions`
    : `the first ${done} of ${count(plan.runs)} runs under these assumptions (incomplete batch)`
}

/** Where duality is found by the rule for states and groups: in the first group, and in the core states that show it most. */
function dualityClause({ groups, actors }: Summary): string {
  const shareOf = (one: ActorSummary) => `${plain(one.name)} in ${shareWords(dualityOf(one))}`
  const whole = groups[0]
  const states = byDuality(actors)
    .filter(actor => dualityOf(actor).share > 0)
    .slice(0, 2)
  const found = states.length === 0 ? 'no core state in any run' : listed(states.map(shareOf))
  const rule = 'judged by their own changes alone, strategic duality is reached by'
  if (whole === undefined) return `${rule} ${found}`
  const join = states.length > 0 && isMoreOften(states[0]!, whole) ? 'but by' : 'and by'
  return `${rule} ${shareOf(whole)}, ${join} ${found}`
}

/** Core actors, the one that most often ends in duality first. */
export function byDuality(actors: Summary['actors']): CountrySummary[] {
  return actors.filter(({ core }) => core).sort((a, b) => dualityOf(b).share - dualityOf(a).share)
}

/** Whether one shows duality more often than another, beyond chance; both by the rule for states and groups. */
export function isMoreOften(one: ActorSummary, other: ActorSummary): boolean {
  return dualityOf(one).lower > dualityOf(other).upper
}

/** How to read the shares: in every report, next to the answer. */
export const conditionSentence =
  'Shares describe the runs of this scenario: its ranges, its events and its rules. They are not forecasts.'
