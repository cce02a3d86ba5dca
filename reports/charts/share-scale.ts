import { colour, lookOf } from '../theme.ts'
import { percent } from '../words.ts'
import { asGiven, asNumber, boxAt, small, words } from './spec.ts'

const steps = 5

/** Depth of colour for a part of the largest share, in steps, 0 to 1. */
export function depthOf(part: number): number {
  return 0.08 + (0.92 * Math.min(steps - 1, Math.floor(part * steps))) / (steps - 1)
}

/** The depths of colour for shares of runs from none to the largest, as layers of a chart whose scales count pixels. */
export function shareScale(
  outcome: string,
  most: number,
  top: number,
  width: number,
  x: (field: string) => object,
  y: (field: string) => object,
): object[] {
  const { token, name } = lookOf(outcome)
  const across = Math.min(360, width) / steps
  const boxes = Array.from({ length: steps }, (_, n) => ({
    left: n * across,
    right: (n + 1) * across,
    top: top + 15,
    bottom: top + 28,
    below: top + 37,
    fill: colour(token),
    depth: depthOf(n / steps),
    limit: n === 0 ? '' : percent((n * most) / steps),
  }))
  const title = { left: 0, at: top + 6, title: `share of runs in ${name}, most ${percent(most)}` }
  return [
    {
      data: { values: boxes },
      layer: [
        {
          mark: { type: 'rect', stroke: colour('line'), strokeWidth: 0.5 },
          encoding: {
            ...boxAt(x, y),
            fill: asGiven('fill'),
            fillOpacity: asNumber('depth'),
          },
        },
        words('limit', x('left'), y('below'), { align: 'center', ...small() }),
      ],
    },
    { data: { values: [title] }, ...words('title', x('left'), y('at'), small()) },
  ]
}
