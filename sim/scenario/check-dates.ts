import { counted } from '../core/counted.ts'
import { quarterAfter, quartersBetween } from '../core/quarter.ts'
import { quoted } from './problem.ts'
import { scenarioSchema } from './schema.ts'
import type { Subject } from './subject.ts'
import { at, type Entry, entriesAt, entryAt, itemsAt, type Place, type Tree, textAt } from './tree.ts'

const quarter = /^[12]\d{3}Q[1-4]$/

/** The quarters of a run: tick 0, and the last tick. Undefined where they could not be read. */
interface Span {
  readonly start: string
  readonly horizon: number
}

/** Events by the key that moved the end of the run past them: `horizon` or `start`. */
type Cut = Map<Place, { readonly ids: Set<string>; last: number }>

/** Each event has a date, and it lies in the run. */
export function checkDates(subject: Subject): void {
  const { tree, problems } = subject
  const start = textAt(tree, 'start') ?? scenarioSchema.shape.start.parse(undefined)
  const horizon = subject.parameter('horizon')
  const span = quarter.test(start) && Number.isInteger(horizon) && horizon >= 1 ? { start, horizon } : undefined
  const cut: Cut = new Map()
  for (const [id, entry] of entriesAt(tree, 'events')) {
    if (entry.tree.kind !== 'map') continue
    checkForm(subject, id, entry)
    if (!span) continue
    for (const date of [at(entry.tree, 'at'), ...itemsAt(entry.tree, 'window')])
      if (date) checkInside(subject, id, date, span, cut)
    checkOrder(subject, itemsAt(entry.tree, 'window'))
  }
  for (const [place, { ids, last }] of cut) {
    const { start: from, horizon: ticks } = span!
    const events = counted(ids.size, 'event')
    const quarters = `${quarterAfter(from, 1)} to ${quarterAfter(from, ticks)}`
    const message = `expected a run that the events of the extended scenario fit in, got one from ${quarters} and ${events} outside`
    const out = [...ids].map(id => `${id}: null`).join(', ')
    const wider = last > ticks ? `write \`horizon: ${last}\`, ` : ''
    problems.error(
      place,
      'events-outside',
      message,
      `${wider}give them other dates, or take them out: \`events: { ${out} }\``,
    )
  }
}

function checkForm({ problems }: Subject, id: string, { key, tree: event }: Entry): void {
  const dates = ['at', 'window'].filter(name => at(event, name))
  if (dates.length !== 1) {
    const got = dates.length === 0 ? 'neither' : 'both'
    problems.error(key, 'event-date', `expected either \`at\` or \`window\` for ${quoted(id)}, got ${got}`)
  }
  const probability = at(event, 'probability')
  if (probability?.kind === 'scalar' && probability.value === 0) {
    problems.warning(
      probability.place,
      'event-never',
      `expected a probability above 0, got 0: ${quoted(id)} never happens`,
    )
  }
}

function checkInside(subject: Subject, id: string, date: Tree, { start, horizon }: Span, cut: Cut): void {
  const { tree, problems } = subject
  const text = textAt(date)
  if (text === undefined || !quarter.test(text)) return
  const tick = quartersBetween(start, text)
  if (tick >= 1 && tick <= horizon) return
  // Where a file moves the run away from events it extends, that one line is to blame and not every event.
  const moved = [entryAt(tree, 'parameters', 'horizon'), entryAt(tree, 'start')]
  const blamed = moved.find(entry => entry && problems.overrides(entry.key, date.place))
  if (blamed) {
    const group = cut.get(blamed.key) ?? { ids: new Set(), last: 0 }
    group.ids.add(id)
    group.last = Math.max(group.last, tick)
    cut.set(blamed.key, group)
    return
  }
  const message = `expected a quarter from ${quarterAfter(start, 1)} to ${quarterAfter(start, horizon)}, got ${text}`
  problems.error(date.place, 'event-outside', message)
}

function checkOrder({ problems }: Subject, window: readonly Tree[]): void {
  const [first, last] = window.map(item => textAt(item))
  if (first === undefined || last === undefined || !quarter.test(first) || !quarter.test(last)) return
  if (quartersBetween(first, last) >= 0) return
  const message = `expected the last quarter of the window at or after ${first}, got ${last}`
  problems.error(window[1]!.place, 'window-order', message)
}
