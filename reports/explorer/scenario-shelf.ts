import { exitCode, UserError } from '../../sim/core/errors.ts'
import { type LoadedScenario, loadScenario, type ScenarioFiles } from '../../sim/scenario/load.ts'

/** Scenario files without a disk: those the page carries, and those somebody opened, which go first. */
export interface ScenarioShelf {
  /** Paths of the files the page carries that are scenarios to start from, the first one first. */
  readonly paths: readonly string[]
  /** Files somebody opened, by name. */
  readonly opened: ReadonlyMap<string, string>
  /** How files of the page are read and found, for what builds on scenarios. */
  readonly files: ScenarioFiles
  /** Puts a file beside the others. */
  open(name: string, text: string): void
  /**
   * Reads, merges and checks a scenario as the command line does.
   *
   * @throws ScenarioError with every problem, its line and its column; UserError for a file that is not there
   */
  load(path: string): Promise<LoadedScenario>
}

/** Largest file that is read, as on the command line, in bytes. */
export const mostBytes = 1 << 20

export function createShelf(carried: Readonly<Record<string, string>>, start: string): ScenarioShelf {
  const texts = new Map(Object.entries(carried))
  const opened = new Map<string, string>()
  const loaded = new Map<string, Promise<LoadedScenario>>()

  const files: ScenarioFiles = {
    async read(path) {
      const text = opened.get(path) ?? texts.get(path)
      if (text === undefined) throw new UserError(exitCode.noInput, `${path}: no such file in this page`)
      if (text.length > mostBytes) throw new UserError(exitCode.badData, `${path}: expected at most 1 MiB, got more`)
      return { text, path }
    },
    async resolve(from, reference) {
      if (/^(?:[\\/]|[A-Za-z][A-Za-z0-9+.-]*:)/.test(reference) || reference.includes('\0'))
        throw new UserError(exitCode.badData, `expected a path relative to this file, got ${JSON.stringify(reference)}`)
      const beside = normalised(from.split('/').slice(0, -1), reference)
      // An opened file finds the files of the page as if it lay among them.
      const name = reference.split('/').at(-1)!
      const candidates = [beside, name, ...[...texts.keys()].filter(path => path.endsWith(`/${name}`))]
      const found = candidates.find(
        path => path !== undefined && path !== from && (opened.has(path) || texts.has(path)),
      )
      if (found !== undefined) return found
      if (beside === from) return from
      throw new UserError(exitCode.noInput, `${reference}: no such file in this page; open it together with this one`)
    },
  }

  return {
    paths: [start, ...[...texts.keys()].filter(path => path !== start)],
    opened,
    files,
    open(name, text) {
      opened.set(name, text)
      loaded.clear()
    },
    load(path) {
      const before = loaded.get(path) ?? loadScenario(path, files)
      loaded.set(path, before)
      return before
    },
  }
}

/** A path below a folder; undefined where it leads out of it. */
function normalised(folder: readonly string[], reference: string): string | undefined {
  const parts = [...folder]
  for (const part of reference.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined
    } else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}
