import type { Estimate } from '../../sim/analysis/resampling.ts'
import type { EstimateBarsData } from '../charts/estimate-bars.ts'
import { type ChartBlock, type Line, tableOf } from '../document.ts'
import { plain } from '../escape.ts'
import { count, listed, percent } from '../words.ts'

/** Bars a chart has at most; the table has the others. */
const shown = 20

/** Things that are estimated, each with a bar or several, the strongest first. */
export interface BarsRequest {
  readonly id: string
  /** What is estimated, for the table and the text: `Borgonovo’s δ`. */
  readonly what: string
  readonly rows: readonly BarsRow[]
  /** What each bar of a row is, where there are several. */
  readonly series?: readonly string[]
  readonly shares?: boolean
  readonly mark?: EstimateBarsData['mark']
  readonly caption: Line
  /** Whether bars have intervals; they do unless it is false. */
  readonly intervals?: boolean
}

export interface BarsRow {
  readonly name: string
  readonly note: string
  readonly faint?: boolean
  readonly bars: readonly Estimate[]
}

/** A chart of bars with its table, and the data it draws under its own id. */
export function barsBlock(request: BarsRequest): { block: ChartBlock; data: Record<string, EstimateBarsData> } {
  const { id, what, rows, series = [], shares = false, mark, caption, intervals = true } = request
  const write = (estimate: Estimate) =>
    intervals ? estimateWords(estimate, shares) : shares ? percent(estimate.value) : figure(estimate.value)
  const drawn = rows.slice(0, shown)
  const ends = drawn.flatMap(({ bars }) => bars.flatMap(({ lower, upper }) => [lower, upper]))
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends, mark?.value ?? 0)]
  const pad = 0.03 * (high - low || 1)
  const data: EstimateBarsData = {
    rows: drawn.map(({ name, note, faint = false, bars }) => ({
      name: plain(name),
      note: plain(note),
      faint,
      bars: bars.map(estimate => ({ ...estimate, text: write(estimate) })),
    })),
    series,
    extent: [low < 0 ? low - pad : 0, high > 0 ? high + pad : 0],
    shares,
    ...(mark && { mark }),
  }
  const names = series.length > 0 ? series : [what]
  const first = drawn.slice(0, 5).map(({ name, bars }) => `${plain(name)} ${write(bars.at(-1)!)}`)
  const more = rows.length > shown ? ` ${count(rows.length - shown)} weaker ones are in the table.` : ''
  const block: ChartBlock = {
    kind: 'chart',
    id,
    chart: series.length > 1 ? 'paired-bars' : 'estimate-bars',
    data: id,
    alternative: `Bars of ${what}, the strongest first: ${listed(first)}.`,
    caption: typeof caption === 'string' ? `${caption}${more}` : [...caption, more],
    table: tableOf(`${what}${intervals ? ', with 95 % intervals' : ''}`, rows, [
      { name: 'Name', value: row => row.name },
      ...names.map((name, k) => ({ name, numeric: true, value: ({ bars }: BarsRow) => write(bars[k]!) })),
      { name: 'Meaning', value: row => row.note },
    ]),
  }
  return { block, data: { [id]: data } }
}

/** An estimate with its interval. @example estimateWords({ value: 0.5, lower: 0.25, upper: 0.75 }, false) // => '0.500 (0.250 to 0.750)' */
export function estimateWords({ value, lower, upper }: Estimate, shares: boolean): string {
  if (shares) return shareWords(value, lower, upper)
  return `${figure(value)} (${figure(lower)} to ${figure(upper)})`
}

/** Estimates of a share may lie below 0. */
function shareWords(value: number, lower: number, upper: number): string {
  const cents = (share: number) => {
    const text = Math.abs(100 * share).toFixed(0)
    return share < 0 && text !== '0' ? `−${text}` : text
  }
  return `${value < 0 ? `${cents(value)} %` : percent(value)} (${cents(lower)}${lower < 0 ? ' to ' : '–'}${cents(upper)} %)`
}

/** A number to three digits, and small ones to two. @example figure(-0.01234) // => '−0.012' */
export function figure(value: number): string {
  const size = Math.abs(value)
  const text =
    size >= 100
      ? size.toFixed(0)
      : size >= 10
        ? size.toFixed(1)
        : size >= 0.01 || size === 0
          ? size.toFixed(3)
          : small(size)
  return value < 0 && Number(text) !== 0 ? `−${text}` : text
}

function small(size: number): string {
  return size < 0.00005 ? size.toExponential(0).replace('-', '−') : String(Number(size.toPrecision(2)))
}

/** An exact value in place of an estimate. */
export function exactly(value: number): Estimate {
  return { value, lower: value, upper: value }
}
