import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ExitCode, exitCode, UserError } from '../core/errors.ts'
import { type Problem, ScenarioError } from '../scenario/problem.ts'
import { ioError } from '../store/durable.ts'
import { engineVersion } from '../version.ts'
import { masked, printErr, printJson } from './print.ts'

/** An error as scripts read it, under the key `error` of the one document on stdout. */
export interface ErrorDocument {
  /** The exit code. */
  readonly code: ExitCode
  readonly message: string
  /** Every problem of a scenario or lesson, errors before warnings. */
  readonly problems?: readonly Problem[]
}

export function errorDocument(error: UserError): ErrorDocument {
  const { code, message } = error
  if (!(error instanceof ScenarioError)) return { code, message }
  const { problems } = error
  return { code, message: `expected a file without problems, got ${problems.length}`, problems }
}

/**
 * Tells people, and with `json` scripts too, what went wrong, and sets the exit code. What is not the user's is ours, and
 * leaves a crash file.
 */
export function fail(error: unknown, json: boolean): void {
  const known = knownError(error)
  const message = known ? known.message : crash(error as Error)
  printErr(message)
  if (json) printJson({ error: known ? errorDocument(known) : { code: exitCode.bug, message } })
  process.exitCode = known ? known.code : exitCode.bug
}

/** An error as the user can act on it; undefined for one of ours. */
function knownError(error: unknown): UserError | undefined {
  if (error instanceof UserError) return error
  const { code = '', syscall } = error as NodeJS.ErrnoException
  if (syscall === 'uv_cwd')
    return new UserError(exitCode.noInput, 'the folder this was started in is gone; change to another one')
  return /^E[A-Z\d]+$/.test(code) ? ioError('', error as NodeJS.ErrnoException) : undefined
}

/** Writes the crash file, under a name that nobody can have put there. @returns what to tell the user */
function crash(error: Error): string {
  const file = join(tmpdir(), `multivector-crash-${process.pid}-${randomBytes(4).toString('hex')}.txt`)
  const text = `multivector ${engineVersion}, Node ${process.version}\n${masked(process.argv.slice(2).join(' '))}\n\n${error.stack ?? String(error)}\n`
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 })
    return `this is a bug in multivector: ${error.message}\ndetails are in ${file}`
  } catch {
    return text
  }
}
