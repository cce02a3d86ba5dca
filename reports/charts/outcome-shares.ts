import { shadowNote } from '../outer-tier-words.ts'
import { colour, lookOf } from '../theme.ts'
import { ranked, sentence, shareWords } from '../words.ts'
import type { ChartData } from './chart-data.ts'
import { asGiven, chart, edge, isNarrow, quantity, small, type TopLevelSpec, words } from './spec.ts'

const step = 46

/** Share of runs that end in each outcome: bar, 95 % interval, label, the most frequent first. */
export function outcomeShares(data: ChartData, width: number): TopLevelSpec {
  const rows = ranked(data.outcomes).map(({ outcome, share, lower, upper }, row) => {
    const { token, shape, name, meaning: plainly } = lookOf(outcome)
    const meaning = shadowNote(outcome, data.outerTier) ?? plainly
    const label = shareWords({ share, lower, upper })
    const place = {
      zero: 0,
      share,
      lower,
      upper,
      line: row + 0.27,
      top: row + 0.5,
      middle: row + 0.68,
      bottom: row + 0.86,
    }
    const hover = { [sentence(name)]: label }
    return { ...place, fill: colour(token), shape, name: sentence(name), meaning, label, hover }
  })
  const most = Math.max(...rows.map(({ upper }) => upper))
  // Room to the right of the longest bar for its label.
  const horizontal = { domain: [0, (most * width) / (width - 125)], nice: false, zero: true }
  const vertical = { domain: [rows.length, 0] }
  const x = (field: string) => quantity(field, horizontal)
  const y = (field: string) => quantity(field, vertical)
  const nameLength = 24 + 7.6 * Math.max(...rows.map(({ name }) => name.length))
  return chart({
    width,
    height: rows.length * step,
    data: { values: rows },
    layer: [
      {
        mark: { type: 'rect', cornerRadiusTopRight: 2, cornerRadiusBottomRight: 2, ...edge },
        encoding: {
          x: x('zero'),
          x2: { field: 'share' },
          y: y('top'),
          y2: { field: 'bottom' },
          fill: asGiven('fill'),
          tooltip: { field: 'hover' },
        },
      },
      {
        mark: { type: 'rule', strokeWidth: 2, color: colour('ink') },
        encoding: { x: x('lower'), x2: { field: 'upper' }, y: y('middle') },
      },
      ...['lower', 'upper'].map(end => ({
        mark: { type: 'tick', orient: 'vertical', size: 9, thickness: 2, color: colour('ink') },
        encoding: { x: x(end), y: y('middle') },
      })),
      {
        mark: { type: 'point', filled: true, size: 90, xOffset: 7 },
        encoding: { x: x('zero'), y: y('line'), fill: asGiven('fill'), shape: asGiven('shape') },
      },
      words('name', x('zero'), y('line'), { dx: 20, fontWeight: 600 }),
      words('label', x('upper'), y('middle'), { dx: 8 }),
      ...(isNarrow(width) ? [] : [words('meaning', x('zero'), y('line'), { dx: nameLength, ...small() })]),
    ],
  })
}
