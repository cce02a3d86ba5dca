import { colour, type Token } from '../theme.ts'
import { asGiven, chart, isNarrow, measured, quantity, small, type TopLevelSpec, textSize, words } from './spec.ts'

/** Bars with 95 % intervals, a row for each thing that is estimated, the strongest first. */
export interface EstimateBarsData {
  readonly rows: readonly EstimateRow[]
  /** What each bar of a row is, where there are several. */
  readonly series: readonly string[]
  /** Ends of the axis; 0 lies between them. */
  readonly extent: readonly [low: number, high: number]
  /** Whether the axis counts per cent. */
  readonly shares: boolean
  /** A value to read the bars against, such as the noise. */
  readonly mark?: { readonly value: number; readonly label: string }
}

interface EstimateRow {
  readonly name: string
  readonly note: string
  /** Drawn weaker: not told from none. */
  readonly faint: boolean
  readonly bars: readonly {
    readonly value: number
    readonly lower: number
    readonly upper: number
    readonly text: string
  }[]
}

const head = 20
const bar = 17
const gap = 10

/** A tornado, or pairs of bars: name and note above, bar with interval, numbers at the right. */
export function estimateBars(data: EstimateBarsData, width: number): TopLevelSpec {
  const { rows, series, extent, shares, mark } = data
  const narrow = isNarrow(width)
  const numbers = narrow ? 112 : 150
  const plot = width - numbers
  const legend = series.length > 1 ? 26 : 0
  const labelled = mark === undefined ? 0 : 18
  const count = Math.max(1, series.length)
  const step = head + count * bar + gap
  const top = legend + labelled
  const height = top + rows.length * step
  const names = rows.map(({ name, note }, n) => ({ name, note, zero: extent[0], at: top + n * step + head / 2 }))
  const bars = rows.flatMap(({ name, faint, bars: own }, n) =>
    own.map(({ value, lower, upper, text }, k) => ({
      zero: 0,
      value,
      lower,
      upper,
      text,
      top: top + n * step + head + k * bar + 2,
      bottom: top + n * step + head + (k + 1) * bar - 2,
      middle: top + n * step + head + (k + 0.5) * bar,
      fill: colour(tokenOf(value, k, series.length)),
      opacity: faint ? 0.3 : 1,
      hover: { [series[k] ?? name]: text },
    })),
  )
  const horizontal = { domain: extent, range: [0, plot], nice: false, zero: false }
  const x = (field: string) => measured(field, horizontal)
  const y = (field: string) => quantity(field, { domain: [height, 0], nice: false })
  const axis = { tickCount: narrow ? 4 : 6, format: shares ? '.0%' : '~g', grid: true, domain: false, ticks: false }
  const nameLength = 10 + 7.4 * Math.max(0, ...rows.map(({ name }) => name.length))
  return chart({
    width,
    height,
    layer: [
      {
        data: { values: bars },
        layer: [
          {
            mark: { type: 'rect' },
            encoding: {
              x: measured('zero', horizontal, axis),
              x2: { field: 'value' },
              y: y('top'),
              y2: { field: 'bottom' },
              fill: asGiven('fill'),
              fillOpacity: { field: 'opacity', type: 'quantitative', scale: null },
              tooltip: { field: 'hover' },
            },
          },
          words('text', { value: plot + 10 }, y('middle'), { fontSize: textSize.small }),
        ],
      },
      {
        data: { values: bars.filter(({ lower, upper }) => lower < upper) },
        layer: [
          {
            mark: { type: 'rule', strokeWidth: 1.6, color: colour('ink') },
            encoding: { x: x('lower'), x2: { field: 'upper' }, y: y('middle') },
          },
          ...['lower', 'upper'].map(end => ({
            mark: { type: 'tick', orient: 'vertical', size: 8, thickness: 1.6, color: colour('ink') },
            encoding: { x: x(end), y: y('middle') },
          })),
        ],
      },
      ...(mark === undefined ? [] : [markLayer(mark, top, height, x, y)]),
      {
        data: { values: [{ zero: 0, top, bottom: height }] },
        mark: { type: 'rule', color: colour('line') },
        encoding: { x: x('zero'), y: y('top'), y2: { field: 'bottom' } },
      },
      {
        data: { values: names },
        layer: [
          words('name', { value: 0 }, y('at'), { fontWeight: 600, limit: narrow ? width : nameLength }),
          ...(narrow ? [] : [words('note', { value: nameLength }, y('at'), { ...small(), limit: width - nameLength })]),
        ],
      },
      ...(legend === 0 ? [] : [legendLayer(series, y)]),
    ],
  })
}

const pairTokens = ['duality', 'shell', 'council'] as const satisfies readonly Token[]

/** Series have colours of their own; single bars are blue above and orange below zero. */
function tokenOf(value: number, place: number, series: number): Token {
  if (series > 1) return pairTokens[place % pairTokens.length]!
  return value < 0 ? 'consolidation' : 'duality'
}

function markLayer(
  { value, label }: { value: number; label: string },
  top: number,
  bottom: number,
  x: (field: string) => object,
  y: (field: string) => object,
): object {
  return {
    data: { values: [{ value, label, above: top - 8, top: top - 2, bottom }] },
    layer: [
      {
        mark: { type: 'rule', strokeDash: [4, 3], color: colour('soft') },
        encoding: { x: x('value'), y: y('top'), y2: { field: 'bottom' } },
      },
      words('label', x('value'), y('above'), small()),
    ],
  }
}

function legendLayer(series: readonly string[], y: (field: string) => object): object {
  let from = 0
  const entries = series.map((name, n) => {
    const entry = { name, at: 8, top: 2, bottom: 14, fill: colour(tokenOf(1, n, series.length)), left: from }
    from += 34 + 6.6 * name.length
    return entry
  })
  return {
    layer: entries.flatMap(entry => [
      {
        data: { values: [entry] },
        mark: { type: 'rect', width: 14 },
        encoding: { x: { value: entry.left + 7 }, y: y('top'), y2: { field: 'bottom' }, fill: asGiven('fill') },
      },
      { data: { values: [entry] }, ...words('name', { value: entry.left + 20 }, y('at'), small('ink')) },
    ]),
  }
}
