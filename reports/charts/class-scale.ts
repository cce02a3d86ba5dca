import { colour } from '../theme.ts'
import { change } from '../words.ts'
import { classLimits, classTokens } from './diverging.ts'
import { asGiven, boxAt, small, words } from './spec.ts'

/** Height of the scale above a chart, in pixels. */
export const scaleHeight = 58

/**
 * The classes of change with their limits, as layers of a chart whose scales count pixels: words at both ends, colours,
 * numbers below.
 *
 * @param ends - what blue and orange stand for
 * @param sign - −1 where blue stands for more
 * @param top - upper edge in pixels, may be negative
 */
export function classScale(
  ends: readonly [blue: string, orange: string],
  sign: 1 | -1,
  left: number,
  top: number,
  width: number,
  x: (field: string) => object,
  y: (field: string) => object,
): object[] {
  const across = Math.min(360, width) / classTokens.length
  const classes = classTokens.map((token, n) => ({
    left: left + n * across,
    right: left + (n + 1) * across,
    top: top + 15,
    bottom: top + 28,
    below: top + 37,
    fill: colour(token),
    limit: n === 0 ? '' : change(sign * classLimits[n - 1]!).replace(/0+$/, ''),
  }))
  const label = { at: top + 6, left, right: left + across * classTokens.length, blue: ends[0], orange: ends[1] }
  return [
    {
      data: { values: classes },
      layer: [
        {
          mark: { type: 'rect' },
          encoding: {
            ...boxAt(x, y),
            fill: asGiven('fill'),
          },
        },
        words('limit', x('left'), y('below'), { align: 'center', ...small() }),
      ],
    },
    {
      data: { values: [label] },
      layer: [
        words('blue', x('left'), y('at'), small()),
        words('orange', x('right'), y('at'), { align: 'right', ...small() }),
      ],
    },
  ]
}
