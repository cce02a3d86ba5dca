import { Composer, isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml'
import { guard } from './guard.ts'
import { inexact, reserved } from './limits.ts'
import type { ProblemList } from './problem.ts'
import { quoted } from './problem.ts'
import type { Entry, MapTree, Path, Place, Tree } from './tree.ts'

/** The tree of a YAML text, or undefined when its problems leave nothing to go on with. */
export function parse(file: string, text: string, problems: ProblemList): MapTree | undefined {
  problems.addText(file, text)
  const guarded = guard(text)
  if ('refusal' in guarded) {
    const { start, end, code, message, help } = guarded.refusal
    problems.error({ file, start, end }, code, message, help)
    return undefined
  }
  // Repeated keys are found below in linear time; the reader's own search is quadratic.
  const composer = new Composer({ schema: 'core', merge: false, uniqueKeys: false, strict: true })
  const [document] = composer.compose(guarded.tokens, true, text.length)
  for (const { code, pos, message } of document?.errors ?? []) {
    const [start, end] = pos
    const [expected, help] = grammar[code] ?? [message]
    problems.error({ file, start, end }, `yaml-${code.toLowerCase().replaceAll('_', '-')}`, expected, help)
  }
  if (problems.failed) return undefined
  const top = document?.contents
  if (!isMap(top)) {
    const got = isSeq(top) ? 'a list' : isScalar(top) && top.value !== null ? quoted(top.value) : 'an empty file'
    problems.error({ file, start: 0, end: 1 }, 'scenario-form', `expected keys and values, got ${got}`)
    return undefined
  }
  const tree = new Reader(file, problems).read(top, [])
  return tree?.kind === 'map' ? tree : undefined
}

const brackets = 'look for a bracket or quote that is not closed, and for a text with `: ` or ` #` that needs quotes'
const grammar: Record<string, [expected: string, help: string]> = {
  BAD_INDENT: ['expected lines of one level to begin in the same column', 'indent with two spaces for each level'],
  TAB_AS_INDENT: ['expected spaces at the start of the line, got a tab', 'indent with two spaces for each level'],
  MISSING_CHAR: ['expected a closing bracket, a quote or a colon before this', brackets],
  UNEXPECTED_TOKEN: ['expected a key with its value here', brackets],
  MULTILINE_IMPLICIT_KEY: ['expected a key on one line with a colon after it', brackets],
  BLOCK_AS_IMPLICIT_KEY: ['expected one key on a line', 'put a text that contains `: ` in quotes'],
  BLOCK_IN_FLOW: ['expected values in brackets to be written in brackets', brackets],
  BAD_SCALAR_START: ['expected a value, got a character that YAML reserves', 'put the text in quotes'],
  BAD_DQ_ESCAPE: ['expected an escape that YAML knows', 'write \\\\ for a backslash, or use single quotes'],
  KEY_OVER_1024_CHARS: ['expected a key of at most 1024 characters', brackets],
}

class Reader {
  private readonly file: string
  private readonly problems: ProblemList

  constructor(file: string, problems: ProblemList) {
    this.file = file
    this.problems = problems
  }

  /** Depth is bounded by the guard, so recursion is safe here. */
  read(node: Node | null, path: Path): Tree | undefined {
    if (isMap(node)) {
      const entries = new Map<string, Entry>()
      for (const { key, value } of node.items as { key: Node | null; value: Node | null }[]) {
        const name = this.key(key, entries)
        if (name === undefined) continue
        const tree = this.read(value, [...path, name])
        if (tree) entries.set(name, { key: this.place(key), tree })
      }
      return { kind: 'map', place: this.place(node), entries }
    }
    if (isSeq(node)) {
      const items = (node.items as (Node | null)[]).map((item, i) => this.read(item, [...path, i]))
      return { kind: 'list', place: this.place(node), items: items.filter(item => item !== undefined) }
    }
    if (isScalar(node)) return this.scalar(node, path)
    return { kind: 'scalar', place: this.place(node), value: null }
  }

  private key(node: Node | null, seen: ReadonlyMap<string, Entry>): string | undefined {
    const place = this.place(node)
    if (!isScalar(node) || (node.value === null && node.source === '')) {
      this.problems.error(place, 'key-form', 'expected a name before the colon')
      return undefined
    }
    const name = typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))
    if (reserved.has(name)) {
      this.problems.error(place, 'reserved-key', `expected another name than ${quoted(name)}`, 'the name is reserved')
      return undefined
    }
    if (seen.has(name)) {
      this.problems.error(place, 'repeated-key', `expected each key once, got ${quoted(name)} again`)
      return undefined
    }
    return name
  }

  private scalar(node: Scalar, path: Path): Tree {
    const place = this.place(node)
    const { value, source } = node
    // A seed is a text: as a number it would lose digits.
    if (path.length === 2 && path[0] === 'batch' && path[1] === 'seed' && value !== null) {
      return { kind: 'scalar', place, value: typeof value === 'string' ? value : (source ?? String(value)) }
    }
    const lost = typeof value === 'number' ? inexact(value, source ?? String(value)) : undefined
    if (lost !== undefined) {
      this.problems.error(place, 'number-range', lost)
      return { kind: 'scalar', place, value: 0 }
    }
    if (typeof value === 'number' || typeof value === 'boolean' || value === null)
      return { kind: 'scalar', place, value }
    return { kind: 'scalar', place, value: String(value) }
  }

  private place(node: Node | null): Place {
    const [start, end] = node?.range ?? [0, 1]
    return { file: this.file, start, end }
  }
}
