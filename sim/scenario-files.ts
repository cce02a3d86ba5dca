import { constants } from 'node:fs'
import { open, realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import { exitCode, UserError } from './core/errors.ts'
import { type LoadedScenario, loadScenario, type ScenarioFiles } from './scenario/load.ts'

const maxBytes = 1 << 20

/** Reads, merges and checks a scenario on the disk. Throws ScenarioError, or UserError when a file cannot be read. */
export function loadScenarioFile(path: string): Promise<LoadedScenario> {
  return loadScenario(path, scenarioFiles(path))
}

/**
 * Scenario files on the disk. A scenario may extend files below its root only: the nearest folder above it that is
 * called `scenarios`, otherwise the folder it lies in. Links are followed first, so a link cannot lead out.
 */
export function scenarioFiles(scenario: string): ScenarioFiles {
  let root: string | undefined
  const rootOf = async () => {
    root ??= rootFolder(await real(scenario, scenario))
    return root
  }
  return {
    async read(path) {
      const target = await real(path, path)
      if (!inside(await rootOf(), target)) throw outside(path)
      return { text: await readText(target, path), path: shown(target) }
    },
    async resolve(from, reference) {
      if (isAbsolute(reference) || /^(?:[\\/]|[A-Za-z][A-Za-z0-9+.-]*:)/.test(reference) || reference.includes('\0')) {
        throw new UserError(exitCode.badData, `expected a path relative to this file, got ${JSON.stringify(reference)}`)
      }
      if (!isScenarioName(reference)) throw notNamed(reference)
      const folder = dirname(await real(resolve(from), from))
      const lexical = resolve(folder, reference)
      // Judged before the disk is asked, so that nothing outside can be probed.
      if (!inside(await rootOf(), lexical)) throw outside(reference)
      const target = await real(lexical, reference)
      if (!inside(await rootOf(), target)) throw outside(reference)
      if (!isScenarioName(relative(await rootOf(), target))) throw notNamed(reference)
      return shown(target)
    },
  }
}

function rootFolder(scenario: string): string {
  const own = dirname(scenario)
  for (let folder = own; folder !== dirname(folder); folder = dirname(folder)) {
    if (basename(folder) === 'scenarios') return folder
  }
  return own
}

function inside(root: string, target: string): boolean {
  return target.startsWith(root.endsWith(sep) ? root : root + sep)
}

/** Whether a path is that of a scenario: a message about another file would quote what is in it, and it may be a secret. */
function isScenarioName(path: string): boolean {
  const names = path.split(/[\\/]/).filter(name => name !== '..' && name !== '.')
  return /\.ya?ml$/.test(path) && !names.some(name => name.startsWith('.'))
}

function notNamed(written: string): UserError {
  return new UserError(
    exitCode.badData,
    `expected a file that ends in .yaml and no name that begins with a dot, got ${JSON.stringify(written)}`,
  )
}

/** As people write it: relative to where they are, when the file lies below. */
function shown(target: string): string {
  const near = relative(process.cwd(), target)
  return near.startsWith('..') || isAbsolute(near) ? target : near.replaceAll(sep, '/')
}

function outside(written: string): UserError {
  const name = JSON.stringify(written)
  return new UserError(
    exitCode.badData,
    `expected a file below the folder of the scenarios, got ${name}, which leads out`,
  )
}

async function real(path: string, written: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    throw unreadable(error, written)
  }
}

/** At most 1 MiB of a plain file. Opened without waiting, since opening a pipe would wait for a writer for ever. */
async function readText(path: string, written: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(error => {
    throw unreadable(error, written)
  })
  try {
    const stat = await file.stat()
    if (!stat.isFile()) {
      const kind = stat.isDirectory() ? 'a folder' : 'a device or pipe'
      throw new UserError(exitCode.noInput, `${written}: expected a file, got ${kind}`)
    }
    const buffer = new Uint8Array(maxBytes + 1)
    let length = 0
    while (length < buffer.length) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length)
      if (bytesRead === 0) break
      length += bytesRead
    }
    if (length > maxBytes) throw new UserError(exitCode.badData, `${written}: expected at most 1 MiB, got more`)
    // Wrong bytes become U+FFFD, which is reported with its line and column.
    return new TextDecoder('utf-8').decode(buffer.subarray(0, length))
  } catch (error) {
    throw unreadable(error, written)
  } finally {
    // What was read is read, however the closing goes.
    await file.close().catch(() => undefined)
  }
}

const reasons: Record<string, [code: UserError['code'], reason: string]> = {
  ENOENT: [exitCode.noInput, 'no such file'],
  ENOTDIR: [exitCode.noInput, 'no such file'],
  ELOOP: [exitCode.noInput, 'a link that leads to itself'],
  ENAMETOOLONG: [exitCode.noInput, 'no such file'],
  ENXIO: [exitCode.noInput, 'expected a file, got a device or pipe'],
  EISDIR: [exitCode.noInput, 'expected a file, got a folder'],
  EACCES: [exitCode.noPermission, 'no permission to read it'],
  EPERM: [exitCode.noPermission, 'no permission to read it'],
}

function unreadable(error: unknown, written: string): unknown {
  if (error instanceof UserError || !(error instanceof Error)) return error
  const [code, reason] = reasons[String(Reflect.get(error, 'code'))] ?? [exitCode.io, 'cannot be read']
  return new UserError(code, `${written}: ${reason}`)
}
