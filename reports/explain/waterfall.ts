import type { MeasureSplit, PartRange } from '../../sim/analysis/attribution-summary.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { html, type Markup } from '../escape.ts'
import { colour, fontStack } from '../theme.ts'
import { change, changes, number } from '../words.ts'
import { causeName } from './cause-words.ts'

const width = 520
const rowHeight = 19
const labels = 150
const numbers = 152
/** Parts smaller than this on average are added up in one bar. */
const small = 0.0005

interface Bar {
  readonly label: string
  readonly from: number
  readonly to: number
  readonly part: Pick<PartRange, 'mean' | 'low' | 'high'> | undefined
}

/** Bars from the start to the end, the largest part first; parts too small to see are one bar, so nothing is lost. */
export function waterfallBars(
  { start, end, parts }: MeasureSplit,
  ends: readonly [string, string],
  document: ScenarioDocument,
): Bar[] {
  const large = parts.filter(({ mean }) => Math.abs(mean) >= small).sort((a, b) => Math.abs(b.mean) - Math.abs(a.mean))
  const rest = parts.filter(part => !large.includes(part))
  const bars: Bar[] = [{ label: ends[0], from: start, to: start, part: undefined }]
  let at = start
  for (const part of large) {
    bars.push({ label: causeName(part.cause, document), from: at, to: at + part.mean, part })
    at += part.mean
  }
  const left = rest.reduce((sum, { mean }) => sum + mean, 0)
  if (rest.length > 0) {
    bars.push({
      label: `${rest.length} small ones`,
      from: at,
      to: at + left,
      part: { mean: left, low: left, high: left },
    })
  }
  return [...bars, { label: ends[1], from: end, to: end, part: undefined }]
}

/**
 * How a measure got from its start to its end, cause by cause: means over runs, which add up; the thin line is the
 * central 90 % of runs.
 */
export function waterfall(
  title: string,
  split: MeasureSplit,
  ends: readonly [string, string],
  document: ScenarioDocument,
): Markup {
  const bars = waterfallBars(split, ends, document)
  const height = 24 + bars.length * rowHeight
  const values = bars.flatMap(({ from, to }) => [from, to])
  const pad = 0.1 * (Math.max(...values) - Math.min(...values)) + 0.002
  const low = Math.min(...values) - pad
  const high = Math.max(...values) + pad
  const x = (value: number) =>
    labels + ((width - labels - numbers) * (Math.max(low, Math.min(high, value)) - low)) / (high - low)
  const said = bars.flatMap(({ label, part }) => (part ? [`${label} ${change(part.mean)}`] : []))
  return html`<svg class="waterfall" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}: from ${number(split.start)} to ${number(split.end)}; ${said.join(', ')}." font-family="${fontStack}" font-size="11">
<text x="0" y="13" font-weight="600" fill="${colour('ink')}">${title}</text>
${bars.map((bar, n) => row(bar, 24 + n * rowHeight, x))}
</svg>`
}

function row({ label, from, to, part }: Bar, top: number, x: (value: number) => number): Markup {
  const middle = top + rowHeight / 2
  const text = html`<text x="${labels - 8}" y="${middle + 4}" text-anchor="end" fill="${colour(part ? 'soft' : 'ink')}">${label}</text>`
  if (!part) {
    return html`${text}<line x1="${x(from).toFixed(1)}" x2="${x(from).toFixed(1)}" y1="${top + 2}" y2="${top + rowHeight - 2}" stroke="${colour('ink')}" stroke-width="3"/><text x="${width - numbers + 6}" y="${middle + 4}" fill="${colour('ink')}">${number(from)}</text>`
  }
  const token = part.mean < 0 ? 'away3' : 'toward3'
  const left = Math.min(x(from), x(to))
  const whisker = part.low === part.high ? undefined : line(x(from + part.low), x(from + part.high), middle)
  return html`${text}<rect x="${left.toFixed(1)}" y="${top + 3}" width="${Math.max(0.8, Math.abs(x(to) - x(from))).toFixed(1)}" height="${rowHeight - 6}" fill="${colour(token)}"/>${whisker}<text x="${width - numbers + 6}" y="${middle + 4}" fill="${colour('soft')}">${part.low === part.high ? change(part.mean) : `${change(part.mean)} (${changes(part.low, part.high)})`}</text>`
}

function line(from: number, to: number, y: number): Markup {
  return html`<line x1="${from.toFixed(1)}" x2="${to.toFixed(1)}" y1="${y}" y2="${y}" stroke="${colour('ink')}" stroke-width="1"/>`
}
