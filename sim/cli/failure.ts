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
  const known =
    error instanceof UserError
      ? error
      : /^E[A-Z\d]+$/.test((error as NodeJS.ErrnoException).code ?? '')
        ? ioError('', error as NodeJS.ErrnoException)
        : undefined
  const message = known ? known.message : crash(error as Error)
  printErr(message)
  if (json) printJson({ error: known ? errorDocument(known) : { code: exitCode.bug, message } })
  process.exitCode = known ? known.code : exitCode.bug
}

/** Writes the crash file. @returns what to tell the user */
function crash(error: Error): string {
  const file = join(tmpdir(), `multivector-crash-${process.pid}.txt`)
  const text = `multivector ${engineVersion}, Node ${process.version}\n${masked(process.argv.slice(2).join(' '))}\n\n${error.stack ?? String(error)}\n`
  try {
    writeFileSync(file, text)
    return `this is a bug in multivector: ${error.message}\ndetails are in ${file}`
  } catch {
    return text
  }
}
