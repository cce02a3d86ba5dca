import { fnv1a } from '../core/hash.ts'
import { checkDates } from './check-dates.ts'
import { actorConstants } from './names.ts'
import { quoted } from './problem.ts'
import { scenarioSchema } from './schema.ts'
import { limits, schemaAt } from './schema-walk.ts'
import type { Subject } from './subject.ts'
import { at, entriesAt, itemsAt, keyPlace, nearest, numberAt, type Tree, textAt } from './tree.ts'

/** Addresses, dates, targets and sizes of events. */
export function checkEvents(subject: Subject): void {
  const { tree, problems } = subject
  checkDates(subject)
  const hashes = new Map<number, string>()
  for (const [id, entry] of entriesAt(tree, 'events')) {
    const hash = fnv1a(id)
    const other = hashes.get(hash)
    if (other !== undefined) {
      const message = `expected ids with random draws of their own, got ${quoted(id)}, which shares those of ${quoted(other)}`
      problems.error(entry.key, 'event-address', message, 'rename one of them')
    }
    hashes.set(hash, id)
    const actors = at(entry.tree, 'actors')
    subject.distinct(actors)
    for (const actor of itemsAt(actors)) subject.names('actors', actor)
    for (const effect of itemsAt(entry.tree, 'effects')) checkEffect(subject, effect)
  }
}

/** Values a driver or state of an actor may be set to. */
const ranges = new Map<string, readonly [number, number]>([
  ['capacity', [0.05, 1]],
  ['sanctions', [0, 1]],
  ['delivered', [0, 1]],
  ['war', [0, 2]],
  ['growth', [-5, 5]],
  ['vitality', [0, 1]],
  ['threat', [0, 1]],
  ['insecurity_felt', [0, 1]],
  ['leader', [-10, 10]],
  ['credibility', [0, 1]],
  ['settlement', [0, 1]],
  ['projects', [0, 1]],
])

/** What `of` must name; everything else takes no `of`. */
const needs = new Map<string, 'poles' | 'institutions' | 'corridors'>([
  ['growth', 'poles'],
  ['vitality', 'institutions'],
  ['corridor_exposure', 'corridors'],
  ['up_appetite', 'institutions'],
  ['down_tendency', 'institutions'],
])

function checkEffect(subject: Subject, effect: Tree): void {
  if (effect.kind !== 'map') return
  const has = (key: string) => effect.entries.has(key)
  if (has('joins') || has('institution')) checkJoin(subject, effect)
  else if (has('tier')) {
    exactlyOne(subject, effect, 'move', 'set')
    const tier = at(effect, 'tier')
    if (subject.names('institutions', tier)) mustExist(subject, tier)
  } else if (has('corridor')) {
    exactlyOne(subject, effect, 'open', 'cut')
    subject.names('corridors', at(effect, 'corridor'))
  } else if (has('parameter')) {
    exactlyOne(subject, effect, 'add', 'set')
    const parameter = at(effect, 'parameter')
    if (subject.names('parameters', parameter)) checkParameterEffect(subject, effect, parameter)
  } else {
    const target = at(effect, 'driver') ?? at(effect, 'variable')
    if (!target) return
    exactlyOne(subject, effect, 'add', 'set')
    checkOf(subject, effect, target)
    checkSize(subject, effect, target)
  }
}

function exactlyOne({ problems }: Subject, effect: Tree, a: string, b: string): void {
  const found = [a, b].filter(key => at(effect, key))
  if (found.length === 1) return
  const got = found.length === 0 ? 'neither' : 'both'
  problems.error(effect.place, 'effect-change', `expected either \`${a}\` or \`${b}\`, got ${got}`)
}

function mustExist(subject: Subject, institution: Tree): void {
  const name = textAt(institution)!
  if (subject.exists(name)) return
  const message = `expected an institution that exists, got ${quoted(name)}, which has \`exists: false\``
  subject.problems.error(institution.place, 'absent-institution', message, 'take the event out: `<id>: null`')
}

function checkJoin(subject: Subject, effect: Tree): void {
  const bodies = ['institution', 'joins'].map(key => at(effect, key))
  for (const body of bodies) if (subject.names('institutions', body)) mustExist(subject, body)
  const [one, other] = bodies.map(body => textAt(body))
  if (one !== undefined && one === other) {
    subject.problems.error(
      bodies[1]!.place,
      'join-self',
      `expected another institution to join, got ${quoted(one)} itself`,
    )
  }
}

function checkParameterEffect({ problems, catalogue }: Subject, effect: Tree, parameter: Tree): void {
  const name = textAt(parameter)!
  const { kind, bounds, integer } = catalogue.get(name)!
  if (kind === 'N' || name === 'war0') {
    const why = name === 'war0' ? 'is read at the start only' : 'fixes the scale of others'
    const help = name === 'war0' ? 'use `driver: war`' : undefined
    const message = `expected a parameter that an event can change, got ${quoted(name)}, which ${why}`
    problems.error(parameter.place, 'event-parameter', message, help)
  } else checkNumber(problems, effect, name, bounds, integer === true)
}

function checkOf(subject: Subject, effect: Tree, target: Tree): void {
  const { problems, options } = subject
  const name = textAt(target)
  if (name === undefined) return
  const need = needs.get(name)
  const of = at(effect, 'of')
  if (need === undefined) {
    if (of) problems.error(keyPlace(effect, ['of']), 'effect-of', `expected no \`of\` for ${quoted(name)}, got one`)
    return
  }
  const noun = need.slice(0, -1)
  if (!of) {
    problems.error(
      target.place,
      'effect-of',
      `expected \`of\` with ${noun === 'institution' ? 'an' : 'a'} ${noun} for ${quoted(name)}, got none`,
    )
  } else if (need === 'poles') {
    if (subject.names('options', of) && textAt(of) === options.at(-1)) {
      problems.error(of.place, 'effect-of', `expected a pole, got ${quoted(textAt(of))}, which stands for autonomy`)
    }
  } else if (subject.names(need, of) && need === 'institutions') mustExist(subject, of)
}

function checkSize(subject: Subject, effect: Tree, target: Tree): void {
  const name = textAt(target)
  if (name === undefined) return
  const range = ranges.get(name) ?? constantRange(name)
  if (range) checkNumber(subject.problems, effect, name, range, name === 'war')
}

function checkNumber(
  problems: Subject['problems'],
  effect: Tree,
  name: string,
  [low, high]: readonly [number, number],
  whole: boolean,
): void {
  const set = numberAt(effect, 'set')
  if (set !== undefined && (set < low || set > high || (whole && !Number.isInteger(set)))) {
    const message = `expected ${whole ? 'a whole number' : 'a number'} from ${low} to ${high} for ${quoted(name)}, got ${set}`
    problems.error(nearest(effect, ['set']), 'effect-range', message)
  }
  const add = numberAt(effect, 'add')
  if (add !== undefined && (Math.abs(add) > high - low || (whole && !Number.isInteger(add)))) {
    const message = `expected ${whole ? 'a whole number' : 'a number'} from ${low - high} to ${high - low} to add to ${quoted(name)}, got ${add}`
    problems.error(nearest(effect, ['add']), 'effect-range', message)
  }
}

/** The range of an actor's constant, from the schema of its figure. */
function constantRange(name: string): readonly [number, number] | undefined {
  if (!actorConstants.some(constant => constant === name)) return undefined
  const path = ['actors', 'x', name, 'value', ...(needs.get(name) ? ['x'] : [])]
  const schema = schemaAt(scenarioSchema, path, undefined)
  const { low, high } = schema ? limits(schema) : {}
  return low && high ? [low.value, high.value] : undefined
}
