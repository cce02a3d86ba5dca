import { type ExitCode, exitCode } from '../core/errors.ts'
import { printErr } from './print.ts'

/** Signals that ask for a checkpoint, and what a process that they stopped ends with. */
const asking = { SIGINT: exitCode.interrupted, SIGTERM: exitCode.terminated, SIGHUP: exitCode.hangup } as const
type Asking = keyof typeof asking
const names = Object.keys(asking) as Asking[]

/** npm passes on an interrupt that the terminal sent to everybody; within this time two are one. */
const sameMs = 500

/** How often a process that npm started looks whether npm is still there. */
const lookMs = 250

/** A run that can be asked to stop. */
export interface StopRequest {
  readonly signal: AbortSignal
  /** The code of the signal that came, 0 when none did. */
  readonly exitCode: () => ExitCode | 0
  readonly release: () => void
}

/**
 * Listens for signals: the first asks for a checkpoint, a second one ends the process at once. npm and npx that are
 * terminated by themselves do not pass it on; that they are gone is taken for it.
 */
export function listenForStop(): StopRequest {
  const controller = new AbortController()
  let code: ExitCode | 0 = 0
  let since = 0
  const listener = (name: Asking) => {
    if (controller.signal.aborted) {
      if (performance.now() - since > sameMs) process.exit(asking[name])
      return
    }
    code = asking[name]
    since = performance.now()
    printErr(`\n${name}: finishing the parts under way; interrupt again to stop at once`)
    controller.abort()
  }
  for (const name of names) process.on(name, listener)
  const parent = process.ppid
  const orphaned = () => {
    if (process.ppid === parent || controller.signal.aborted) return
    listener('SIGTERM')
  }
  const looking = process.env.npm_command === undefined ? undefined : setInterval(orphaned, lookMs).unref()
  return {
    signal: controller.signal,
    exitCode: () => code,
    release: () => {
      clearInterval(looking)
      for (const name of names) process.off(name, listener)
    },
  }
}
