import { colour, lookOf } from '../theme.ts'
import { sentence } from '../words.ts'
import type { Box } from './place-labels.ts'
import { small, textSize, words } from './spec.ts'

const directions = [
  { outcome: 'duality', right: -1, down: -1, says: 'institutions hold, practice leaves' },
  { outcome: 'consolidation', right: 1, down: -1, says: 'both move towards Russia' },
  { outcome: 'realignment', right: -1, down: 1, says: 'both leave Russia' },
  { outcome: 'reverse_duality', right: 1, down: 1, says: 'institutions leave, practice stays' },
] as const

type Encode = (field: string) => object
type Unit = (pixels: number) => number

/** What each direction of movement in the plane means: four arrows with their words, in a box. */
export function compass(box: Box, narrow: boolean) {
  const centre = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }
  const length = narrow ? 12 : 15
  const rows = directions.map(({ outcome, right, down, says }) => ({
    right,
    x0: centre.x + right * 4,
    y0: centre.y + down * 4,
    x1: centre.x + right * length,
    y1: centre.y + down * length,
    xText: centre.x + right * (length + 8),
    yName: centre.y + down * (length + (narrow ? 8 : 14)) - (narrow ? 0 : 8),
    ySays: centre.y + down * (length + 14) + 7,
    angle: (Math.atan2(right, -down) * 180) / Math.PI,
    name: narrow ? lookOf(outcome).short : sentence(lookOf(outcome).name),
    says,
  }))
  return {
    box,
    layers(x: Encode, y: Encode, unitX: Unit, unitY: Unit): object[] {
      const inUnits = rows.map(({ x0, x1, xText, y0, y1, yName, ySays, ...rest }) => ({
        ...rest,
        x0: unitX(x0),
        x1: unitX(x1),
        xText: unitX(xText),
        y0: unitY(y0),
        y1: unitY(y1),
        yName: unitY(yName),
        ySays: unitY(ySays),
      }))
      const side = (right: number) => ({
        data: { values: inUnits.filter(row => row.right === right) },
        layer: [
          words('name', x('xText'), y('yName'), {
            align: right < 0 ? 'right' : 'left',
            fontWeight: 600,
            color: colour('soft'),
            fontSize: textSize.normal,
          }),
          ...(narrow
            ? []
            : [words('says', x('xText'), y('ySays'), { align: right < 0 ? 'right' : 'left', ...small() })]),
        ],
      })
      return [
        {
          data: { values: inUnits },
          layer: [
            {
              mark: { type: 'rule', color: colour('soft'), strokeWidth: 1.5 },
              encoding: { x: x('x0'), y: y('y0'), x2: { field: 'x1' }, y2: { field: 'y1' } },
            },
            {
              mark: { type: 'point', shape: 'triangle', filled: true, size: 40, color: colour('soft') },
              encoding: { x: x('x1'), y: y('y1'), angle: { field: 'angle', type: 'quantitative', scale: null } },
            },
          ],
        },
        side(-1),
        side(1),
      ]
    },
  }
}
