import type { Story } from '../../sim/analysis/storyline-story.ts'
import { html, type Markup } from '../escape.ts'
import { colour, fontStack, type Token } from '../theme.ts'
import { change as changeWords, number } from '../words.ts'

const width = 350
const height = 190
const left = 40
const right = width - 76
const panels = { change: { top: 8, bottom: 118 }, vitality: { top: 132, bottom: 170 } } as const

type Span = readonly [low: number, high: number]

/** The ranges all charts of a page share, so that they compare: of changes of ID and OP, and of vitality. */
export interface SharedRanges {
  readonly change: Span
  readonly vitality: Span
}

export function sharedRanges(stories: readonly Story[]): SharedRanges {
  const span = (values: readonly number[], pad: number): Span => [Math.min(...values) - pad, Math.max(...values) + pad]
  const changes = stories.flatMap(({ paths: { ID, OP } }) => [...since(ID), ...since(OP)])
  return {
    change: span(changes, 0.01),
    vitality: span(
      stories.flatMap(({ paths }) => [...paths.v]),
      0.02,
    ),
  }
}

/** A path as changes since its start. @example since([2, 3, 1]) // => [0, 1, -1] */
export function since(path: readonly number[]): number[] {
  return path.map(value => value - path[0]!)
}

/**
 * Core means of a run by quarter: changes of institutional and operational alignment, and vitality of CIS Plus where it
 * exists.
 */
export function storyChart(
  { run, paths, final }: Story,
  ranges: SharedRanges,
  quarters: readonly string[],
  outerTier: boolean,
): Markup {
  const ticks = quarters.length - 1
  const x = (tick: number) => left + ((right - left) * tick) / Math.max(1, ticks)
  const scale =
    ([low, high]: Span, { top, bottom }: { readonly top: number; readonly bottom: number }) =>
    (value: number) =>
      top + ((bottom - top) * (high - value)) / (high - low)
  const change = scale(ranges.change, panels.change)
  const vitality = scale(ranges.vitality, panels.vitality)
  const points = (path: readonly number[], y: (value: number) => number) =>
    path.map((value, tick) => `${x(tick).toFixed(1)},${y(value).toFixed(1)}`)
  const ID = since(paths.ID)
  const OP = since(paths.OP)
  const [institutions, practice] = apart([change(ID.at(-1)!), change(OP.at(-1)!)])
  const spread = ranges.change[1] - ranges.change[0]
  const step = spread > 0.25 ? 0.1 : spread > 0.12 ? 0.05 : spread > 0.06 ? 0.02 : 0.01
  const levels = [-8, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8]
    .map(n => n * step)
    .filter(level => level > ranges.change[0] && level < ranges.change[1])
  const said = `institutional alignment ${changeWords(final.ID)}, operational alignment ${changeWords(final.OP)}${outerTier ? `, vitality of CIS Plus from ${number(paths.v[0]!, 2)} to ${number(paths.v.at(-1)!, 2)}` : ''}`
  return html`<svg class="story" viewBox="0 0 ${width} ${height}" role="img" aria-label="Run ${run} by quarter: ${said}." font-family="${fontStack}" font-size="11">
${levels.map(level => html`<line x1="${left}" x2="${right}" y1="${change(level).toFixed(1)}" y2="${change(level).toFixed(1)}" stroke="${colour(level === 0 ? 'line' : 'grid')}"/>${label(left - 5, change(level), changeWords(level, 2), 'soft', 'end')}`)}
<polygon points="${[...points(ID, change), ...points(OP, change).reverse()].join(' ')}" fill="${colour('level')}"/>
${path(points(ID, change), 'accent', 'none')}${label(right + 5, institutions!, 'institutions', 'accent')}
${path(points(OP, change), 'consolidation', '6 3')}${label(right + 5, practice!, 'practice', 'consolidation')}
${outerTier ? vitalityPath(paths.v, points(paths.v, vitality), vitality) : undefined}
${label(left, height - 9, quarters[0]!, 'soft')}${label(right, height - 9, quarters.at(-1)!, 'soft', 'end')}
</svg>`
}

function vitalityPath(v: Story['paths']['v'], points: readonly string[], y: (value: number) => number): Markup {
  const [first, last] = [v[0]!, v.at(-1)!]
  return html`${path(points, 'council', '1.5 3')}${label(right + 5, y(last), `vitality ${number(last, 2)}`, 'council')}
${label(left - 5, y(first), number(first, 2), 'soft', 'end')}`
}

function path(points: readonly string[], token: Token, dash: string): Markup {
  return html`<polyline points="${points.join(' ')}" fill="none" stroke="${colour(token)}" stroke-width="2" stroke-dasharray="${dash}"/>`
}

function label(x: number, y: number, text: string, token: Token, anchor = 'start'): Markup {
  return html`<text x="${x}" y="${(y + 4).toFixed(1)}" text-anchor="${anchor}" fill="${colour(token)}">${text}</text>`
}

/**
 * Heights of labels moved apart so that none covers another; their order stays.
 *
 * @example apart([50, 52, 20]) // => [45, 58, 20]
 */
export function apart(heights: readonly number[], room = 13): number[] {
  const order = heights.map((height, n) => ({ height, n })).sort((a, b) => a.height - b.height)
  for (let pass = 0; pass < 20; pass++) {
    for (let k = 1; k < order.length; k++) {
      const overlap = room - (order[k]!.height - order[k - 1]!.height)
      if (overlap <= 0) continue
      order[k]!.height += Math.ceil(overlap / 2)
      order[k - 1]!.height -= Math.floor(overlap / 2)
    }
  }
  const placed = [...heights]
  for (const { height, n } of order) placed[n] = height
  return placed
}
