import { type Box, placeLabels } from '../../charts/place-labels.ts'
import { colour, type Token } from '../../theme.ts'
import { change, number } from '../../words.ts'
import { svg } from '../element.ts'
import type { Ensemble } from '../engine/ensemble.ts'
import { coreActors, type Frame, inReference, referenceTick } from '../frame.ts'
import { gapChange, gapChangeWords } from '../gap-change.ts'
import { picture, round, rule, soft, straight, words } from './picture.ts'

interface Place {
  readonly op: number
  readonly id: number
}

/** Medians of an actor at a tick. */
function placeOf({ columns, quantiles }: Ensemble, actor: number, tick: number, runs: number): Place {
  return {
    op: quantiles(columns.operational(actor, tick), runs).q50,
    id: quantiles(columns.institutional(actor, tick), runs).q50,
  }
}

const anchors = { left: 'start', center: 'middle', right: 'end' } as const

/**
 * The duality plane at one quarter: what is signed upwards, what is done to the right. Each core actor comes from its
 * start, a small ring. Where a reference is shown, a larger ring is its place there, and the arrow goes from it to now.
 * Places are medians of both measures; the number is the change of the gap (`gapChange`), which is not their difference.
 * A state that the reference has not is drawn and named without a number.
 */
export function plane(frame: Frame, width: number): SVGSVGElement {
  const { now, reference, runs, tick, same } = frame
  const height = Math.round(Math.min(width * 0.85, 520))
  const [left, bottom] = [32, height - 40]
  const marks = coreActors(frame).map(actor => {
    const place = placeOf(now, actor, tick, runs)
    const start = placeOf(now, actor, 0, runs)
    const other = inReference(frame, actor)
    const ghost = same || other === undefined ? undefined : placeOf(reference, other, referenceTick(frame), runs)
    const id = now.scenario.actors[actor]!
    return { actor, place, start, ghost, from: ghost ?? start, id, by: gapChange(frame, actor) }
  })
  const farthest = Math.max(0.35, ...marks.flatMap(({ start, place }) => [start.op, place.op])) + 0.05
  const most = Math.min(1, Math.ceil(farthest * 10) / 10)
  const across = straight([0, most], [left, width - 12])
  const up = straight([0, 1], [bottom, 22])
  const named = marks.map(({ id, by }) => (by === undefined ? id : `${id} ${change(by)}`))
  const quarter = frame.quarters[tick]
  const drawn = picture(width, height, `Duality plane at ${quarter}, ${gapChangeWords(same)}: ${named.join(', ')}.`)

  for (let fifth = 0; fifth <= 5; fifth++) {
    const value = fifth / 5
    drawn.append(soft(left - 5, up(value) + 4, number(value, 1), { 'text-anchor': 'end' }))
    if (value <= most + 1e-9)
      drawn.append(soft(across(value), bottom + 16, number(value, 1), { 'text-anchor': 'middle' }))
  }
  for (const gap of [0, 0.2, 0.4]) {
    const end = Math.min(most, 1 - gap)
    drawn.append(
      rule(across(0), up(gap), across(end), up(end + gap), 'grid', 1.4),
      soft(left + 5, up(gap) - 9, `gap ${gap}`),
    )
  }
  drawn.append(
    rule(left, bottom, width - 12, bottom, 'line'),
    rule(left, bottom, left, 22, 'line'),
    soft(0, 12, '↑ what is signed: institutional alignment with Russia'),
    soft(width, height - 6, 'what is done: operational alignment →', { 'text-anchor': 'end' }),
  )
  for (const { actor, place, start, ghost, from, by } of marks) {
    const token = directionOf(by ?? 0)
    const chosen = actor === frame.actor
    drawn.append(
      svg('circle', ring(across(start.op), up(start.id), 3, 'line')),
      rule(across(start.op), up(start.id), across(place.op), up(place.id), 'line'),
    )
    if (ghost) drawn.append(svg('circle', ring(across(ghost.op), up(ghost.id), 5, 'soft')))
    drawn.append(arrow(across(from.op), up(from.id), across(place.op), up(place.id), token, chosen ? 4 : 2.6))
    if (chosen) drawn.append(svg('circle', { ...ring(across(place.op), up(place.id), 11, 'ink'), fill: 'none' }))
  }
  const texts = width < 380 ? marks.map(({ id }) => id) : named
  const around = ({ op, id }: Place, by: number): Box => ({
    left: across(op) - by,
    right: across(op) + by,
    top: up(id) - by,
    bottom: up(id) + by,
  })
  const places = placeLabels(
    marks.map(({ place }, n) => ({
      x: across(place.op),
      y: up(place.id),
      width: texts[n]!.length * 9 + 4,
      height: 15,
    })),
    marks.flatMap(({ actor, place, start }) => [around(place, actor === frame.actor ? 13 : 7), around(start, 4)]),
    { left: left + 2, top: 20, right: width, bottom: bottom - 2 },
  )
  marks.forEach(({ actor }, n) => {
    const { x, y, align } = places[n]!
    drawn.append(
      words(x, y + 4.5, texts[n]!, {
        'data-actor': frame.now.scenario.actors[actor]!,
        'text-anchor': anchors[align],
        'font-weight': actor === frame.actor ? 800 : 600,
        stroke: colour('paper'),
        'stroke-width': 3,
        'paint-order': 'stroke',
      }),
    )
  })
  return drawn
}

/** Colour of a change of the gap; none for one that rounds to nothing. */
function directionOf(gap: number): Token {
  return gap >= 0.005 ? 'duality' : gap <= -0.005 ? 'consolidation' : 'soft'
}

function ring(cx: number, cy: number, r: number, token: Token) {
  return { cx: round(cx), cy: round(cy), r, fill: colour('paper'), stroke: colour(token), 'stroke-width': 1.6 }
}

/** A line with a head; a dot where it is too short for one. */
function arrow(x1: number, y1: number, x2: number, y2: number, token: Token, width: number): SVGElement {
  const length = Math.hypot(x2 - x1, y2 - y1)
  const fill = colour(token)
  if (length < 7) return svg('circle', { cx: round(x2), cy: round(y2), r: 4, fill })
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length]
  const head = 5 + width
  const [bx, by] = [x2 - ux * head, y2 - uy * head]
  const side = head * 0.55
  const corners = [
    [x2, y2],
    [bx - uy * side, by + ux * side],
    [bx + uy * side, by - ux * side],
  ].map(([x, y]) => `${round(x!)} ${round(y!)}`)
  return svg('g', {}, rule(x1, y1, bx, by, token, width), svg('path', { d: `M${corners.join('L')}Z`, fill }))
}
