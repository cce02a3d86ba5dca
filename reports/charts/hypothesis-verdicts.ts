import { colour, type Token } from '../theme.ts'
import { asGiven, chart, isNarrow, quantity, small, type TopLevelSpec, textSize, words } from './spec.ts'
import { wrapped } from './wrap.ts'

/** The verdict on each hypothesis, and how far the figures that decide it lie beyond their limits. */
export interface HypothesisVerdictsData {
  readonly rows: readonly {
    readonly id: string
    readonly statement: string
    readonly verdict: 'held' | 'not held' | 'undecided'
    /** Beyond the limit in the direction stated, in units of the row; −1 … 1. */
    readonly figures: readonly {
      readonly name: string
      readonly value: number
      readonly lower: number
      readonly upper: number
      readonly text: string
    }[]
  }[]
}

const looks = {
  held: { token: 'council', shape: 'circle' },
  'not held': {
    token: 'consolidation',
    shape: 'M-0.9,-0.6L-0.6,-0.9L0,-0.3L0.6,-0.9L0.9,-0.6L0.3,0L0.9,0.6L0.6,0.9L0,0.3L-0.6,0.9L-0.9,0.6L-0.3,0Z',
  },
  undecided: { token: 'shell', shape: 'diamond' },
} as const satisfies Record<string, { token: Token; shape: string }>

const least = 40
const line = 11
const head = 22

/** A row for each hypothesis: symbol and word for the verdict, the statement, and the intervals that decide. */
export function hypothesisVerdicts({ rows }: HypothesisVerdictsData, width: number): TopLevelSpec {
  const narrow = isNarrow(width)
  const first = 140
  const plot = narrow ? Math.round(width - first) : Math.round(Math.min(0.34 * width, 320))
  const from = width - plot
  const letters = Math.floor((from - first - 24) / 6.1)
  let bottom = head
  const placed = rows.map(row => {
    const top = bottom
    const lines = narrow ? [] : wrapped(row.statement, letters, 3)
    bottom += Math.max(least, 14 + row.figures.length * line, 14 + lines.length * 13)
    return { ...row, lines, top, middle: (top + bottom) / 2, bottom }
  })
  const height = bottom
  const toX = (value: number) => from + (plot / 2) * (1 + 0.94 * value)
  const names = placed.map(({ id, verdict, middle }) => ({
    id,
    verdict,
    middle,
    fill: colour(looks[verdict].token),
    shape: looks[verdict].shape,
  }))
  const statements = placed.flatMap(({ lines, middle }) =>
    lines.map((text, n) => ({ text, y: middle + (n - (lines.length - 1) / 2) * 13 })),
  )
  const figures = placed.flatMap(({ figures: own, middle, verdict }) =>
    own.map(({ name, value, lower, upper, text }, n) => ({
      y: middle + (n - (own.length - 1) / 2) * line,
      value: toX(value),
      lower: toX(Math.max(-1, lower)),
      upper: toX(Math.min(1, upper)),
      fill: colour(looks[verdict].token),
      hover: { [name]: text },
    })),
  )
  const rules = placed.map(({ top }) => ({ left: 0, right: width, y: top }))
  const x = (field: string) => quantity(field, { domain: [0, width], range: [0, width], nice: false })
  const y = (field: string) => quantity(field, { domain: [height, 0], nice: false })
  return chart({
    width,
    height,
    layer: [
      {
        data: { values: rules },
        mark: { type: 'rule', color: colour('grid') },
        encoding: { x: x('left'), x2: { field: 'right' }, y: y('y') },
      },
      {
        data: { values: [{ x: from + plot / 2, top: head, bottom: height, at: 8, less: from, more: width }] },
        layer: [
          {
            mark: { type: 'rule', strokeDash: [4, 3], color: colour('soft') },
            encoding: { x: x('x'), y: y('top'), y2: { field: 'bottom' } },
          },
          {
            ...words('at', x('less'), y('at'), small()),
            encoding: { x: x('less'), y: y('at'), text: { value: '← contrary' } },
          },
          {
            mark: { type: 'text', align: 'right', ...small() },
            encoding: { x: x('more'), y: y('at'), text: { value: 'as stated →' } },
          },
        ],
      },
      {
        data: { values: figures },
        layer: [
          {
            mark: { type: 'rule', strokeWidth: 1.6, color: colour('ink') },
            encoding: { x: x('lower'), x2: { field: 'upper' }, y: y('y') },
          },
          {
            mark: { type: 'circle', size: 40, opacity: 1 },
            encoding: { x: x('value'), y: y('y'), fill: asGiven('fill'), tooltip: { field: 'hover' } },
          },
        ],
      },
      {
        data: { values: names },
        layer: [
          {
            mark: { type: 'point', filled: true, size: 90 },
            encoding: { x: { value: 48 }, y: y('middle'), fill: asGiven('fill'), shape: asGiven('shape') },
          },
          words('id', { value: 0 }, y('middle'), { fontWeight: 700 }),
          words('verdict', { value: 60 }, y('middle'), { fontSize: textSize.small, fontWeight: 600 }),
        ],
      },
      { data: { values: statements }, ...words('text', { value: first }, y('y'), { fontSize: textSize.small }) },
    ],
  })
}
