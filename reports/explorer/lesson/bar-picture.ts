import { colour, type Token } from '../../theme.ts'
import { svg } from '../element.ts'

/** A bar with its interval and a mark, all on a scale from 0 to 1. */
export interface BarPicture {
  readonly from: number
  readonly to: number
  readonly token: Token
  /** Whisker, both ends. */
  readonly interval?: readonly [number, number]
  /** A mark across the bar: what somebody predicted. */
  readonly mark?: number | undefined
  /** A thin line across the row: the beginning of the scale, 0 of a change. */
  readonly axis?: number
}

const height = 28

/** Draws a bar that stretches with its row; words and numbers stand beside it, so it is hidden from readers of the screen. */
export function barPicture({ from, to, token, interval, mark, axis }: BarPicture): SVGSVGElement {
  const x = (value: number) => `${(100 * Math.min(1, Math.max(0, value))).toFixed(3)}%`
  const left = Math.min(from, to)
  const width = Math.abs(to - from)
  const line = (at: number, attributes: Record<string, string | number>) =>
    svg('line', { x1: x(at), x2: x(at), ...attributes })
  return svg(
    'svg',
    { class: 'bar', width: '100%', height, 'aria-hidden': 'true', focusable: 'false' },
    svg('rect', { x: 0, y: 4, width: '100%', height: height - 8, fill: colour('grid') }),
    svg('rect', { x: x(left), y: 4, width: x(width), height: height - 8, fill: colour(token) }),
    axis === undefined ? undefined : line(axis, { y1: 0, y2: height, stroke: colour('soft'), 'stroke-width': 1 }),
    interval &&
      svg('line', {
        x1: x(interval[0]),
        x2: x(interval[1]),
        y1: height / 2,
        y2: height / 2,
        stroke: colour('ink'),
        'stroke-width': 3,
      }),
    interval?.map(end => line(end, { y1: 8, y2: height - 8, stroke: colour('ink'), 'stroke-width': 2 })),
    mark === undefined
      ? undefined
      : [
          line(mark, { y1: 0, y2: height, stroke: colour('paper'), 'stroke-width': 7 }),
          line(mark, { y1: 0, y2: height, stroke: colour('ink'), 'stroke-width': 3, 'stroke-dasharray': '5 3' }),
        ],
  )
}
