import { colour, lookOf } from '../theme.ts'
import { percent } from '../words.ts'
import { type ChartCountry, type ChartData, coreOf } from './chart-data.ts'
import type { Choice } from './choice.ts'
import { asGiven, chart, quantity, small, type TopLevelSpec, textSize, words } from './spec.ts'

/** The runs of each core actor by the change of its two alignments, one small plane an actor, all at one scale. */
export function changeClouds(data: ChartData, width: number, choice: Choice = {}): TopLevelSpec {
  const actors = coreOf(data)
  const columns = width > 880 ? 5 : width > 560 ? 4 : 2
  const gap = 16
  const side = Math.floor((width - gap * (columns - 1)) / columns)
  const limit = commonLimit(actors)
  const draw = (layers: object[], chosen = false) => panel(side, limit, data.dual, layers, chosen)
  return chart({
    concat: [
      draw(keyOf(limit)),
      ...actors.map(actor => draw(cloudOf(actor, limit, side > 165), actor.id === choice.actor)),
    ],
    columns,
    spacing: { row: 34, column: gap },
    bounds: 'flush',
  })
}

function scales(limit: number) {
  const scale = { domain: [-limit, limit], nice: false, clamp: true }
  return { x: (field: string) => quantity(field, scale), y: (field: string) => quantity(field, scale) }
}

/** A plane around "as at the start", with the side of duality shaded. */
function panel(side: number, limit: number, dual: ChartData['dual'], layers: object[], chosen: boolean): object {
  const { x, y } = scales(limit)
  return {
    width: side,
    height: side,
    view: { fill: colour('panel'), ...(chosen ? { stroke: colour('ink'), strokeWidth: 2.5 } : {}) },
    layer: [
      {
        data: { values: dualSide(limit, dual) },
        mark: { type: 'area', color: colour('duality'), opacity: 0.13, interpolate: 'linear' },
        encoding: { x: x('op'), y: y('from'), y2: { field: 'to' } },
      },
      {
        data: { values: [{ low: -limit, high: limit, zero: 0 }] },
        layer: [
          { mark: { type: 'rule' }, encoding: { x: x('low'), x2: { field: 'high' }, y: y('zero') } },
          { mark: { type: 'rule' }, encoding: { y: y('low'), y2: { field: 'high' }, x: x('zero') } },
        ],
      },
      ...layers,
    ],
  }
}

/**
 * A limit that shows nearly all of the 90 % ranges. The few that reach further, such as exits from the CIS, are drawn
 * at the edge, since one of them would leave the others too small to read.
 */
function commonLimit(actors: readonly ChartCountry[]): number {
  const ends = actors
    .flatMap(({ institutional, operational }) => [institutional, operational])
    .flatMap(({ start, low, high }) => [start - low, high - start])
    .sort((a, b) => a - b)
  return Math.max(0.05, Math.ceil((ends[Math.floor(ends.length * 0.9)] ?? 0) * 20) / 20)
}

/** Where duality is: above the line from which the gap has grown enough, and institutions have not fallen too far. */
function dualSide(limit: number, { gap, id }: ChartData['dual']): { op: number; from: number; to: number }[] {
  return [-limit, Math.max(-limit, id - gap), limit - gap].map(op => ({
    op,
    from: Math.max(-limit, id, op + gap),
    to: limit,
  }))
}

function cloudOf(actor: ChartCountry, limit: number, named: boolean): object[] {
  const { x, y } = scales(limit)
  const { institutional, operational } = actor
  const change = (value: number, start: number) => Math.max(-limit, Math.min(limit, value - start))
  const runs = actor.cloud.map(([id, op]) => ({
    op: change(op, operational.start),
    id: change(id, institutional.start),
    actor: actor.id,
  }))
  const middle = {
    op: change(operational.median, operational.start),
    opLow: change(operational.low, operational.start),
    opHigh: change(operational.high, operational.start),
    id: change(institutional.median, institutional.start),
    idLow: change(institutional.low, institutional.start),
    idHigh: change(institutional.high, institutional.start),
    actor: actor.id,
    left: -limit,
    right: limit,
    top: limit,
    name: named ? actor.name : actor.id,
    share: `${percent(actor.outcomes.find(({ outcome }) => outcome === 'duality')!.share)} duality`,
  }
  const cross = { type: 'rule', strokeWidth: 1.8, color: colour('ink') }
  return [
    {
      data: { values: runs },
      mark: { type: 'circle', size: 13, color: colour('accent'), opacity: 0.55 },
      encoding: { x: x('op'), y: y('id') },
    },
    {
      data: { values: [middle] },
      layer: [
        { mark: cross, encoding: { x: x('opLow'), x2: { field: 'opHigh' }, y: y('id') } },
        { mark: cross, encoding: { y: y('idLow'), y2: { field: 'idHigh' }, x: x('op') } },
        words('name', x('left'), y('top'), { dy: -10, fontWeight: 700, limit: 118 }),
        words('share', x('right'), y('top'), { align: 'right', dy: -10, ...small('ink') }),
      ],
    },
  ]
}

/** The first panel explains the others. */
function keyOf(limit: number): object[] {
  const { x, y } = scales(limit)
  const at = limit * 0.5
  const rows = [
    { outcome: 'duality', op: -at, id: limit * 0.62 },
    { outcome: 'consolidation', op: at, id: limit * 0.62 },
    { outcome: 'realignment', op: -at, id: -limit * 0.45 },
    { outcome: 'reverse_duality', op: at, id: -limit * 0.45 },
  ].map(row => ({ ...row, ...lookOf(row.outcome), fill: colour(lookOf(row.outcome).token) }))
  const edges = { zero: 0, top: limit, bottom: -limit, left: -limit, up: 'institutions ↑', along: 'practice →' }
  const ends = [`−${limit}`, `+${limit}`]
  return [
    {
      data: { values: rows },
      layer: [
        {
          mark: { type: 'point', filled: true, size: 70 },
          encoding: { x: x('op'), y: y('id'), shape: asGiven('shape'), fill: asGiven('fill') },
        },
        words('short', x('op'), y('id'), { align: 'center', dy: 15, fontSize: textSize.small, fontWeight: 600 }),
      ],
    },
    {
      data: { values: [{ ...edges, low: ends[0], high: ends[1], right: limit }] },
      layer: [
        words('up', x('zero'), y('top'), { align: 'left', dx: 4, dy: 10, ...small() }),
        words('along', x('right'), y('zero'), { align: 'right', dx: -3, dy: 10, ...small() }),
        words('low', x('left'), y('zero'), { dx: 3, dy: -8, ...small() }),
        words('high', x('right'), y('zero'), { align: 'right', dx: -3, dy: -8, ...small() }),
      ],
    },
  ]
}
