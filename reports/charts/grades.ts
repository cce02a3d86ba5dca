import { colour } from '../theme.ts'
import type { ChartData } from './chart-data.ts'
import { inkOn } from './ink.ts'
import { asGiven, chart, isNarrow, quantity, small, type TopLevelSpec, textSize, words } from './spec.ts'

const step = 34
const opacities = { A: 1, B: 0.66, C: 0.36, D: 0.12 } as const

/** How well the inputs are known: number of figures by grade, in one bar for each kind of input. */
export function inputGrades(data: ChartData, width: number): TopLevelSpec {
  const narrow = isNarrow(width)
  const side = narrow ? 0 : 210
  const room = width - side - 46
  const rows = data.grades.flatMap(({ kind, counts }, n) => {
    const total = Object.values(counts).reduce((sum, one) => sum + one, 0)
    let from = side
    return (Object.keys(opacities) as (keyof typeof opacities)[]).map(grade => {
      const length = total === 0 ? 0 : (counts[grade] / total) * room
      const row = {
        kind,
        from,
        to: from + length,
        top: n * step + (narrow ? 14 : 6),
        bottom: (n + 1) * step - (narrow ? 2 : 6),
        textX: from + 5,
        textY: (n + (narrow ? 0.7 : 0.5)) * step,
        opacity: opacities[grade],
        label: length > 34 ? `${grade} ${counts[grade]}` : length > 12 ? grade : '',
        ink: inkOn('accent', opacities[grade]),
        hover: { [kind]: `grade ${grade}`, figures: `${counts[grade]} of ${total}` },
      }
      from += length
      return row
    })
  })
  const names = data.grades.map(({ kind, counts }, n) => ({
    kind,
    x: 0,
    y: narrow ? n * step + 6 : (n + 0.5) * step,
    end: side + room,
    middle: (n + (narrow ? 0.7 : 0.5)) * step,
    total: String(Object.values(counts).reduce((sum, one) => sum + one, 0)),
  }))
  const height = data.grades.length * step
  const x = (field: string) => quantity(field, { domain: [0, width], nice: false })
  const y = (field: string) => quantity(field, { domain: [height, 0], nice: false })
  return chart({
    width,
    height,
    layer: [
      {
        data: { values: rows },
        layer: [
          {
            mark: { type: 'rect', fill: colour('accent'), stroke: colour('accent'), strokeWidth: 1 },
            encoding: {
              x: x('from'),
              x2: { field: 'to' },
              y: y('top'),
              y2: { field: 'bottom' },
              fillOpacity: { field: 'opacity', type: 'quantitative', scale: null },
              tooltip: { field: 'hover' },
            },
          },
          {
            mark: { type: 'text', align: 'left', fontSize: textSize.small, fontWeight: 600 },
            encoding: { x: x('textX'), y: y('textY'), text: { field: 'label' }, color: asGiven('ink') },
          },
        ],
      },
      {
        data: { values: names },
        layer: [
          words('kind', x('x'), y('y'), narrow ? { fontSize: textSize.small, fontWeight: 600 } : { fontWeight: 600 }),
          words('total', x('end'), y('middle'), { dx: 7, ...small() }),
        ],
      },
    ],
  })
}
