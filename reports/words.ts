import type { Share } from '../sim/analysis/intervals.ts'
import type { ActorSummary, Range, Summary } from '../sim/analysis/summary.ts'
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

/** A change, always with its sign unless it rounds to nothing. @example change(0.0121) // => '+0.012' */
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

/** Parts of a sentence. @example listed(['a', 'b', 'c']) // => 'a, b and c' */
export function listed(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/** First letter large. @example sentence('one') // => 'One' */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

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
  const done = summary.runs - summary.failed.length
  if (done === 0) return 'No run has finished, so there is no answer yet.'
  const [first, ...others] = ranked(summary.outcomes).filter(({ share }) => share >= 0.01)
  const shown = others.filter(({ outcome }) => outcome !== 'duality').slice(0, first!.outcome === 'duality' ? 3 : 2)
  const ends = [
    `${shareWords(first!)} end in ${ending(first!.outcome)}`,
    ...shown.map(other => `${shareWords(other)} in ${ending(other.outcome)}`),
  ]
  const start = `Of ${count(done)} runs under these assumptions, ${listed(ends)}`
  return first!.outcome === 'duality' ? `${start}.` : `${start}; ${dualityClause(summary)}.`
}

/** Where duality is found: overall, and for the core actors that show it most. */
function dualityClause(summary: Summary): string {
  const overall = summary.outcomes.find(({ outcome }) => outcome === 'duality')!
  const actors = summary.actors
    .filter(({ core }) => core)
    .map(actor => ({ name: plain(actor.name), ...dualityOf(actor) }))
    .sort((a, b) => b.share - a.share)
    .filter(({ share }) => share > 0)
    .slice(0, 2)
  const system = `strategic duality appears in ${shareWords(overall)} for the CIS as a whole`
  if (actors.length === 0) return system
  const apart = actors[0]!.lower > overall.upper ? 'but in' : 'and in'
  return `${system}, ${apart} ${listed(actors.map(actor => `${shareWords(actor)} for ${actor.name}`))}`
}

/** How to read the shares: in every report, next to the answer. */
export const conditionSentence =
  'Shares describe the runs of this scenario: its ranges, its events and its rules. They are not forecasts.'
