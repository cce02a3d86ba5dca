import { exitCode, UserError } from '../../core/errors.ts'

/** Where a queue lives. The secrets are in it; only `shown` may be printed. */
export interface Address {
  readonly host: string
  readonly port: number
  readonly db: number
  readonly tls: boolean
  readonly username: string | undefined
  readonly password: string | undefined
  /** The address without user and password. */
  readonly shown: string
}

type Variables = Readonly<Record<string, string | undefined>>

/** Variables an address, a user and a password are read from: what is on a command line, other users of the machine see. */
const variables = {
  address: 'MULTIVECTOR_QUEUE',
  user: 'MULTIVECTOR_QUEUE_USER',
  password: 'MULTIVECTOR_QUEUE_PASSWORD',
} as const

/**
 * The address of a queue: as it is given, otherwise from the environment.
 *
 * @param given - undefined or empty when the flag has no value
 * @throws UserError (64) that never repeats what was given, since a password may be in it
 */
export function addressOf(given: string | undefined, env: Variables): Address {
  const text = given || env[variables.address]
  const expected = 'expected redis://host:port/db, or rediss:// for TLS'
  if (!text) throw new UserError(exitCode.usage, `--queue: ${expected}, got none; give it, or set ${variables.address}`)
  const url = URL.canParse(text) ? new URL(text) : undefined
  const db = /^\/?(\d{0,4})$/.exec(url?.pathname ?? 'x')?.[1]
  if (!url || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '' || db === undefined || url.search)
    throw new UserError(exitCode.usage, `--queue: ${expected}, got something else`)
  const [username, password] = [url.username, url.password].map(decoded)
  const tls = url.protocol === 'rediss:'
  const port = url.port === '' ? 6379 : Number(url.port)
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port,
    db: Number(db),
    tls,
    username: username || env[variables.user] || undefined,
    password: password || env[variables.password] || undefined,
    shown: `${url.protocol}//${url.hostname}:${port}${db ? `/${db}` : ''}`,
  }
}

/** A piece of an address as it was before it was written into one. @throws UserError (64) for a `%` that is no escape */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new UserError(
      exitCode.usage,
      '--queue: expected every % of user and password as %25, got one that stands for itself; write it so, ' +
        `or set ${variables.user} and ${variables.password}, which are taken as they are`,
    )
  }
}
