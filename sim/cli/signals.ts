import { constants } from 'node:os'
import { printErr } from './print.ts'

/** Signals that ask for a checkpoint. */
const asking = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** npm passes on an interrupt that the terminal sent to everybody; within this time two are one. */
const sameMs = 500

/** How often a process that npm started looks whether npm is still there. */
const lookMs = 250

/** A run that can be asked to stop. */
export interface StopRequest {
  readonly signal: AbortSignal
  /** 128 + the number of the signal that came, 0 when none did. */
  readonly exitCode: () => number
  readonly release: () => void
}

/**
 * Listens for signals: the first asks for a checkpoint, a second one ends the process at once. npm and npx that are
 * terminated by themselves do not pass it on; that they are gone is taken for it.
 */
export function listenForStop(): StopRequest {
  const controller = new AbortController()
  let code = 0
  let since = 0
  const listener = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) {
      if (performance.now() - since > sameMs) process.exit(128 + constants.signals[name])
      return
    }
    code = 128 + constants.signals[name]
    since = performance.now()
    printErr(`\n${name}: finishing the parts under way; interrupt again to stop at once`)
    controller.abort()
  }
  for (const name of asking) process.on(name, listener)
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
      for (const name of asking) process.off(name, listener)
    },
  }
}
