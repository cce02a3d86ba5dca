import { colour } from '../theme.ts'
import { chart, isNarrow, quantity, small, type TopLevelSpec, textSize, words } from './spec.ts'

/** The limits of a box, each on the whole range of its input. */
export interface BoxPanelData {
  readonly limits: readonly {
    readonly name: string
    readonly note: string
    /** Ends of the box as parts of the range of the input, 0 … 1. */
    readonly from: number
    readonly to: number
    /** Ends of the box and of the range, as they are written. */
    readonly low: string
    readonly high: string
    readonly least: string
    readonly most: string
    /** How sure the limit is. */
    readonly test: string
  }[]
}

const step = 62

/** A bar for each restricted input: the part of its range that lies in the box. */
export function boxPanel({ limits }: BoxPanelData, width: number): TopLevelSpec {
  const narrow = isNarrow(width)
  const side = narrow ? 0 : 290
  const plot = width - side
  const height = limits.length * step
  const rows = limits.map(({ name, note, from, to, low, high, least, most, test }, n) => {
    const [left, right] = [plot * from, plot * to]
    return {
      name,
      note,
      test,
      least,
      most,
      left,
      right,
      start: 0,
      end: plot,
      top: n * step + 23,
      bottom: n * step + 37,
      head: n * step + 10,
      foot: n * step + 48,
      low: from > 0 ? low : '',
      high: to < 1 ? high : '',
      // Numbers at the ends give way to a limit that is close.
      leastShown: left > 60 ? least : '',
      mostShown: plot - right > 60 ? most : '',
      hover: { [name]: `${low} to ${high}`, range: `${least} to ${most}` },
    }
  })
  const x = (field: string) => quantity(field, { domain: [0, plot], range: [0, plot], nice: false })
  const y = (field: string) => quantity(field, { domain: [height, 0], nice: false })
  const bar = (from: string, to: string, look: object) => ({
    mark: { type: 'rect', ...look },
    encoding: { x: x(from), x2: { field: to }, y: y('top'), y2: { field: 'bottom' }, tooltip: { field: 'hover' } },
  })
  return chart({
    width,
    height,
    data: { values: rows },
    layer: [
      bar('start', 'end', { fill: colour('grid'), cornerRadius: 2 }),
      bar('left', 'right', { fill: colour('duality'), cornerRadius: 2 }),
      words('low', x('left'), y('foot'), { fontWeight: 600, fontSize: textSize.small }),
      words('high', x('right'), y('foot'), { align: 'right', fontWeight: 600, fontSize: textSize.small }),
      words('leastShown', x('start'), y('foot'), small()),
      words('mostShown', x('end'), y('foot'), { align: 'right', ...small() }),
      words('name', x('start'), y('head'), { fontWeight: 600 }),
      ...(narrow
        ? [words('test', x('end'), y('head'), { align: 'right', ...small(), limit: plot * 0.74 })]
        : [
            words('note', x('start'), y('head'), { dx: noteAt(limits), ...small(), limit: plot - noteAt(limits) }),
            words('test', { value: plot + 16 }, y('head'), { dy: 20, ...small(), limit: side - 16 }),
          ]),
    ],
  })
}

const noteAt = (limits: BoxPanelData['limits']) => 12 + 7.4 * Math.max(...limits.map(({ name }) => name.length))
