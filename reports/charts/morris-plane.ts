import { colour } from '../theme.ts'
import { number } from '../words.ts'
import { placeLabels } from './place-labels.ts'
import { chart, isNarrow, measured, small, type TopLevelSpec, textSize, words } from './spec.ts'

/** Elementary effects: how far each input moves the outcome, and how unevenly. */
export interface MorrisPlaneData {
  readonly outcome: string
  readonly inputs: readonly {
    readonly name: string
    readonly muStar: number
    readonly lower: number
    readonly upper: number
    readonly sigma: number
  }[]
}

/** Inputs that get a name. */
const named = 16

/** Mean absolute effect across, its standard deviation up; lines where the one is a fixed part of the other. */
export function morrisPlane({ outcome, inputs }: MorrisPlaneData, width: number): TopLevelSpec {
  const narrow = isNarrow(width)
  const inner = width - 52
  const height = Math.round(narrow ? width * 0.95 : Math.min(width * 0.55, 520))
  const most = {
    x: 1.06 * Math.max(1e-9, ...inputs.map(({ upper }) => upper)),
    y: 1.1 * Math.max(1e-9, ...inputs.map(({ sigma, muStar }) => Math.max(sigma, 0.6 * muStar))),
  }
  const across = { domain: [0, most.x], nice: false, zero: true }
  const up = { domain: [0, most.y], nice: false, zero: true }
  const order = [...inputs].sort((a, b) => b.muStar - a.muStar)
  const points = order.map(input => ({
    ...input,
    label: input.name,
    hover: { [input.name]: `μ* ${number(input.muStar)}`, σ: number(input.sigma) },
  }))
  const toX = (value: number) => (value / most.x) * inner
  const toY = (value: number) => (1 - value / most.y) * height
  const shown = points.slice(0, narrow ? 8 : named)
  const marks = points.map(({ muStar, sigma }) => around(toX(muStar), toY(sigma), 5))
  const frame = { left: 0, top: 0, right: inner, bottom: height }
  const places = placeLabels(
    shown.map(({ muStar, sigma, label }) => ({ x: toX(muStar), y: toY(sigma), width: 7 * label.length, height: 14 })),
    marks,
    frame,
  )
  const labels = shown.map((point, n) => ({
    label: point.label,
    at: (places[n]!.x / inner) * most.x,
    middle: (1 - places[n]!.y / height) * most.y,
    align: places[n]!.align,
  }))
  const lines = [1, 0.5, 0.1].map(slope => {
    const end = Math.min(most.x, most.y / slope)
    return { x: 0, y: 0, x2: end, y2: slope * end, label: slope === 1 ? 'σ = μ*' : `σ = ${slope} μ*` }
  })
  const x = (field: string) => measured(field, across)
  const y = (field: string) => measured(field, up)
  const axis = { tickCount: 5, format: '~g', grid: false }
  return chart({
    width: inner,
    height,
    layer: [
      {
        data: { values: lines },
        layer: [
          {
            mark: { type: 'rule', color: colour('grid'), strokeWidth: 1.5 },
            encoding: {
              x: measured('x', across, axis),
              y: measured('y', up, axis),
              x2: { field: 'x2' },
              y2: { field: 'y2' },
            },
          },
          words('label', x('x2'), y('y2'), { align: 'right', dx: -6, dy: 12, ...small() }),
        ],
      },
      {
        data: { values: points },
        layer: [
          {
            mark: { type: 'rule', color: colour('line'), strokeWidth: 1.4 },
            encoding: { x: x('lower'), x2: { field: 'upper' }, y: y('sigma') },
          },
          {
            mark: { type: 'circle', size: 52, color: colour('duality'), opacity: 1 },
            encoding: { x: x('muStar'), y: y('sigma'), tooltip: { field: 'hover' } },
          },
        ],
      },
      {
        data: { values: [{ across: `how far it moves ${outcome}: μ* →`, up: '↑ unevenly, by others or by level: σ' }] },
        layer: [
          words('up', { value: 0 }, { value: 0 }, { dx: -28, dy: -14, ...small() }),
          words('across', { value: inner }, { value: height }, { align: 'right', dy: 34, ...small() }),
        ],
      },
      ...(['left', 'center', 'right'] as const).map(align => ({
        data: { values: labels.filter(label => label.align === align) },
        ...words('label', x('at'), y('middle'), { align, fontSize: textSize.small, fontWeight: 600 }),
      })),
    ],
  })
}

function around(x: number, y: number, by: number) {
  return { left: x - by, top: y - by, right: x + by, bottom: y + by }
}
