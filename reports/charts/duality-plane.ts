import { colour, type Token } from '../theme.ts'
import { change, changeWords, levelWords } from '../words.ts'
import { type ChartCountry, type ChartData, coreOf } from './chart-data.ts'
import { type Choice, dataAt, faded, opacityFor, strengthOf } from './choice.ts'
import { compass } from './compass.ts'
import { type Box, placeLabels } from './place-labels.ts'
import { asGiven, chart, isNarrow, measured, small, type TopLevelSpec, words } from './spec.ts'

/** Institutional against operational alignment with Russia: where each core actor starts and ends, and its runs. */
export function dualityPlane(whole: ChartData, width: number, choice: Choice = {}): TopLevelSpec {
  const data = dataAt(whole, choice.tick)
  const actors = coreOf(data)
  const narrow = isNarrow(width)
  const height = Math.round(narrow ? width * 1.15 : Math.min(width * 0.62, 660))
  const inner = width - 44
  const farthest = Math.max(
    0.4,
    ...coreOf(whole).flatMap(actor => [actor.operational.start, ...actor.cloud.map(run => run[1])]),
  )
  const across = { domain: [0, Math.min(1, Math.ceil(farthest * 10) / 10)], nice: false }
  const up = { domain: [0, 1], nice: false }
  const toX = (value: number) => (value / across.domain[1]!) * inner
  const toY = (value: number) => (1 - value) * height

  const frame = { left: 0, top: 0, right: inner, bottom: height }
  const key = compassCorner(actors, toX, toY, frame, narrow)
  const arrows = actors.map(actor => ({ ...arrowOf(actor, toX, toY), strength: strengthOf(actor.id, choice) }))
  const ends = arrows.map(({ x2, y2 }) => around(toX(x2), toY(y2), 6))
  const starts = arrows.map(({ x, y }) => around(toX(x), toY(y), 6))
  const places = placeLabels(
    arrows.map(({ x2, y2, label }) => ({ x: toX(x2), y: toY(y2), width: label.length * 7.6, height: 16 })),
    [...ends, ...starts, key.box],
    frame,
  )
  const labels = arrows.map((arrow, n) => ({
    ...arrow,
    at: (places[n]!.x / inner) * across.domain[1]!,
    middle: 1 - places[n]!.y / height,
    align: places[n]!.align,
  }))
  const x = (field: string) => measured(field, across)
  const y = (field: string) => measured(field, up)
  const fading = opacityFor(choice)
  const axis = { tickCount: 5, format: '.1f', grid: false }
  return chart({
    width: inner,
    height,
    layer: [
      {
        data: { values: gapLines(across.domain[1]!) },
        layer: [
          {
            mark: { type: 'rule', color: colour('grid') },
            encoding: {
              x: measured('x', across, axis),
              y: measured('y', up, axis),
              x2: { field: 'x2' },
              y2: { field: 'y2' },
            },
          },
          words('label', x('x2'), y('y2'), { align: 'right', dx: -4, dy: 12, ...small() }),
        ],
      },
      {
        data: {
          values: actors.flatMap(({ id: actor, cloud }) =>
            cloud.map(([id, op]) => ({ id, op, actor, strength: 0.2 * strengthOf(actor, choice) })),
          ),
        },
        mark: { type: 'circle', size: narrow ? 8 : 14, color: colour('soft'), opacity: 0.2, clip: true },
        encoding: { x: x('op'), y: y('id'), ...fading },
      },
      ...key.layers(
        x,
        y,
        (px: number) => (px / inner) * across.domain[1]!,
        (py: number) => 1 - py / height,
      ),
      {
        data: { values: labels },
        layer: [
          {
            mark: { type: 'point', filled: false, size: 60, strokeWidth: 1.6, fill: colour('paper') },
            encoding: { x: x('x'), y: y('y'), stroke: asGiven('stroke'), ...fading },
          },
          {
            mark: { type: 'rule', strokeWidth: 2.6 },
            encoding: {
              x: x('x'),
              y: y('y'),
              x2: { field: 'x2' },
              y2: { field: 'y2' },
              stroke: asGiven('stroke'),
              ...fading,
            },
          },
          {
            mark: { type: 'point', filled: true, shape: 'triangle', size: 110 },
            encoding: {
              x: x('x2'),
              y: y('y2'),
              fill: asGiven('stroke'),
              angle: { field: 'angle', type: 'quantitative', scale: null },
              tooltip: { field: 'hover' },
              ...fading,
            },
          },
        ],
      },
      {
        data: { values: [{ ...axisWords, zero: 0, one: 1, right: across.domain[1] }] },
        layer: [
          words('institutions', x('zero'), y('one'), { dx: -20, dy: -16, ...small() }),
          words('practice', x('right'), y('zero'), { align: 'right', dy: 32, ...small() }),
        ],
      },
      ...(['left', 'center', 'right'] as const).map(align => ({
        data: { values: labels.filter(label => label.align === align) },
        ...faded(words('label', x('at'), y('middle'), { align, fontWeight: 700 }), choice),
      })),
    ],
  })
}

const axisWords = {
  institutions: '↑ institutional alignment with Russia: what is signed',
  practice: 'operational alignment with Russia: what is done →',
}

function around(x: number, y: number, by: number): Box {
  return { left: x - by, top: y - by, right: x + by, bottom: y + by }
}

function arrowOf(actor: ChartCountry, toX: (v: number) => number, toY: (v: number) => number) {
  const { institutional, operational, gap } = actor
  const place = { x: operational.start, y: institutional.start, x2: operational.median, y2: institutional.median }
  const right = toX(place.x2) - toX(place.x)
  const down = toY(place.y2) - toY(place.y)
  return {
    ...place,
    actor: actor.id,
    // Vega turns clockwise from up.
    angle: (Math.atan2(right, -down) * 180) / Math.PI,
    stroke: colour(directionOf(gap.median - gap.start)),
    label: `${actor.id} ${change(gap.median - gap.start)}`,
    hover: {
      [actor.name]: '',
      institutional: levelWords(institutional, 2),
      operational: levelWords(operational, 2),
      'change of the gap': changeWords(gap),
    },
  }
}

/** Colour of a change of the gap; none for one that rounds to nothing. */
function directionOf(change: number): Token {
  return change >= 0.005 ? 'duality' : change <= -0.005 ? 'consolidation' : 'soft'
}

/** Lines along which the gap is the same. */
function gapLines(right: number): { x: number; y: number; x2: number; y2: number; label: string }[] {
  return [0, 0.2, 0.4].map(gap => {
    const end = Math.min(right, 1 - gap)
    return { x: 0, y: gap, x2: end, y2: end + gap, label: gap === 0 ? 'gap 0' : `gap ${gap.toFixed(1)}` }
  })
}

/** The key to directions in the emptier of two corners. */
function compassCorner(
  actors: readonly ChartCountry[],
  toX: (v: number) => number,
  toY: (v: number) => number,
  frame: Box,
  narrow: boolean,
) {
  const [wide, high] = narrow ? [228, 70] : [450, 116]
  const corners: Box[] = [
    { left: frame.right - wide, top: frame.bottom - high - 6, right: frame.right, bottom: frame.bottom - 6 },
    { left: 4, top: 4, right: 4 + wide, bottom: 4 + high },
  ]
  const inside = (box: Box) =>
    actors.filter(({ operational, institutional }) => {
      const x = toX(operational.median)
      const y = toY(institutional.median)
      return x > box.left && x < box.right && y > box.top && y < box.bottom
    }).length
  const box = inside(corners[1]!) < inside(corners[0]!) ? corners[1]! : corners[0]!
  return compass(box, narrow)
}
