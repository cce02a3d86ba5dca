import type { LessonExplanation } from '../../../sim/analysis/lesson/explanation.ts'
import type { Lesson } from '../../../sim/scenario/lesson.ts'
import { causeName } from '../../explain/cause-words.ts'
import { change, number } from '../../words.ts'
import { el } from '../element.ts'
import { barPicture } from './bar-picture.ts'

type Waterfall = LessonExplanation['waterfalls'][number]

/** Terms that get a row of their own; the others are added up. */
const shownTerms = 6

/** The terms of a change as rows, from one level to the other; nothing is left out, so the last row is where they lead. */
export function waterfallRows(lesson: Lesson, { from, to, parts }: Waterfall): HTMLElement {
  const { explain } = lesson.document
  const marked = (term: string) => Object.hasOwn(explain.drivers, term)
  const order = [...parts].sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
  const shown = order.filter(({ term }, n) => n < shownTerms || marked(term))
  const rest = order.filter(part => !shown.includes(part)).reduce((sum, { value }) => sum + value, 0)
  const steps = [
    ...shown.map(({ term, value, lower, upper }) => ({
      name: causeName(term, lesson.base),
      value,
      note: `${change(lower, 4)} to ${change(upper, 4)}`,
      mark: marked(term),
    })),
    { name: 'all other terms', value: rest, note: '', mark: false },
  ]
  const levels = [from, to]
  let level = from
  for (const { value } of steps) {
    level += value
    levels.push(level)
  }
  const low = Math.min(...levels)
  const high = Math.max(...levels)
  const room = 0.08 * (high - low) || 0.001
  const scaled = (value: number) => (value - low + room) / (high - low + 2 * room)
  const end = (name: string, value: number) =>
    el(
      'div',
      { class: 'row end' },
      el('span', { class: 'name' }, name),
      barPicture({ from: 0, to: scaled(value), token: 'status_quo' }),
      el('span', { class: 'figure' }, number(value)),
    )
  level = from
  const world = (id: string) =>
    id === 'start' ? 'At the start' : (lesson.worlds.find(one => one.id === id)?.name ?? id)
  return el(
    'div',
    { class: 'waterfall' },
    end(world(explain.against), from),
    ...steps.map(({ name, value, note, mark }) => {
      const before = level
      level += value
      return el(
        'div',
        { class: mark ? 'row marked' : 'row' },
        el('span', { class: 'name' }, mark ? el('strong', {}, name) : name),
        barPicture({
          from: scaled(before),
          to: scaled(level),
          token: value < 0 ? 'away3' : 'toward3',
          axis: scaled(before),
        }),
        el('span', { class: 'figure' }, change(value, 4), ' ', el('span', { class: 'note' }, note)),
      )
    }),
    end(world(explain.world), to),
  )
}
