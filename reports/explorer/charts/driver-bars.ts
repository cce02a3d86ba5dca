import type { ScenarioDocument } from '../../../sim/scenario/schema.ts'
import { wrapped } from '../../charts/wrap.ts'
import { causeName } from '../../explain/cause-words.ts'
import { colour } from '../../theme.ts'
import { change, number } from '../../words.ts'
import { svg } from '../element.ts'
import type { DriverSplit } from '../engine/driver-parts.ts'
import { ghostBar, picture, round, rule, soft, straight, words } from './picture.ts'

/** Height of a row, and of each further line of its name. */
const step = 22
const line = 13
/** Room for a letter of a name. */
const letter = 6.6
/** Causes with a bar of their own; the others are added up, so that nothing is lost. */
const shown = 8

interface Row {
  readonly label: string
  readonly mean: number
  readonly halfWidth: number
  readonly was: number | undefined
}

function rowsOf(now: DriverSplit, before: DriverSplit | undefined, document: ScenarioDocument): Row[] {
  const was = new Map(before?.parts.map(part => [part.cause, part.mean]))
  const rows = now.parts
    .map(({ cause, mean, halfWidth }) => ({
      label: causeName(cause, document),
      mean,
      halfWidth,
      was: before && (was.get(cause) ?? 0),
    }))
    .sort((a, b) => weightOf(b) - weightOf(a))
  const rest = rows.slice(shown)
  const sum = (read: (row: Row) => number) => rest.reduce((total, row) => total + read(row), 0)
  return [
    ...rows.slice(0, shown),
    {
      label: `${rest.length} smaller ones`,
      mean: sum(row => row.mean),
      halfWidth: 0,
      was: before && sum(row => row.was!),
    },
    { label: 'all together', mean: now.end - now.start, halfWidth: 0, was: before && before.end - before.start },
  ]
}

function weightOf({ mean, was = 0 }: Row): number {
  return Math.max(Math.abs(mean), Math.abs(was))
}

/**
 * Why a measure moved: the mean part of every cause, the largest first; outlined, the same of the reference. Parts of
 * all causes add up to the mean change without a remainder. Blue and orange as on the map: away from Russia and towards
 * it.
 *
 * @param away - the direction that is away from Russia: a wider gap, or less alignment
 */
export function driverBars(
  title: string,
  away: 'up' | 'down',
  now: DriverSplit,
  before: DriverSplit | undefined,
  document: ScenarioDocument,
  width: number,
): SVGSVGElement {
  const rows = rowsOf(now, before, document)
  const ends = rows.flatMap(row => [row.mean - row.halfWidth, row.mean + row.halfWidth, row.was ?? 0, 0])
  const names = Math.min(190, width * 0.5)
  let height = 26
  const placed = rows.map(row => {
    const lines = wrapped(row.label, Math.floor((names - 4) / letter))
    const top = height
    height += step + (lines.length - 1) * line
    return { ...row, lines, top, middle: (top + height) / 2 }
  })
  const x = straight([Math.min(...ends), Math.max(...ends, 0.001)], [names + 4, width - 58])
  const said = rows.map(row => `${row.label} ${change(row.mean)}`).join(', ')
  const drawn = picture(width, height, `${title}: from ${number(now.start)} to ${number(now.end)}; ${said}.`)
  drawn.append(words(0, 14, title, { 'font-weight': 700 }))
  placed.forEach((row, n) => {
    const { lines, top, middle } = row
    const total = n === rows.length - 1
    if (total) drawn.append(rule(0, top, width, top, 'line'))
    const end = { 'text-anchor': 'end' }
    const bar = {
      x: round(Math.min(x(0), x(row.mean))),
      y: middle - 6,
      width: round(Math.max(0.6, Math.abs(x(row.mean) - x(0)))),
      height: 12,
      fill: colour(row.mean < 0 === (away === 'down') ? 'away3' : 'toward3'),
    }
    const first = middle + 4 - ((lines.length - 1) * line) / 2
    drawn.append(
      ...lines.map((text, k) => soft(names - 4, first + k * line, text, total ? { ...end, fill: colour('ink') } : end)),
      svg('rect', bar),
      words(width, middle + 4, change(row.mean), { ...end, 'font-size': 13, 'font-weight': total ? 700 : 400 }),
    )
    if (row.halfWidth > 0)
      drawn.append(rule(x(row.mean - row.halfWidth), middle, x(row.mean + row.halfWidth), middle, 'ink', 1.4))
    if (row.was !== undefined) drawn.append(ghostBar(x(0), x(row.was), middle - 8, 16))
  })
  drawn.append(rule(x(0), 26, x(0), height, 'line'))
  return drawn
}
