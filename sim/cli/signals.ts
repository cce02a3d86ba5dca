import { constants } from 'node:os'
import { printErr } from './print.ts'

/** Signals that ask for a checkpoint. */
const asking = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A run that can be asked to stop. */
export interface StopRequest {
  readonly signal: AbortSignal
  /** 128 + the number of the signal that came, 0 when none did. */
  readonly exitCode: () => number
  readonly release: () => void
}

/** Listens for signals: the first asks for a checkpoint, a second interrupt ends the process at once. */
export function listenForStop(): StopRequest {
  const controller = new AbortController()
  let code = 0
  const listener = (name: NodeJS.Signals) => {
    const number = 128 + constants.signals[name]
    if (controller.signal.aborted) process.exit(number)
    code = number
    printErr(`\n${name}: finishing the parts under way; interrupt again to stop at once`)
    controller.abort()
  }
  for (const name of asking) process.on(name, listener)
  return {
    signal: controller.signal,
    exitCode: () => code,
    release: () => {
      for (const name of asking) process.off(name, listener)
    },
  }
}
