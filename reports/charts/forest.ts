import { colour, type Token } from '../theme.ts'
import { change, changes } from '../words.ts'
import { asGiven, chart, quantity, small, type TopLevelSpec, textSize, words } from './spec.ts'

/** Differences between two sets of runs, one panel a kind of quantity, since each kind has a scale of its own. */
export interface ForestData {
  readonly panels: readonly ForestPanel[]
}

export interface ForestPanel {
  readonly title: string
  /** What numbers are multiplied by to be shown: 100 for shares, in points. */
  readonly times: number
  readonly rows: readonly ForestRow[]
}

interface ForestRow {
  readonly label: string
  readonly value: number
  /** 95 % interval. */
  readonly lower: number
  readonly upper: number
  /** A smaller difference does not matter: half the width of the zone of equivalence. */
  readonly smallest: number
  readonly verdict: 'changed' | 'unchanged' | 'inconclusive'
}

const step = 24
const head = 26
const foot = 24

/** Shape and colour of each verdict; a filled one is decided. */
const looks: Readonly<Record<ForestRow['verdict'], { token: Token; shape: string; filled: boolean }>> = {
  changed: { token: 'accent', shape: 'square', filled: true },
  unchanged: { token: 'soft', shape: 'circle', filled: true },
  inconclusive: { token: 'warn', shape: 'diamond', filled: false },
}

/** Each difference with its interval, over the zone in which a difference does not matter. */
export function forest({ panels }: ForestData, width: number): TopLevelSpec {
  return chart({
    vconcat: [verdictKey(panels, width), ...panels.map(panel => drawnPanel(panel, width))],
    spacing: 18,
    bounds: 'flush',
  })
}

/** What shape and colour say, and what the zone is; only verdicts that occur. */
function verdictKey(panels: readonly ForestPanel[], width: number): object {
  const found = new Set(panels.flatMap(({ rows }) => rows.map(({ verdict }) => verdict)))
  const shown = (Object.keys(looks) as (keyof typeof looks)[]).filter(verdict => found.has(verdict))
  const narrow = width < 560
  let at = 6
  const rows = shown.map(verdict => {
    const { token, shape, filled } = looks[verdict]
    const row = { x: at, verdict, shape, stroke: colour(token), fill: filled ? colour(token) : colour('paper') }
    at += 26 + 6.6 * verdict.length
    return row
  })
  const left = narrow ? 0 : at
  const zone = { left, right: left + 18, says: 'zone in which a difference is too small to matter' }
  const below = narrow ? 20 : 0
  const x = (field: string) => quantity(field, { domain: [0, width], nice: false })
  const y = { value: 8 }
  return {
    width,
    height: 16 + below,
    layer: [
      {
        data: { values: rows },
        layer: [
          {
            mark: { type: 'point', filled: true, size: 62, strokeWidth: 1.8 },
            encoding: { x: x('x'), y, shape: asGiven('shape'), fill: asGiven('fill'), stroke: asGiven('stroke') },
          },
          words('verdict', x('x'), y, { dx: 10, ...small('ink') }),
        ],
      },
      {
        data: { values: [zone] },
        layer: [
          {
            mark: { type: 'rect', color: colour('grid') },
            encoding: { x: x('left'), x2: { field: 'right' }, y: { value: 1 + below }, y2: { value: 15 + below } },
          },
          words('says', x('right'), { value: 8 + below }, { dx: 5, ...small('ink') }),
        ],
      },
    ],
  }
}

