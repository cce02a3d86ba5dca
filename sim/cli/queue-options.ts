import { exitCode, UserError } from '../core/errors.ts'
import { printErr, printErrJson } from './print.ts'

/** Options of every command that speaks to a queue. */
export const queueOptions = {
  queue: {
    type: 'string',
    describe:
      'redis://host:port/db of a Redis or Valkey server, rediss:// for TLS; without a value from MULTIVECTOR_QUEUE',
  },
  patience: {
    type: 'string',
    default: '300',
    coerce: seconds('patience'),
    describe: 'seconds the server may be away before the command gives up with 69',
  },
  log: { choices: ['text', 'json'], default: 'text', describe: 'events on stderr for people, or one JSON line each' },
} as const

/** A flag in seconds, as milliseconds. */
export function seconds(name: string): (text: string | undefined) => number | undefined {
  return text => {
    if (text === undefined) return undefined
    const value = /^\d{1,6}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
    if (value > 0) return value * 1000
    throw new UserError(exitCode.usage, `--${name}: expected seconds above 0, got ${JSON.stringify(text)}`)
  }
}

/** Writes one line of structured log on stderr. */
export function logJson(event: object): void {
  printErrJson({ time: new Date().toISOString(), ...event })
}

/** Warns of a password that is on the command line. */
export function warnOfPassword(queue: string | undefined): void {
  if (queue && /:\/\/[^/]*@/.test(queue))
    printErr(
      'a user or password on the command line can be seen by others on this machine while it starts; MULTIVECTOR_QUEUE cannot',
    )
}
