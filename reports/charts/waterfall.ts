import { colour } from '../theme.ts'
import { change, changes, number } from '../words.ts'
import { asGiven, boxAt, chart, quantity, small, type TopLevelSpec, textSize, words } from './spec.ts'

/** How a measure got from its start to its end, one panel a measure. */
export interface WaterfallData {
  readonly panels: readonly { readonly title: string; readonly bars: readonly WaterfallBar[] }[]
}

export interface WaterfallBar {
  readonly label: string
  readonly from: number
  readonly to: number
  /** Mean over runs and the central 90 % of runs, as changes; left out for the start and the end. */
  readonly part?: { readonly mean: number; readonly low: number; readonly high: number }
}

const step = 20
const head = 24

/** Bars that add up from a start to an end: means over runs, with a thin line for the central 90 % of runs. */
export function waterfall({ panels }: WaterfallData, width: number): TopLevelSpec {
  const columns = width >= 620 ? Math.min(2, panels.length) : 1
  const apart = 32
  const across = Math.floor((width - apart * (columns - 1)) / columns)
  const rows = Math.max(0, ...panels.map(({ bars }) => bars.length))
  return chart({
    concat: panels.map(({ title, bars }) => panel(title, bars, across, columns === 1 ? bars.length : rows)),
    columns,
    spacing: { row: 20, column: apart },
    bounds: 'flush',
  })
}

function panel(title: string, bars: readonly WaterfallBar[], width: number, rows: number): object {
  const narrow = width < 380
  // On a phone, which has no room for them, long names are cut; elsewhere they stand whole.
  const longest = Math.max(0, ...bars.map(({ label }) => label.length))
  const side = narrow ? 146 : Math.min(width / 2, Math.max(110, 14 + 6.1 * longest))
  const numbers = narrow ? 46 : 148
  const height = head + rows * step
  const values = bars.flatMap(({ from, to }) => [from, to])
  const pad = 0.1 * (Math.max(...values) - Math.min(...values)) + 0.002
  const [low, high] = [Math.min(...values) - pad, Math.max(...values) + pad]
  const toX = (value: number) =>
    side + ((width - side - numbers) * (Math.max(low, Math.min(high, value)) - low)) / (high - low)
  const placed = bars.map(({ label, from, to, part }, n) => {
    const certain = part === undefined || part.low === part.high
    const left = Math.min(toX(from), toX(to))
    return {
      label,
      labelX: side - 8,
      ink: colour(part ? 'soft' : 'ink'),
      left,
      right: Math.max(left + 0.8, toX(from), toX(to)),
      top: head + n * step + 3,
      bottom: head + (n + 1) * step - 3,
      middle: head + (n + 0.5) * step,
      ends: part === undefined,
      certain,
      whiskerLow: toX(from + (part?.low ?? 0)),
      whiskerHigh: toX(from + (part?.high ?? 0)),
      fill: colour((part?.mean ?? 0) < 0 ? 'away3' : 'toward3'),
      textX: width - numbers + 6,
      text: part === undefined ? number(from) : certain || narrow ? change(part.mean) : rangeWords(part),
      hover: {
        [label]: part === undefined ? number(from) : change(part.mean, 4),
        ...(certain ? {} : { '90 % of runs': changes(part.low, part.high) }),
      },
    }
  })
  const x = (field: string) => quantity(field, { domain: [0, width], nice: false })
  const y = (field: string) => quantity(field, { domain: [height, 0], nice: false })
  return {
    width,
    height,
    layer: [
      {
        data: { values: [{ x: 0, y: 8, title }] },
        ...words('title', x('x'), y('y'), { fontWeight: 700, limit: width }),
      },
      {
        data: { values: placed.filter(({ ends }) => !ends) },
        mark: { type: 'rect' },
        encoding: {
          ...boxAt(x, y),
          fill: asGiven('fill'),
          tooltip: { field: 'hover' },
        },
      },
      {
        data: { values: placed.filter(({ certain }) => !certain) },
        mark: { type: 'rule', strokeWidth: 1.2, color: colour('ink') },
        encoding: { x: x('whiskerLow'), x2: { field: 'whiskerHigh' }, y: y('middle') },
      },
      {
        data: { values: placed.filter(({ ends }) => ends) },
        mark: { type: 'rule', strokeWidth: 3, color: colour('ink') },
        encoding: { x: x('left'), y: y('top'), y2: { field: 'bottom' } },
      },
      {
        data: { values: placed },
        layer: [
          {
            mark: { type: 'text', align: 'right', fontSize: textSize.small, limit: side - 8 },
            encoding: { x: x('labelX'), y: y('middle'), text: { field: 'label' }, color: asGiven('ink') },
          },
          words('text', x('textX'), y('middle'), small('ink')),
        ],
      },
    ],
  }
}

function rangeWords({ mean, low, high }: NonNullable<WaterfallBar['part']>): string {
  return `${change(mean)} (${changes(low, high)})`
}
