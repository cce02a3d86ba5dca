import { colour } from '../theme.ts'
import { percent, shareWords } from '../words.ts'
import type { ChartData } from './chart-data.ts'
import { chart, isNarrow, measured, small, type TopLevelSpec, textSize, words } from './spec.ts'
import { wholeYears, windowWords } from './time.ts'
import { wrapped } from './wrap.ts'

/** When each event may happen, and in what share of runs it did: a frame for the window, filled to the share. */
export function eventWindows(data: ChartData, width: number): TopLevelSpec {
  const narrow = isNarrow(width)
  const side = narrow ? 0 : Math.min(470, width * 0.55)
  const room = 48
  const lineHeight = 14
  const characters = Math.floor((narrow ? width : side - 12) / 6.3)
  let top = 0
  const rows = [...data.events]
    .sort((a, b) => a.from - b.from || a.to - b.to)
    .map(({ title, from, to, happened }) => {
      const lines = wrapped(title, characters, 3)
      const textHeight = lines.length * lineHeight
      const barAt = narrow ? top + textHeight + 10 : top + Math.max(20, textHeight) / 2
      const textAt = narrow ? top + lineHeight / 2 : barAt - ((lines.length - 1) * lineHeight) / 2
      top += narrow ? textHeight + 28 : Math.max(20, textHeight) + 4
      const thick = 7 * happened.share
      return {
        lines,
        textAt,
        barAt,
        from,
        to,
        frameTop: barAt - 7,
        frameBottom: barAt + 7,
        fillTop: barAt - thick,
        fillBottom: barAt + thick,
        label: percent(happened.share),
        hover: {
          [title]: '',
          window: windowWords(from, to),
          'share of runs': shareWords(happened),
        },
      }
    })
  const [first, last] = [data.years[0]!, data.years.at(-1)!]
  // The left end of the scale leaves room for the titles.
  const perPixel = (last - first) / (width - side - room)
  const across = { domain: [first - side * perPixel, last + room * perPixel], nice: false, zero: false }
  const down = { domain: [top, 0], nice: false }
  const x = (field: string) => measured(field, across)
  const y = (field: string) => ({ field, type: 'quantitative', scale: down, axis: null })
  const box = (upper: string, lower: string, look: object) => ({
    mark: { type: 'rect', ...look },
    encoding: { x: x('from'), x2: { field: 'to' }, y: y(upper), y2: { field: lower }, tooltip: { field: 'hover' } },
  })
  return chart({
    width,
    height: top,
    data: { values: rows.map(row => ({ ...row, textFrom: across.domain[0] })) },
    layer: [
      {
        data: { values: wholeYears(data.years).map(year => ({ year })) },
        mark: { type: 'rule', color: colour('grid') },
        encoding: {
          x: measured('year', across, {
            values: wholeYears(data.years),
            format: 'd',
            grid: false,
            domain: false,
            orient: 'top',
          }),
        },
      },
      box('frameTop', 'frameBottom', { fill: colour('grid'), cornerRadius: 2 }),
      box('fillTop', 'fillBottom', { fill: colour('accent'), cornerRadius: 1 }),
      words('label', x('to'), y('barAt'), { dx: 5, ...small('ink') }),
      words('lines', x('textFrom'), y('textAt'), { lineHeight, fontSize: textSize.small + 0.5 }),
    ],
  })
}
