import { UserError } from '../core/errors.ts'
import { check } from './check.ts'
import { type LessonDocument, lessonSchema } from './lesson-schema.ts'
import { mergeChain, nameOf, type ScenarioFiles } from './load.ts'
import { parse } from './parse.ts'
import { ProblemList, quoted, ScenarioError } from './problem.ts'
import { merge, without } from './resolve.ts'
import type { ScenarioDocument } from './schema.ts'
import { shape, shapeAs } from './shape.ts'
import { Subject } from './subject.ts'
import { at, entriesAt, itemsAt, keyPlace, type MapTree, nearest } from './tree.ts'

/** One of the worlds of a lesson: a whole scenario. */
export interface LessonWorld {
  readonly id: string
  readonly name: string
  readonly document: ScenarioDocument
}

/** A lesson and what it is computed from; plain data. */
export interface Lesson {
  /** File name without its ending. */
  readonly id: string
  readonly document: LessonDocument
  readonly worlds: readonly LessonWorld[]
  /** The scenario the worlds build on, as it is without their changes. */
  readonly base: ScenarioDocument
}

/** A lesson as it was read. What it says of the model is not yet checked. */
export interface ReadLesson {
  readonly tree: MapTree
  readonly base: ScenarioDocument
  /** Undefined when problems were found. */
  readonly lesson: Lesson | undefined
}

const mostWorlds = 4

/** Whether a text is meant as a lesson: it has the key `lesson` at its top. */
export function isLesson(file: string, text: string): boolean {
  return parse(file, text, new ProblemList())?.entries.has('lesson') ?? /^lesson\s*:/m.test(text)
}

/**
 * Reads a lesson and the scenario it builds on, and makes its worlds. Problems are collected in `problems`; a problem of a
 * world points at the line of the lesson that made it.
 *
 * @returns undefined without a scenario to go on with
 * @throws ScenarioError when the lesson is no YAML, or the scenario is broken
 */
export async function readLesson(
  path: string,
  files: ScenarioFiles,
  problems: ProblemList,
): Promise<ReadLesson | undefined> {
  const file = await files.read(path)
  const tree = parse(file.path, file.text, problems)
  if (!tree) throw new ScenarioError(problems.sorted())
  const document = shapeAs(lessonSchema, 'lesson', tree, problems)
  const base = await readBase(file.path, tree, files, problems)
  if (!base) return undefined
  const subject = new Subject(base.tree, problems)
  for (const item of itemsAt(tree, 'background')) {
    const source = at(item, 'source')
    for (const key of source?.kind === 'list' ? itemsAt(source) : [source]) subject.names('sources', key)
  }
  const worlds = entriesAt(tree, 'worlds')
  if (worlds.length < 1 || worlds.length > mostWorlds)
    problems.error(
      keyPlace(tree, ['worlds']),
      'world-count',
      `expected one to ${mostWorlds} worlds, got ${worlds.length}`,
    )
  if (worlds.some(([id]) => id === 'start'))
    problems.error(
      keyPlace(tree, ['worlds', 'start']),
      'world-name',
      'expected another name than "start", which stands for the beginning of a run',
    )
  const made = worlds.slice(0, mostWorlds).map(([id, { tree: world }]) => {
    const changes = at(world, 'changes')
    const own = new ProblemList(problems)
    const whole = changes?.kind === 'map' ? mergeWorld(base.tree, changes, own) : base.tree
    const changed = shape(whole, own)
    check(whole, own)
    problems.take(own, base.warnings)
    return { id, document: changed }
  })
  if (!document || problems.failed) return { tree, base: base.document, lesson: undefined }
  const whole = made.map(({ id, document: changed }) => ({ id, name: document.worlds[id]!.name, document: changed! }))
  return { tree, base: base.document, lesson: { id: nameOf(path), document, base: base.document, worlds: whole } }
}

function mergeWorld(base: MapTree, changes: MapTree, problems: ProblemList): MapTree {
  const extended = changes.entries.get('extends')
  if (extended)
    problems.error(
      extended.key,
      'world-extends',
      'expected changes to the scenario of the lesson, got `extends`',
      'name the scenario once, under `scenario`',
    )
  return { ...merge(base, without(changes, 'extends'), problems), place: changes.place }
}

interface Base {
  readonly tree: MapTree
  readonly document: ScenarioDocument
  readonly warnings: ProblemList
}

async function readBase(
  from: string,
  lesson: MapTree,
  files: ScenarioFiles,
  problems: ProblemList,
): Promise<Base | undefined> {
  const written = at(lesson, 'scenario')
  if (written?.kind !== 'scalar' || typeof written.value !== 'string' || written.value === '') return undefined
  const place = nearest(lesson, ['scenario'])
  try {
    const target = await files.resolve(from, written.value)
    const own = new ProblemList(problems)
    const { tree } = await mergeChain(target, files, own)
    const document = shape(tree, own)
    check(tree, own)
    if (own.failed || !document) {
      problems.take(own)
      return undefined
    }
    return { tree, document, warnings: own }
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof ScenarioError) throw error
    problems.error(place, 'scenario-path', `${error.message} (${quoted(written.value)})`)
    return undefined
  }
}
