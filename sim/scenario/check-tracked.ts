import { quoted } from './problem.ts'
import type { Subject } from './subject.ts'
import { at, entriesAt, nearest } from './tree.ts'

/** Words that begin the names of other columns of a batch, such as `input_delivered`. */
const columnWords = ['input', 'event', 'score']

/**
 * Every quarter of a run keeps a place for each actor and two for each group, which are finer. A place costs 2,000 to
 * 4,000 counters: the most take some 300 MB.
 */
const mostPlaces = 15_000

/** Actors and groups are followed in every quarter and have columns of their own: by names that tell them apart. */
export function checkTracked(subject: Subject): void {
  const { tree, problems } = subject
  const actors = entriesAt(tree, 'actors')
  const groups = entriesAt(tree, 'groups')
  const ids = new Set(actors.map(([id]) => id))
  for (const [id, { key }] of groups) {
    if (!ids.has(id)) continue
    problems.error(key, 'group-is-actor', `expected an id that no actor has, got ${quoted(id)} for a group`)
  }
  for (const [id, { key }] of [...actors, ...groups]) {
    const word = columnWords.find(word => id === word || id.startsWith(`${word}_`))
    if (word === undefined) continue
    problems.error(
      key,
      'column-word',
      `expected another id, got ${quoted(id)}: ${word} begins the names of other columns`,
    )
  }
  const horizon = subject.parameter('horizon')
  const places = (horizon + 1) * (actors.length + 2 * groups.length)
  if (!(places > mostPlaces)) return
  const section = groups.length > actors.length ? 'groups' : 'actors'
  const place = nearest(tree, at(tree, 'parameters', 'horizon') ? ['parameters', 'horizon'] : [section])
  const got = `${horizon} quarters of ${actors.length} actors and ${groups.length} groups`
  const message = `expected at most ${mostPlaces} places for (quarters + 1) × (actors + 2 × groups), got ${places}: ${got}`
  problems.error(place, 'too-large', message)
}
