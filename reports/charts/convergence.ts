import { colour, type Token } from '../theme.ts'
import { count } from '../words.ts'
import { asGiven, chart, isNarrow, measured, small, type TopLevelSpec, textSize, words } from './spec.ts'

/** How precision grew with the runs. */
export interface ConvergenceData {
  readonly quantities: readonly {
    readonly name: string
    readonly target: number
    /** Half-width at each look. */
    readonly looks: readonly { readonly runs: number; readonly halfWidth: number; readonly text: string }[]
  }[]
}

const tokens = [
  'duality',
  'consolidation',
  'council',
  'realignment',
  'shell',
  'status_quo',
] as const satisfies readonly Token[]

/** Half-widths as multiples of what was asked for, against the runs, both logarithmic; below 1 is enough. */
export function convergence({ quantities }: ConvergenceData, width: number): TopLevelSpec {
  const narrow = isNarrow(width)
  const side = narrow ? 96 : 190
  const inner = width - side - 40
  const height = Math.round(narrow ? width * 0.75 : Math.min(width * 0.4, 360))
  const points = quantities.flatMap(({ name, target, looks }, n) =>
    looks.map(({ runs, halfWidth, text }) => ({
      name,
      runs,
      ratio: Math.max(1e-3, halfWidth / target),
      stroke: colour(tokens[n % tokens.length]!),
      hover: { [name]: text, runs: count(runs) },
    })),
  )
  const runs = points.map(point => point.runs)
  const ratios = points.map(({ ratio }) => ratio)
  const [first, last] = [Math.min(...runs), Math.max(...runs)]
  const across = {
    type: 'log',
    domain: first === last ? [first / 2, last * 2] : [first / 1.08, last * 1.08],
    nice: false,
  }
  const up = { type: 'log', domain: [0.8 * Math.min(1, ...ratios), 1.3 * Math.max(1, ...ratios)], nice: false }
  const ends = spread(
    quantities.map(({ name, target, looks }, n) => {
      const { runs: at, halfWidth, text } = looks.at(-1)!
      return {
        at,
        ratio: Math.max(1e-3, halfWidth / target),
        label: narrow ? name : `${name} ${text}`,
        ink: colour(tokens[n % tokens.length]!),
      }
    }),
    up.domain as [number, number],
    height,
  )
  const x = (field: string) => measured(field, across)
  const y = (field: string) => measured(field, up)
  return chart({
    width: inner,
    height,
    layer: [
      {
        data: { values: [{ first: across.domain[0], last: across.domain[1], one: 1, label: 'asked for' }] },
        layer: [
          {
            mark: { type: 'rule', strokeDash: [5, 3], strokeWidth: 1.5, color: colour('ink') },
            encoding: {
              x: measured('first', across, {
                values: [...new Set(runs)],
                format: ',d',
                labelOverlap: true,
                grid: false,
              }),
              x2: { field: 'last' },
              y: measured('one', up, { tickCount: 5, format: '~g', grid: true }),
            },
          },
          words('label', x('first'), y('one'), { dx: 5, dy: 10, ...small('ink') }),
        ],
      },
      {
        data: { values: points },
        layer: [
          {
            mark: { type: 'line', strokeWidth: 2 },
            encoding: { x: x('runs'), y: y('ratio'), stroke: asGiven('stroke'), detail: { field: 'name' } },
          },
          {
            mark: { type: 'circle', size: 46, opacity: 1 },
            encoding: { x: x('runs'), y: y('ratio'), fill: asGiven('stroke'), tooltip: { field: 'hover' } },
          },
        ],
      },
      {
        data: { values: ends },
        mark: { type: 'text', align: 'left', dx: 9, fontSize: textSize.small, fontWeight: 600, limit: side + 30 },
        encoding: { x: x('at'), y: y('place'), text: { field: 'label' }, color: asGiven('ink') },
      },
      {
        data: { values: [{ up: '↑ half-width, in multiples of what was asked for', across: 'runs →' }] },
        layer: [
          words('up', { value: 0 }, { value: 0 }, { dx: -26, dy: -14, ...small() }),
          words('across', { value: inner }, { value: height }, { align: 'right', dy: 32, ...small() }),
        ],
      },
    ],
  })
}

/** Labels moved apart, on the logarithmic scale. */
function spread<L extends { readonly ratio: number }>(
  labels: readonly L[],
  [low, high]: readonly [number, number],
  height: number,
): (L & { place: number })[] {
  const line = (15 / height) * Math.log(high / low)
  let below = Number.NEGATIVE_INFINITY
  return [...labels]
    .sort((a, b) => a.ratio - b.ratio)
    .map(label => {
      below = Math.max(Math.log(label.ratio), below + line)
      return { ...label, place: Math.exp(below) }
    })
}
