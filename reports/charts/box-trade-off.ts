import { colour } from '../theme.ts'
import { percent } from '../words.ts'
import { chart, isNarrow, measured, small, type TopLevelSpec, textSize, words } from './spec.ts'

/** The peeling of a box: coverage against density at each step. */
export interface BoxTradeOffData {
  /** What a case is. */
  readonly cases: string
  readonly base: number
  readonly steps: readonly { readonly coverage: number; readonly density: number; readonly mass: number }[]
  /** The box that was taken, and others to compare, with their names. */
  readonly taken: readonly { readonly name: string; readonly coverage: number; readonly density: number }[]
}

/** Every step of the peeling as a point, from the whole space at the right to the densest box at the left. */
export function boxTradeOff({ cases, base, steps, taken }: BoxTradeOffData, width: number): TopLevelSpec {
  const narrow = isNarrow(width)
  const inner = width - 52
  const height = Math.round(narrow ? width * 0.8 : Math.min(width * 0.42, 400))
  const most = Math.min(1, 1.12 * Math.max(base, ...steps.map(({ density }) => density), ...taken.map(t => t.density)))
  const across = { domain: [0, 1], nice: false }
  const up = { domain: [0, most], nice: false }
  const points = steps.map((step, n) => ({
    ...step,
    n,
    hover: {
      [`step ${n}`]: '',
      coverage: percent(step.coverage),
      density: percent(step.density),
      'rows inside': percent(step.mass),
    },
  }))
  const x = (field: string) => measured(field, across)
  const y = (field: string) => measured(field, up)
  const axis = { tickCount: 5, format: '.0%', grid: true }
  return chart({
    width: inner,
    height,
    layer: [
      {
        data: { values: [{ zero: 0, one: 1, base, label: `all rows: ${percent(base)}` }] },
        layer: [
          {
            mark: { type: 'rule', strokeDash: [4, 3], color: colour('soft') },
            encoding: { x: measured('zero', across, axis), x2: { field: 'one' }, y: measured('base', up, axis) },
          },
          words('label', x('zero'), y('base'), { dx: 4, dy: 10, ...small() }),
        ],
      },
      {
        data: { values: points },
        layer: [
          {
            mark: { type: 'line', color: colour('line'), strokeWidth: 1.5 },
            encoding: { x: x('coverage'), y: y('density'), order: { field: 'n', type: 'quantitative' } },
          },
          {
            mark: { type: 'circle', size: 36, color: colour('soft'), opacity: 1 },
            encoding: { x: x('coverage'), y: y('density'), tooltip: { field: 'hover' } },
          },
        ],
      },
      {
        data: {
          values: taken.map(one => ({ ...one, label: `${one.name}: ${percent(one.density)} of its rows` })),
        },
        layer: [
          {
            mark: { type: 'point', shape: 'diamond', filled: true, size: 170, color: colour('duality') },
            encoding: { x: x('coverage'), y: y('density') },
          },
          words('label', x('coverage'), y('density'), { dx: 11, dy: -9, fontWeight: 600, fontSize: textSize.small }),
        ],
      },
      {
        data: {
          values: [
            {
              up: `↑ density: share of the rows inside with ${cases}`,
              across: 'coverage: share of such rows that lie inside →',
            },
          ],
        },
        layer: [
          words('up', { value: 0 }, { value: 0 }, { dx: -28, dy: -14, ...small(), limit: width }),
          words('across', { value: inner }, { value: height }, { align: 'right', dy: 34, ...small() }),
        ],
      },
    ],
  })
}
