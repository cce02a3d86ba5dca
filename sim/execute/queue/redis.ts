import { Redis } from 'ioredis'
import { exitCode, UserError } from '../../core/errors.ts'
import type { Address } from './address.ts'
import { pauseFor } from './pause.ts'

/** A connection to the server that is lost and found again, for some time. */
export interface Link {
  readonly redis: Redis
  /** The result of some work, unless the server is away or in trouble for longer than the patience. */
  readonly guard: <T>(work: Promise<T>) => Promise<T>
  /** The same, tried again while the server answers with trouble, such as no memory. */
  readonly attempt: <T>(work: () => Promise<T>, onTrouble: (error: Error) => void) => Promise<T>
  /** Says that the server refuses to work; forgotten when an attempt succeeds. */
  readonly trouble: (error: Error) => void
  readonly close: () => void
}

export interface LinkOptions {
  /** How long the server may be away before the command gives up. */
  readonly patienceMs: number
  /** Once it aborts, a server that is away is not waited for any more. */
  readonly signal?: AbortSignal
  readonly onAway?: (reason: string) => void
  readonly onBack?: () => void
}

const goOn = 'parts already stored are kept, run the same command again to go on'

/** Options of a connection; never to be printed. */
function optionsOf({ host, port, db, tls, username, password }: Address) {
  return {
    host,
    port,
    db,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls && { tls: {} }),
    lazyConnect: true,
    maxRetriesPerRequest: null,
    connectTimeout: 5_000,
    keepAlive: 10_000,
    retryStrategy: (times: number) => Math.min(1_000, 50 * 2 ** Math.min(times, 6)),
  }
}

/** Answers of the server that no waiting will change. */
const refusals = /^(?:WRONGPASS|NOAUTH|NOPERM|ERR AUTH|ERR Client sent AUTH|ERR DB index|ERR invalid DB)/

/** Connects. @throws UserError (69) when nothing answers in time, (77) when user or password are refused */
export async function connect(address: Address, options: LinkOptions): Promise<Link> {
  const { patienceMs, signal, onAway, onBack } = options
  const redis = new Redis(optionsOf(address))
  let giveUp: (error: Error) => void = () => undefined
  const gone = new Promise<never>((_, reject) => {
    giveUp = reject
  })
  // Nobody may be waiting when it comes.
  gone.catch(() => undefined)
  let timer: NodeJS.Timeout | undefined
  let reason = 'no answer'
  let ready = false
  let closed = false

  const away = (why: string) => {
    reason = why
    if (timer || closed) return
    if (ready) onAway?.(why)
    timer = setTimeout(leave, signal?.aborted ? 0 : patienceMs)
  }
  const leave = () => giveUp(unavailable(address, reason, patienceMs))
  const stopped = () => timer && leave()
  signal?.addEventListener('abort', stopped, { once: true })
  const back = () => {
    if (!timer) return
    clearTimeout(timer)
    timer = undefined
    if (ready) onBack?.()
  }
  redis.on('error', (error: Error & { code?: string }) => {
    if (refusals.test(error.message)) giveUp(refused(address, error))
    else away(error.code ?? error.message)
  })
  redis.on('close', () => away(reason === 'no answer' ? 'the connection was closed' : reason))
  redis.on('ready', () => {
    reason = 'no answer'
    back()
    ready = true
  })
  const guard: Link['guard'] = work => Promise.race([work, gone])
  const trouble = (error: Error) =>
    refusals.test(error.message) ? giveUp(refused(address, error)) : away(error.message)
  const link: Link = {
    redis,
    guard,
    trouble,
    async attempt(work, onTrouble) {
      for (;;) {
        try {
          const result = await guard(work())
          if (redis.status === 'ready') back()
          return result
        } catch (error) {
          if (error instanceof UserError || !isServerError(error)) throw error
          onTrouble(error as Error)
          trouble(error as Error)
          await guard(pauseFor(200, new AbortController().signal))
        }
      }
    },
    close: () => {
      closed = true
      signal?.removeEventListener('abort', stopped)
      clearTimeout(timer)
      redis.disconnect()
    },
  }
  away('no answer')
  try {
    redis.connect().catch(() => undefined)
    await link.guard(redis.ping())
  } catch (error) {
    link.close()
    throw refusals.test((error as Error).message) ? refused(address, error as Error) : error
  }
  return link
}

function refused({ shown }: Address, error: Error): UserError {
  return new UserError(
    exitCode.noPermission,
    `${shown}: ${error.message}; check user, password and rights, in MULTIVECTOR_QUEUE or in the variables named in multivector worker --help`,
  )
}

function unavailable({ shown }: Address, reason: string, patienceMs: number): UserError {
  const full = reason.startsWith('OOM')
  if (reason.startsWith('WRONGTYPE'))
    return new UserError(
      exitCode.unavailable,
      `${shown}: something else has the names of the queue (${reason}); give it a database of its own, such as /1; ${goOn}`,
    )
  const what = full ? 'has no memory left' : `is not there (${reason})`
  const remedy = full
    ? 'give it more (maxmemory), or run with a smaller --window or --part-runs'
    : 'start it, check the address, or wait longer with --patience'
  return new UserError(
    exitCode.unavailable,
    `${shown}: ${what} for ${Math.round(patienceMs / 1000)} s; ${remedy}; ${goOn}`,
  )
}

/** What a server in trouble answers; anything else is no reason to wait. */
function isServerError(error: unknown): boolean {
  const { name = '', message = '' } = error as Error
  return (
    name === 'ReplyError' ||
    /^(?:OOM|MISCONF|READONLY|LOADING|BUSY|TRYAGAIN|Connection is closed|Command timed out)/.test(message) ||
    /ECONN|EPIPE|ETIMEDOUT/.test(message)
  )
}

/** Memory of a server in bytes: used now, used at most, and the limit, 0 for none; and what it does when it is full. */
export async function serverMemory(redis: Redis) {
  const text = await redis.info('memory')
  const entry = (name: string) => new RegExp(`^${name}:(\\S+)`, 'm').exec(text)?.[1] ?? ''
  const bytes = (name: string) => Number(/^\d+$/.exec(entry(name))?.[0] ?? 0)
  return {
    used: bytes('used_memory'),
    peak: bytes('used_memory_peak'),
    limit: bytes('maxmemory'),
    policy: entry('maxmemory_policy'),
  }
}

/**
 * Refuses a server that makes room by dropping keys: parts would be made again without end, and nobody would see why. One
 * that says it is full is waited for.
 *
 * @throws UserError (69) with the remedy
 */
export async function requireKeeping(redis: Redis, { shown }: Address): Promise<void> {
  const { limit, policy } = await serverMemory(redis)
  if (limit === 0 || policy === '' || policy === 'noeviction') return
  throw new UserError(
    exitCode.unavailable,
    `${shown}: drops keys when its memory is full (maxmemory-policy ${policy}), and tasks and parts with them; ` +
      'set maxmemory-policy noeviction on it, or use a server without a memory limit',
  )
}

/** Milliseconds by the clock of the server: machines need not agree about the time. */
export async function serverTime(redis: Redis): Promise<number> {
  const [seconds, micros] = await redis.time()
  return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000)
}
