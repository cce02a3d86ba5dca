import { change, changes, number, sentence } from '../words.ts'
import { type ChartData, coreOf } from './chart-data.ts'
import { classScale, scaleHeight } from './colour-scale.ts'
import { classOf } from './diverging.ts'
import { asGiven, boxAt, chart, isNarrow, quantity, small, type TopLevelSpec, textSize, words } from './spec.ts'
import { wrapped } from './wrap.ts'

const row = 50

/** Change of Russia's share of each core actor in each domain: colour and number for the median, a line for 90 %. */
export function domainHeat(data: ChartData, width: number): TopLevelSpec {
  const actors = coreOf(data)
  const narrow = isNarrow(width)
  const side = narrow ? 40 : 124
  const domains = actors[0]?.domains.map(({ domain }) => domain) ?? []
  const column = (width - side) / Math.max(1, domains.length)
  const reach = Math.max(0.05, ...actors.flatMap(actor => actor.domains.flatMap(({ low, high }) => [-low, high])))
  const inset = narrow ? 5 : 14
  const cells = actors.flatMap((actor, n) =>
    actor.domains.map(({ domain, start, median, low, high }, d) => {
      const left = side + d * column
      const middle = left + column / 2
      const toX = (value: number) => middle + (value / reach) * (column / 2 - inset)
      const hover = {
        [actor.name]: domain,
        median: change(median - start),
        '90 % of runs': changes(low - start, high - start),
      }
      return {
        left: left + 1,
        right: left + column - 1,
        top: n * row + 1,
        bottom: (n + 1) * row - 1,
        middle,
        textAt: n * row + 18,
        lineAt: n * row + 36,
        low: toX(low - start),
        high: toX(high - start),
        median: toX(median - start),
        zeroTop: n * row + 31,
        zeroBottom: n * row + 41,
        label: change(median - start, narrow ? 2 : 3),
        ...classOf(median - start),
        hover,
      }
    }),
  )
  const names = actors.map(({ id, name }, n) => ({ x: 0, y: n * row + row / 2, name: narrow ? id : name }))
  const heads = domains.map((domain, d) => ({
    x: side + (d + 0.5) * column,
    y: -12,
    domain: sentence(domain),
  }))
  const edge = (reach * column) / 2 / (column / 2 - inset)
  const key = {
    x: 378,
    y: -scaleHeight - 14,
    lines: wrapped(`Line and dot: 90 % of runs, median. Tick: no change. Edge of a cell: ${number(edge, 2)}`, 40),
  }
  const x = (field: string) => quantity(field, { domain: [0, width], nice: false })
  const y = (field: string) => quantity(field, { domain: [actors.length * row, 0], nice: false })
  const rule = (look: object, from: string, to: string, at: string) => ({
    mark: { type: 'rule', ...look },
    encoding: { x: x(from), x2: { field: to }, y: y(at), stroke: asGiven('ink') },
  })
  return chart({
    width,
    height: actors.length * row,
    layer: [
      ...classScale(['away from Russia', 'towards Russia'], 1, { top: -scaleHeight - 20, width, x, y }),
      ...(narrow
        ? []
        : [{ data: { values: [key] }, ...words('lines', x('x'), y('y'), { lineHeight: 14, ...small() }) }]),
      {
        data: { values: cells },
        layer: [
          {
            mark: { type: 'rect', cornerRadius: 3 },
            encoding: {
              ...boxAt(x, y),
              fill: asGiven('fill'),
              tooltip: { field: 'hover' },
            },
          },
          rule({ strokeWidth: 1.5, opacity: 0.75 }, 'low', 'high', 'lineAt'),
          {
            mark: { type: 'rule', strokeWidth: 1, opacity: 0.6 },
            encoding: { x: x('middle'), y: y('zeroTop'), y2: { field: 'zeroBottom' }, stroke: asGiven('ink') },
          },
          {
            mark: { type: 'point', filled: true, size: 34 },
            encoding: { x: x('median'), y: y('lineAt'), fill: asGiven('ink') },
          },
          {
            mark: { type: 'text', align: 'center', fontWeight: 600 },
            encoding: { x: x('middle'), y: y('textAt'), text: { field: 'label' }, color: asGiven('ink') },
          },
        ],
      },
      { data: { values: names }, ...words('name', x('x'), y('y'), { fontWeight: 600, limit: side - 6 }) },
      {
        data: { values: heads },
        ...words('domain', x('x'), y('y'), { align: 'center', ...small(), fontSize: narrow ? 10 : textSize.small }),
      },
    ],
  })
}
