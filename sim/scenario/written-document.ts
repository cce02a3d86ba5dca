import { check } from './check.ts'
import { deepest, inexact, reserved } from './limits.ts'
import { ProblemList, quoted, ScenarioError } from './problem.ts'
import type { ScenarioDocument } from './schema.ts'
import { shape } from './shape.ts'
import type { Entry, Tree } from './tree.ts'

/**
 * Checks a scenario that a program wrote, such as that of a batch, as if it came in a file: a batch may be a stranger's.
 *
 * @param value - what `JSON.parse` made of it
 * @param file - where it was, for messages
 * @throws ScenarioError
 */
export function checkWritten(value: unknown, file: string): ScenarioDocument {
  const problems = new ProblemList()
  problems.addText(file, '')
  const place = { file, start: 0, end: 1 }
  const refuse = (code: string, message: string): Tree => {
    problems.error(place, code, message)
    return { kind: 'scalar', place, value: null }
  }
  const read = (part: unknown, depth: number): Tree => {
    if (depth > deepest) return refuse('nesting-limit', `expected at most ${deepest} levels, got more`)
    if (Array.isArray(part)) return { kind: 'list', place, items: part.map(item => read(item, depth + 1)) }
    if (typeof part === 'object' && part !== null) {
      const entries = new Map<string, Entry>()
      for (const [key, entry] of Object.entries(part)) {
        if (reserved.has(key)) refuse('reserved-key', `expected another name than ${quoted(key)}`)
        entries.set(key, { key: place, tree: read(entry, depth + 1) })
      }
      return { kind: 'map', place, entries }
    }
    const lost = typeof part === 'number' ? inexact(part, String(part)) : undefined
    if (lost !== undefined) return refuse('number-range', lost)
    return { kind: 'scalar', place, value: part as string | number | boolean | null }
  }
  const tree = read(value, 1)
  if (tree.kind !== 'map') refuse('scenario-form', 'expected keys and values')
  if (problems.failed || tree.kind !== 'map') throw new ScenarioError(problems.sorted())
  const document = shape(tree, problems)
  check(tree, problems)
  if (problems.failed || document === undefined) throw new ScenarioError(problems.sorted())
  return document
}
