import type { Fan } from '../../sim/analysis/summary.ts'
import { colour, type Token } from '../theme.ts'
import { change, levels, number } from '../words.ts'
import { type EventMark, markKey, markLayers } from './event-marks.ts'
import { chart, measured, small, type TopLevelSpec, textSize, words } from './spec.ts'
import { quarterUntil, wholeYears } from './time.ts'

/** One measured by quarter. */
export interface FanSeries {
  readonly name: string
  readonly note?: string
  readonly fan: Fan
  /** Limits of the vertical scale. */
  readonly limits: readonly [number, number]
  /** Level to which the paths are compared; drawn as a line. */
  readonly base: number
  readonly token?: Token
  readonly signed?: boolean
  readonly digits?: number
  /** Whose path it is, for a reader who points at it, and how strongly it is drawn, 0 to 1. */
  readonly actor?: string
  readonly strength?: number
}

/**
 * Small fans side by side: median, central half and central 90 % of runs, with the last values written at the end.
 *
 * @param marks - events marked in every fan and named below
 */
export function fanPanels(
  years: readonly number[],
  series: readonly FanSeries[],
  width: number,
  columns: number,
  height: number,
  marks: readonly EventMark[] = [],
): TopLevelSpec {
  const [left, right] = [38, 46]
  const across = Math.floor(width / columns) - left - right
  const fans = {
    concat: series.map(one => fanPanel(years, one, across, height, marks)),
    columns,
    spacing: { row: 78, column: left + right },
    bounds: 'flush',
  }
  const padding = { left: 0, right: 8, top: 0, bottom: 0 }
  if (marks.length === 0) return chart({ padding, ...fans })
  return chart({ padding, vconcat: [fans, markKey(marks, width - left)], spacing: 18 })
}

function fanPanel(
  years: readonly number[],
  series: FanSeries,
  width: number,
  height: number,
  marks: readonly EventMark[],
): object {
  const { fan, limits, base, token = 'accent', signed = false, digits = 2, actor, strength = 1 } = series
  const horizontal = { domain: [years[0], years.at(-1)], nice: false }
  const vertical = { domain: limits, nice: false }
  const write = signed ? change : number
  // A reader who points at a quarter sees as many digits as any text has.
  const pointed = digits === 0 ? 1 : 3
  const x = (field: string) => measured(field, horizontal)
  const y = (field: string) => measured(field, vertical)
  const last = years.length - 1
  const end = { year: years[last], median: fan.q50[last]!, low: fan.q05[last]!, high: fan.q95[last]! }
  const rows = years.map((year, tick) => ({
    year,
    actor,
    q05: fan.q05[tick],
    q25: fan.q25[tick],
    q50: fan.q50[tick],
    q75: fan.q75[tick],
    q95: fan.q95[tick],
    hover: {
      [quarterUntil(year)]: `median ${write(fan.q50[tick]!, pointed)}`,
      '90 % of runs': signed
        ? `${change(fan.q05[tick]!, pointed)} to ${change(fan.q95[tick]!, pointed)}`
        : levels(fan.q05[tick]!, fan.q95[tick]!, pointed),
    },
  }))
  const close = (limits[1] - limits[0]) * (13 / height)
  const label = {
    ...end,
    base,
    name: series.name,
    actor,
    note: series.note ?? '',
    start: years[0],
    top: limits[1],
    medianText: write(end.median, digits),
    // Moved apart where the band is thinner than the text.
    highAt: Math.max(end.high, end.median + close),
    highText: write(end.high, digits),
    lowAt: Math.min(end.low, end.median - close),
    lowText: write(end.low, digits),
  }
  const band = (low: string, high: string, opacity: number) => ({
    mark: { type: 'area', color: colour(token), opacity: opacity * strength, clip: true },
    encoding: { x: x('year'), y: y(low), y2: { field: high } },
  })
  return {
    width,
    height,
    layer: [
      ...markLayers(marks, horizontal, limits),
      {
        data: { values: [label] },
        layer: [
          {
            mark: { type: 'rule', strokeDash: [3, 3], color: colour('soft') },
            encoding: {
              y: measured('base', vertical, {
                tickCount: 4,
                format: digits === 0 ? 'd' : signed ? '.2~f' : '.2f',
                domain: false,
                ticks: false,
              }),
            },
          },
          words('name', x('start'), y('top'), { dy: -32, fontWeight: 700, limit: width + 70 }),
          words('note', x('start'), y('top'), { dy: -18, ...small(), limit: width + 70 }),
          words('medianText', x('year'), y('median'), { dx: 4, fontWeight: 700, fontSize: textSize.small }),
          words('highText', x('year'), y('highAt'), { dx: 4, ...small() }),
          words('lowText', x('year'), y('lowAt'), { dx: 4, ...small() }),
        ],
      },
      {
        data: { values: rows },
        layer: [
          band('q05', 'q95', 0.18),
          band('q25', 'q75', 0.34),
          {
            mark: {
              type: 'line',
              color: colour(token),
              strokeWidth: 2.4,
              clip: true,
              ...(strength < 1 ? { opacity: strength } : {}),
            },
            encoding: {
              x: measured('year', horizontal, {
                format: 'd',
                values: wholeYears(years),
                grid: false,
                labelFlush: false,
              }),
              y: y('q50'),
            },
          },
          {
            mark: { type: 'rule', strokeWidth: Math.max(2, width / years.length), opacity: 0 },
            encoding: { x: x('year'), tooltip: { field: 'hover' } },
          },
        ],
      },
    ],
  }
}
