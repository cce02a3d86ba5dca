import { colour } from '../theme.ts'
import { inkOn } from './ink.ts'
import { asGiven, boxAt, chart, isNarrow, quantity, small, type TopLevelSpec, textSize, words } from './spec.ts'

/** Numbers from 0 in rows and columns, such as the regret of policies in parts of the worlds. */
export interface HeatTableData {
  readonly rows: readonly string[]
  /** Names of the columns, and of the groups they stand in. */
  readonly columns: readonly { readonly group: string; readonly name: string }[]
  /** [rows][columns]. */
  readonly values: readonly (readonly number[])[]
  /** The same as they are written. */
  readonly texts: readonly (readonly string[])[]
}

const heads = 40

/** A cell for each number, the stronger coloured the larger it is, with the number on it. */
export function heatTable({ rows, columns, values, texts }: HeatTableData, width: number): TopLevelSpec {
  const narrow = isNarrow(width)
  // On a phone names stand above their cells.
  const side = narrow ? 0 : Math.min(280, 18 + 8.4 * Math.max(...rows.map(name => name.length)))
  const above = narrow ? 19 : 0
  const step = 34 + above
  // A phone has room for the first groups only; the table has the others.
  const shown = narrow ? columns.filter(({ group }, n) => n === 0 || group === columns[1]?.group) : columns
  const across = (width - side) / Math.max(1, shown.length)
  const most = Math.max(1e-12, ...values.flat())
  const height = heads + rows.length * step
  const cells = rows.flatMap((row, r) =>
    shown.map(({ group, name }, c) => {
      const opacity = 0.06 + (0.94 * values[r]![c]!) / most
      return {
        left: side + c * across + 1,
        right: side + (c + 1) * across - 1,
        top: heads + r * step + above + 1,
        bottom: heads + (r + 1) * step - 1,
        x: side + (c + 0.5) * across,
        y: heads + r * step + above + 17,
        text: across < 34 ? '' : texts[r]![c]!,
        opacity,
        ink: inkOn('consolidation', opacity),
        hover: { [row]: texts[r]![c]!, [group]: name },
      }
    }),
  )
  const names = rows.map((name, r) => ({ name, x: 0, y: heads + r * step + (narrow ? 12 : 17) }))
  const titles = shown.map(({ name }, c) => ({ name, x: side + (c + 0.5) * across, y: 30 }))
  const groups = shown.flatMap(({ group }, c) =>
    c > 0 && shown[c - 1]!.group === group
      ? []
      : [{ group, x: side + c * across + 2, y: 11, room: across * shown.filter(o => o.group === group).length - 6 }],
  )
  const x = (field: string) => quantity(field, { domain: [0, width], range: [0, width], nice: false })
  const y = (field: string) => quantity(field, { domain: [height, 0], nice: false })
  return chart({
    width,
    height,
    layer: [
      {
        data: { values: cells },
        layer: [
          {
            mark: { type: 'rect', cornerRadius: 3, fill: colour('consolidation') },
            encoding: {
              ...boxAt(x, y),
              fillOpacity: { field: 'opacity', type: 'quantitative', scale: null },
              tooltip: { field: 'hover' },
            },
          },
          {
            mark: { type: 'text', align: 'center', fontSize: textSize.small },
            encoding: { x: x('x'), y: y('y'), text: { field: 'text' }, color: asGiven('ink') },
          },
        ],
      },
      {
        data: { values: names },
        ...words('name', x('x'), y('y'), { fontSize: textSize.small, limit: narrow ? width : side - 8 }),
      },
      { data: { values: titles }, ...words('name', x('x'), y('y'), { align: 'center', ...small(), limit: across }) },
      ...groups.map(group => ({
        data: { values: [group] },
        ...words('group', x('x'), y('y'), { fontSize: textSize.small, fontWeight: 600, limit: group.room }),
      })),
    ],
  })
}