function drawnPanel({ title, times, rows }: ForestPanel, width: number): object {
  const narrow = width < 480
  const side = narrow ? 128 : width < 800 ? 190 : 250
  const numbers = narrow ? 52 : 158
  const height = head + rows.length * step + foot
  const bottom = head + rows.length * step
  const ends = rows.flatMap(({ lower, upper, smallest }) => [lower, upper, -smallest, smallest])
  const pad = 0.04 * (Math.max(...ends) - Math.min(...ends))
  const [low, high] = [Math.min(...ends) - pad, Math.max(...ends) + pad]
  const toX = (value: number) => side + ((width - side - numbers) * (value - low)) / (high - low)
  const digits = times === 1 ? 3 : 1
  const placed = rows.map(({ label, value, lower, upper, smallest, verdict }, n) => {
    const { token, shape, filled } = looks[verdict]
    const range = `${change(times * value, digits)} (${changes(times * lower, times * upper, digits)})`
    return {
      label,
      labelX: side - 10,
      middle: head + (n + 0.5) * step,
      top: head + n * step,
      bottom: head + (n + 1) * step + 0.4,
      zoneLeft: toX(-smallest),
      zoneRight: toX(smallest),
      left: toX(lower),
      right: toX(upper),
      at: toX(value),
      stroke: colour(token),
      fill: filled ? colour(token) : colour('paper'),
      shape,
      textX: width - numbers + 10,
      text: narrow ? change(times * value, digits) : range,
      hover: { [label]: range, verdict, 'does not matter below': String(times * smallest) },
    }
  })
  const ticks = ticksOf(low, high, (width - side - numbers) / 70).map(value => ({
    x: toX(value),
    top: head,
    bottom,
    y: bottom + 11,
    text: value === 0 ? '0' : change(times * value, digitsOf(times * value)),
  }))
  const x = (field: string) => quantity(field, { domain: [0, width], nice: false })
  const y = (field: string) => quantity(field, { domain: [height, 0], nice: false })
  return {
    width,
    height,
    layer: [
      {
        data: { values: [{ x: 0, y: 8, title }] },
        ...words('title', x('x'), y('y'), { fontWeight: 700, limit: width }),
      },
      {
        data: { values: placed },
        mark: { type: 'rect', color: colour('grid') },
        encoding: { x: x('zoneLeft'), x2: { field: 'zoneRight' }, y: y('top'), y2: { field: 'bottom' } },
      },
      {
        data: { values: ticks },
        layer: [
          {
            mark: { type: 'rule', strokeDash: [1, 3] },
            encoding: { x: x('x'), y: y('top'), y2: { field: 'bottom' } },
          },
          words('text', x('x'), y('y'), { align: 'center', ...small() }),
        ],
      },
      {
        data: { values: [{ x: toX(0), top: head, bottom }] },
        mark: { type: 'rule', color: colour('ink'), strokeWidth: 1 },
        encoding: { x: x('x'), y: y('top'), y2: { field: 'bottom' } },
      },
      {
        data: { values: placed },
        layer: [
          {
            mark: { type: 'rule', strokeWidth: 2 },
            encoding: { x: x('left'), x2: { field: 'right' }, y: y('middle'), stroke: asGiven('stroke') },
          },
          {
            mark: { type: 'point', filled: true, size: 62, strokeWidth: 1.8 },
            encoding: {
              x: x('at'),
              y: y('middle'),
              shape: asGiven('shape'),
              fill: asGiven('fill'),
              stroke: asGiven('stroke'),
              tooltip: { field: 'hover' },
            },
          },
          words('label', x('labelX'), y('middle'), { align: 'right', fontSize: textSize.small, limit: side - 14 }),
          words('text', x('textX'), y('middle'), small('ink')),
        ],
      },
    ],
  }
}

/** Round values between two, about so many, with 0 among them where it is between. */
function ticksOf(low: number, high: number, about: number): number[] {
  const rough = (high - low) / Math.max(1, about)
  const power = 10 ** Math.floor(Math.log10(rough))
  const distance = [1, 2, 5, 10].map(times => times * power).find(each => each >= rough)!
  const first = Math.ceil(low / distance)
  return Array.from({ length: Math.floor(high / distance) - first + 1 }, (_, n) =>
    Number(((first + n) * distance).toPrecision(12)),
  )
}

/** Decimals that a round value has. */
function digitsOf(value: number): number {
  return (String(Number(value.toPrecision(12))).split('.')[1] ?? '').length
}
