import { colour, lookOf } from '../theme.ts'
import { change, percent } from '../words.ts'
import { classLimits, classTokens } from './diverging.ts'
import { asGiven, asNumber, boxAt, small, words } from './spec.ts'

/** Height of a scale above a chart, in pixels. */
export const scaleHeight = 58

/** Where a scale begins, the room it has, and the scales of its chart, which count pixels. */
interface ScalePlace {
  /** Upper edge, may be negative. */
  readonly top: number
  readonly width: number
  readonly x: (field: string) => object
  readonly y: (field: string) => object
}

/**
 * The classes of change with their limits, as layers of a chart.
 *
 * @param ends - what blue and orange stand for
 * @param sign - −1 where blue stands for more
 */
export function classScale(
  [blue, orange]: readonly [blue: string, orange: string],
  sign: 1 | -1,
  place: ScalePlace,
): object[] {
  const boxes = classTokens.map((token, n) => ({
    fill: colour(token),
    limit: n === 0 ? '' : change(sign * classLimits[n - 1]!).replace(/0+$/, ''),
  }))
  return scaleOf(boxes, { left: blue, right: orange }, place)
}

const shareSteps = 5

/** Depth of colour for a part of the largest share, in steps, 0 to 1. */
export function depthOf(part: number): number {
  return 0.08 + (0.92 * Math.min(shareSteps - 1, Math.floor(part * shareSteps))) / (shareSteps - 1)
}

/** The depths of colour for shares of runs from none to the largest, as layers of a chart. */
export function shareScale(outcome: string, most: number, place: ScalePlace): object[] {
  const { token, name } = lookOf(outcome)
  const boxes = Array.from({ length: shareSteps }, (_, n) => ({
    fill: colour(token),
    depth: depthOf(n / shareSteps),
    limit: n === 0 ? '' : percent((n * most) / shareSteps),
  }))
  const left = `share of runs in ${name}, most ${percent(most)}`
  const mark = { stroke: colour('line'), strokeWidth: 0.5 }
  return scaleOf(boxes, { left, right: '' }, place, { mark, encoding: { fillOpacity: asNumber('depth') } })
}

/** Words at both ends, boxes of colour below them, and below these the limits between the boxes. */
function scaleOf(
  boxes: readonly { readonly fill: string; readonly limit: string }[],
  ends: { readonly left: string; readonly right: string },
  { top, width, x, y }: ScalePlace,
  more: { readonly mark?: object; readonly encoding?: object } = {},
): object[] {
  const across = Math.min(360, width) / boxes.length
  const placed = boxes.map((box, n) => ({
    ...box,
    left: n * across,
    right: (n + 1) * across,
    top: top + 15,
    bottom: top + 28,
    below: top + 37,
  }))
  const labels = { at: top + 6, from: 0, to: across * boxes.length, left: ends.left, right: ends.right }
  return [
    {
      data: { values: placed },
      layer: [
        {
          mark: { type: 'rect', ...more.mark },
          encoding: { ...boxAt(x, y), fill: asGiven('fill'), ...more.encoding },
        },
        words('limit', x('left'), y('below'), { align: 'center', ...small() }),
      ],
    },
    {
      data: { values: [labels] },
      layer: [
        words('left', x('from'), y('at'), small()),
        words('right', x('to'), y('at'), { align: 'right', ...small() }),
      ],
    },
  ]
}
