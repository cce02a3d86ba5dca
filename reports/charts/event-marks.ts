import { colour } from '../theme.ts'
import { percent } from '../words.ts'
import type { ChartData } from './chart-data.ts'
import { measured, quantity, small, textSize, words } from './spec.ts'
import { windowWords } from './time.ts'
import { wrapped } from './wrap.ts'

/** An event as it is marked in the fans. */
export interface EventMark {
  readonly number: string
  /** Middle of its window, as a year. */
  readonly year: number
  readonly from: number
  readonly to: number
  /** When, what, and the share of runs. */
  readonly says: string
}

/** Marks at most: all of them would hide the fans. */
const mostMarks = 6
/** Marks are so many years apart at least, so that their numbers stand side by side. */
const apart = 0.3

/**
 * The common shock, if there is one, and the events that reach furthest, by the middle of their windows; of equals the
 * more frequent one.
 */
export function eventMarks({ events, shock, years }: ChartData): EventMark[] {
  const ranked = [...events].sort((a, b) => b.reach - a.reach || b.happened.share - a.happened.share)
  const marked: { readonly event: ChartData['events'][number]; readonly middle: number }[] = []
  for (const event of [...(shock ? [shock] : []), ...ranked]) {
    const middle = (event.from + event.to) / 2
    const free = marked.every(other => Math.abs(other.middle - middle) >= apart)
    if (marked.length < mostMarks && free && middle < years.at(-1)! && event.happened.share > 0)
      marked.push({ event, middle })
  }
  return marked
    .sort((a, b) => a.middle - b.middle)
    .map(({ event: { title, from, to, happened }, middle }, n) => ({
      number: String(n + 1),
      year: middle,
      from,
      to,
      says: `${windowWords(from, to)} · ${title} · ${percent(happened.share)}`,
    }))
}

/** Layers of a fan: a thin line at the middle of each window, the window as a bar on top of the panel, and its number. */
export function markLayers(
  marks: readonly EventMark[],
  horizontal: object,
  limits: readonly [number, number],
): object[] {
  if (marks.length === 0) return []
  const vertical = { domain: limits, nice: false }
  const [low, high] = limits
  const [first, last] = (horizontal as { domain: [number, number] }).domain
  const x = (field: string) => measured(field, horizontal)
  const y = (field: string) => measured(field, vertical)
  const rows = marks.map(mark => ({
    ...mark,
    from: Math.max(first, mark.from),
    to: Math.min(last, mark.to),
    low,
    high,
    hover: { [mark.number]: mark.says },
  }))
  return [
    {
      data: { values: rows },
      layer: [
        {
          mark: { type: 'rule', color: colour('line'), strokeWidth: 1, strokeDash: [1, 3] },
          encoding: { x: x('year'), y: y('low'), y2: { field: 'high' } },
        },
        words('number', x('year'), y('high'), { align: 'center', dy: -5, fontSize: textSize.small - 1.5, ...small() }),
      ],
    },
  ]
}

/** A panel that says which event each number stands for. */
export function markKey(marks: readonly EventMark[], width: number): object {
  const lineHeight = 15
  const heading = wrapped(
    'Marked: what moves core states most in the same worlds with and without it, at the middle of its window, with its share of runs',
    Math.floor(width / 5.9),
  )
  let line = heading.length
  const rows = marks.map(({ number, says }) => {
    const lines = wrapped(says, Math.floor((width - 16) / 5.9), 2)
    const row = { number, lines, x: 0, y: line * lineHeight + 6 }
    line += lines.length
    return row
  })
  const height = line * lineHeight + 6
  const x = (field: string) => quantity(field, { domain: [0, width], nice: false })
  const y = (field: string) => quantity(field, { domain: [height, 0], nice: false })
  return {
    width,
    height,
    layer: [
      {
        data: { values: [{ heading, x: 0, y: 4 }] },
        ...words('heading', x('x'), y('y'), { lineHeight, ...small() }),
      },
      {
        data: { values: rows },
        layer: [
          words('number', x('x'), y('y'), { ...small(), fontWeight: 700 }),
          words('lines', x('x'), y('y'), { dx: 14, lineHeight: 14, ...small('ink') }),
        ],
      },
    ],
  }
}
