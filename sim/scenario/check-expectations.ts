import { actorIndices, actorOutcomes, outcomes } from './judged-names.ts'
import { quoted } from './problem.ts'
import type { Subject } from './subject.ts'
import { suggest } from './suggestion.ts'
import { at, type Entry, entriesAt, itemsAt, keyPlace, nearest, numberAt, type Tree, textAt } from './tree.ts'

/** That expectations speak of what the scenario has, and can be shown by runs. */
export function checkExpectations(subject: Subject): void {
  const { tree } = subject
  const people = ['actors', 'groups'].flatMap(section => entriesAt(tree, section).map(([id]) => id))
  for (const [, entry] of entriesAt(tree, 'expect')) {
    for (const item of itemsAt(entry.tree, 'unchanged')) checkPerson(subject, people, item)
    if (!['share', 'mean', 'median'].some(key => at(entry.tree, key))) continue
    checkPerson(subject, people, at(entry.tree, 'of'))
    checkName(subject, entry.tree)
    checkBounds(subject, entry)
  }
}

function checkPerson({ problems }: Subject, people: readonly string[], tree: Tree | undefined): void {
  const name = textAt(tree)
  if (tree === undefined || name === undefined || people.length === 0 || people.includes(name)) return
  const message = `expected an actor or group of this scenario, got ${quoted(name)}`
  problems.error(tree.place, 'unknown-actor', message, suggest(name, people, 'actors and groups'))
}

/** The system, actors and groups have outcomes and indices of their own. */
function checkName({ problems }: Subject, expectation: Tree): void {
  const person = textAt(expectation, 'of')
  const outcome = textAt(expectation, 'share')
  const index = textAt(expectation, 'mean') ?? textAt(expectation, 'median')
  const known: readonly string[] = person === undefined ? outcomes : actorOutcomes
  const where = person === undefined ? 'the whole system' : `the actor or group ${quoted(person)}`
  const place = nearest(expectation, ['share'])
  if (outcome !== undefined && !known.includes(outcome) && !problems.has(place)) {
    const message = `expected one of ${known.join(', ')} for ${where}, got ${quoted(outcome)}`
    const help = person === undefined ? 'name an actor or group with `of`' : suggest(outcome, known, 'outcomes')
    problems.error(place, 'expect-outcome', message, help)
  }
  const indices: readonly string[] = actorIndices
  if (index !== undefined && person !== undefined && !indices.includes(index)) {
    const message = `expected one of ${indices.join(', ')} for ${where}, got ${quoted(index)}`
    const place = nearest(expectation, [at(expectation, 'mean') ? 'mean' : 'median'])
    problems.error(place, 'expect-index', message, 'leave `of` out for an index of the whole system')
  }
}

function checkBounds({ problems }: Subject, { key, tree }: Entry): void {
  const [low, high] = [numberAt(tree, 'at_least'), numberAt(tree, 'at_most')]
  const within = at(tree, 'within')
  if (!within && !at(tree, 'at_least') && !at(tree, 'at_most')) {
    const message = 'expected a bound, got none'
    problems.error(key, 'expect-bound', message, 'add `at_least`, `at_most`, or `within` for a recorded baseline')
  }
  if (within && (low !== undefined || high !== undefined)) {
    const message = 'expected `within` or fixed bounds, got both'
    problems.error(keyPlace(tree, ['within']), 'expect-bound', message, 'state two expectations')
  }
  if (low !== undefined && high !== undefined && low >= high) {
    const message = `expected \`at_most\` above \`at_least\` (${low}), got ${high}`
    problems.error(nearest(tree, ['at_most']), 'range-order', message)
  }
  if (!at(tree, 'share')) return
  for (const [bound, end] of [
    ['at_most', 0],
    ['at_least', 1],
  ] as const) {
    if (numberAt(tree, bound) !== end) continue
    const near = end === 0 ? 0.01 : 0.99
    const message = `expected a share that runs can show, got ${end}: however many end ${end === 0 ? 'otherwise' : 'so'}, the next one may not`
    problems.error(nearest(tree, [bound]), 'expect-bound', message, `write ${near}, for instance`)
  }
}
