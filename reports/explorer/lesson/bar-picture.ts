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

/**
 * Draws a bar that stretches with its row and its type; words and numbers stand beside it, so it is hidden from readers of
 * the screen.
 */
export function barPicture({ from, to, token, interval, mark, axis }: BarPicture): SVGSVGElement {
  const x = (value: number) => `${(100 * Math.min(1, Math.max(0, value))).toFixed(3)}%`
  const left = Math.min(from, to)
  const width = Math.abs(to - from)
  const line = (at: number, attributes: Record<string, string | number>) =>
    svg('line', { x1: x(at), x2: x(at), y1: 0, y2: '100%', ...attributes })
  const dark = { stroke: colour('ink'), 'stroke-width': '0.13em' }
  return svg(
    'svg',
    { class: 'bar', 'aria-hidden': 'true', focusable: 'false' },
    svg('rect', { x: 0, y: '15%', width: '100%', height: '70%', fill: colour('grid') }),
    svg('rect', { x: x(left), y: '15%', width: x(width), height: '70%', fill: colour(token) }),
    axis === undefined ? undefined : line(axis, { stroke: colour('soft'), 'stroke-width': '0.06em' }),
    interval && svg('line', { x1: x(interval[0]), x2: x(interval[1]), y1: '50%', y2: '50%', ...dark }),
    interval?.map(end => line(end, { ...dark, y1: '28%', y2: '72%' })),
    mark === undefined
      ? undefined
      : [
          line(mark, { stroke: colour('paper'), 'stroke-width': '0.36em' }),
          line(mark, { ...dark, 'stroke-dasharray': '5 3' }),
        ],
  )
}
