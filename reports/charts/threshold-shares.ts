import type { Share } from '../../sim/analysis/intervals.ts'
import { colour, lookOf } from '../theme.ts'
import { percent, sentence } from '../words.ts'
import { asGiven, chart, isNarrow, quantity, small, type TopLevelSpec, textSize, words } from './spec.ts'
import { wrapped } from './wrap.ts'

/** The share of runs in each outcome with its thresholds as they are, harder and easier to reach. */
export interface ThresholdSharesData {
  readonly rows: readonly {
    readonly outcome: string
    /** What is moved. */
    readonly note: string
    readonly stricter: Share
    readonly given: Share
    readonly looser: Share
  }[]
}

const sides = ['stricter', 'given', 'looser'] as const
const shapes = { stricter: 'triangle-left', given: 'circle', looser: 'triangle-right' } as const
const meanings = { stricter: 'stricter', given: 'as set', looser: 'looser' } as const
/** Room of the key above the rows. */
const head = 28

/** A line for each outcome from its share with stricter thresholds to that with looser ones, and the share as they are set. */
export function thresholdShares({ rows }: ThresholdSharesData, width: number): TopLevelSpec {
  const narrow = isNarrow(width)
  const side = narrow ? 0 : Math.min(330, width * 0.36)
  const step = narrow ? 62 : 46
  const height = head + rows.length * step
  const most = Math.max(0.01, ...rows.flatMap(({ looser, given }) => [looser.upper, given.upper]))
  const room = 46
  const toX = (share: number) => side + room + (share / most) * (width - side - 2 * room)
  const lines = rows.map(({ outcome, note, stricter, given, looser }, n) => {
    const { token, name } = lookOf(outcome)
    const middle = head + n * step + (narrow ? 46 : 28)
    return {
      name: sentence(name),
      note: wrapped(note, Math.floor((side - 12) / 5.6), 2),
      nameX: 0,
      nameY: head + n * step + (narrow ? 14 : 12),
      noteY: head + n * step + 27,
      fill: colour(token),
      from: toX(stricter.share),
      to: toX(looser.share),
      middle,
      given: toX(given.share),
      above: middle - 14,
      left: Math.min(toX(stricter.lower), toX(stricter.share) - 6) - 4,
      right: Math.max(toX(looser.upper), toX(looser.share) + 6) + 4,
      stricterText: percent(stricter.share),
      givenText: percent(given.share),
      looserText: percent(looser.share),
    }
  })
  const marks = rows.flatMap(({ outcome, ...row }, n) =>
    sides.map(side => ({
      x: toX(row[side].share),
      low: toX(row[side].lower),
      high: toX(row[side].upper),
      y: lines[n]!.middle,
      shape: shapes[side],
      fill: side === 'given' ? lines[n]!.fill : colour('paper'),
      hover: { [lines[n]!.name]: `${meanings[side]}: ${percent(row[side].share, 1)}` },
    })),
  )
  const key = sides.map((side, n) => ({
    x: narrow ? 8 + n * 84 : toX(0) + n * 100,
    y: 8,
    shape: shapes[side],
    fill: side === 'given' ? colour('ink') : colour('paper'),
    meaning: meanings[side],
  }))
  const x = (field: string) => quantity(field, { domain: [0, width], nice: false })
  const y = (field: string) => quantity(field, { domain: [height, 0], nice: false })
  const point = {
    mark: { type: 'point', filled: true, size: 80, stroke: colour('ink'), strokeWidth: 1.2 },
    encoding: { x: x('x'), y: y('y'), shape: asGiven('shape'), fill: asGiven('fill'), tooltip: { field: 'hover' } },
  }
  const text = (field: string, at: string, on: string, look: object) =>
    words(field, x(at), y(on), { fontSize: textSize.small, ...look })
  return chart({
    width,
    height,
    layer: [
      {
        data: { values: key },
        layer: [
          { ...point, encoding: { x: x('x'), y: y('y'), shape: asGiven('shape'), fill: asGiven('fill') } },
          words('meaning', x('x'), y('y'), { dx: 11, ...small() }),
        ],
      },
      {
        data: { values: [{ zero: toX(0), top: head, bottom: height }] },
        mark: { type: 'rule', color: colour('grid') },
        encoding: { x: x('zero'), y: y('top'), y2: { field: 'bottom' } },
      },
      {
        data: { values: lines },
        layer: [
          {
            mark: { type: 'rule', strokeWidth: 7, strokeCap: 'round' },
            encoding: { x: x('from'), x2: { field: 'to' }, y: y('middle'), stroke: asGiven('fill') },
          },
          words('name', x('nameX'), y('nameY'), { fontWeight: 600 }),
          ...(narrow ? [] : [words('note', x('nameX'), y('noteY'), { lineHeight: 13, ...small() })]),
          text('stricterText', 'left', 'middle', { align: 'right', ...small() }),
          text('givenText', 'given', 'above', { align: 'center', fontWeight: 700 }),
          text('looserText', 'right', 'middle', small()),
        ],
      },
      {
        data: { values: marks },
        layer: [
          {
            mark: { type: 'rule', strokeWidth: 1.2, color: colour('ink') },
            encoding: { x: x('low'), x2: { field: 'high' }, y: y('y') },
          },
          point,
        ],
      },
    ],
  })
}
