import { UserError } from '../core/errors.ts'
import { check } from './check.ts'
import { parse } from './parse.ts'
import { type Problem, ProblemList, quoted, ScenarioError } from './problem.ts'
import { merge, without } from './resolve.ts'
import type { ScenarioDocument } from './schema.ts'
import { shape } from './shape.ts'
import { entriesAt, type MapTree } from './tree.ts'

/** How scenario files are reached: a disk, a page, a test. */
export interface ScenarioFiles {
  /** Text of a file and its canonical path, which is also shown in messages. Throws UserError. */
  read(path: string): Promise<{ readonly text: string; readonly path: string }>
  /** Path of `reference` as written in the file `from`. Throws UserError for a reference that leaves the root. */
  resolve(from: string, reference: string): Promise<string>
}

export interface LoadedScenario {
  /** File name without its ending. */
  readonly id: string
  readonly document: ScenarioDocument
  /** Canonical paths of the chain of `extends`, base first. */
  readonly files: readonly string[]
  readonly warnings: readonly Problem[]
  /** Where each expectation is written: its file, and the line from 1. */
  readonly expectedAt: ReadonlyMap<string, { readonly file: string; readonly line: number }>
}

const maxDepth = 8

/** Reads, merges and checks a scenario. Throws ScenarioError with every problem found. */
export async function loadScenario(path: string, files: ScenarioFiles): Promise<LoadedScenario> {
  const problems = new ProblemList()
  const merged = await mergeChain(path, files, problems)
  const lesson = merged.tree.entries.get('lesson')
  if (lesson) {
    const help = 'open it in the page that `explore` writes; `check` checks it'
    problems.error(lesson.key, 'lesson-file', 'expected a scenario, got a lesson', help)
    throw new ScenarioError(problems.sorted())
  }
  const document = shape(merged.tree, problems)
  check(merged.tree, problems)
  if (problems.failed || document === undefined) throw new ScenarioError(problems.sorted())
  return {
    id: nameOf(path),
    document,
    files: merged.files,
    warnings: problems.sorted(),
    expectedAt: new Map(
      entriesAt(merged.tree, 'expect').map(([name, { key }]) => [name, { file: key.file, line: problems.lineOf(key) }]),
    ),
  }
}

/** File name without its ending. */
export function nameOf(path: string): string {
  return path.replace(/^.*[/\\]/, '').replace(/\.ya?ml$/, '')
}

/** The tree of a scenario with what it extends, not yet checked. Throws ScenarioError for a file that cannot be read. */
export async function mergeChain(
  path: string,
  files: ScenarioFiles,
  problems: ProblemList,
): Promise<{ tree: MapTree; files: string[] }> {
  const chain = await readChain(path, files, problems)
  if (problems.failed) throw new ScenarioError(problems.sorted())
  const [base, ...extending] = chain.toReversed()
  let tree = without(base!.tree, 'extends')
  for (const { tree: over } of extending) tree = merge(tree, without(over, 'extends'), problems)
  return { tree, files: chain.map(link => link.path).toReversed() }
}

interface Link {
  readonly path: string
  readonly tree: MapTree
}

/** The file and those it extends, in that order. Stops at the first file that cannot be read as YAML. */
async function readChain(path: string, files: ScenarioFiles, problems: ProblemList): Promise<Link[]> {
  const chain: Link[] = []
  let next: string | undefined = path
  while (next !== undefined) {
    const file = await files.read(next)
    const tree = parse(file.path, file.text, problems)
    if (!tree) return chain
    chain.push({ path: file.path, tree })
    next = await follow(file.path, tree, chain, files, problems)
  }
  return chain
}

async function follow(
  from: string,
  tree: MapTree,
  chain: readonly Link[],
  files: ScenarioFiles,
  problems: ProblemList,
): Promise<string | undefined> {
  const extended = tree.entries.get('extends')?.tree
  if (extended === undefined) return undefined
  const { place } = extended
  if (extended.kind !== 'scalar' || typeof extended.value !== 'string' || extended.value === '') {
    const got = quoted(extended.kind === 'scalar' ? extended.value : [])
    problems.error(place, 'extends-form', `expected the path of one scenario, got ${got}`, 'for example: baseline.yaml')
    return undefined
  }
  if (chain.length > maxDepth) {
    problems.error(place, 'extends-depth', `expected at most ${maxDepth} steps of \`extends\`, got more`)
    return undefined
  }
  try {
    const target = await files.resolve(from, extended.value)
    const seen = chain.findIndex(link => link.path === target)
    if (seen === -1) return target
    const names = [...chain.slice(seen).map(link => link.path), target].join(' → ')
    problems.error(place, 'extends-cycle', `expected a chain with an end, got ${names}`)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    problems.error(place, 'extends-path', error.message)
  }
  return undefined
}
