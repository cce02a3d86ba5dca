import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { link, open, readdir, readFile, rm, stat, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { exitCode, UserError } from '../core/errors.ts'
import { io, temporaryName, writeSynced } from './durable.ts'
import { excludes, lockName, type Shard, shardText, takeoverName } from './shard.ts'

interface Holder {
  readonly pid: number
  readonly host: string
  readonly since: string
  /** Tells apart what holds the lock, also within a process. */
  readonly token: string
}

/** A lock without a sign of life for this long is stale, also on another machine. */
const staleMs = 60_000
const heartbeatMs = 10_000
/** A lock that cannot be read is being written where it is younger than this. */
const writingMs = 2_000
/** A take-over takes milliseconds; one older than this was cut off. */
const takeoverMs = 10_000
/** A pipe of that name would keep whoever opens it waiting for ever. */
const withoutWaiting = constants.O_RDONLY | constants.O_NONBLOCK
/** Tokens of this process: in a container every process may have the number 1. */
const held = new Set<string>()

/**
 * Works in a directory that nobody else writes to meanwhile. A lock whose process is gone is taken over.
 *
 * @param work - is given a signal that aborts when another process took the lock, as happens to a process that was
 *   suspended for minutes; parts are the same bytes whoever stores them, so nothing is wrong by then
 * @param shard - a share of the directory: those of one count are worked on at the same time
 * @throws UserError (75) with the holder when the directory is in use
 */
export async function withLock<T>(
  directory: string,
  work: (lost: AbortSignal) => Promise<T>,
  shard?: Shard,
): Promise<T> {
  const path = join(directory, lockName(shard))
  const holder: Holder = {
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    token: randomBytes(8).toString('hex'),
  }
  await io(path, () => acquire(path, directory, holder, shard))
  held.add(holder.token)
  const lost = new AbortController()
  const beat = setInterval(() => {
    void holds(path, holder).then(
      ours => (ours ? utimes(path, new Date(), new Date()).catch(() => undefined) : lost.abort()),
      () => undefined,
    )
  }, heartbeatMs)
  beat.unref()
  try {
    // Whoever comes second sees the other's lock, since each puts its own in place before it looks.
    await io(directory, () => refuseOthers(directory, shard))
    return await work(lost.signal)
  } finally {
    clearInterval(beat)
    held.delete(holder.token)
    if (await holds(path, holder).catch(() => false)) await rm(path, { force: true }).catch(() => undefined)
  }
}

/** Whether the lock is still this holder's. Rejects where that cannot be read. */
async function holds(path: string, { token }: Holder): Promise<boolean> {
  const text = await readFile(path, { encoding: 'utf8', flag: withoutWaiting }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return ''
      throw error
    },
  )
  return text.includes(token)
}

/** The lock appears whole or not at all: it is written under another name and linked into place. */
async function acquire(path: string, directory: string, holder: Holder, shard: Shard | undefined): Promise<void> {
  const own = temporaryName(path)
  try {
    await writeSynced(own, JSON.stringify(holder))
    for (let attempt = 0; attempt < 5; attempt++) {
      if (await place(own, path, holder)) return
      const other = await inspect(path)
      if (other?.live) throw inUse(shard ? `${directory}: shard ${shardText(shard)}` : directory, other.holder)
      if (other) await removeStale(path)
    }
    throw new UserError(
      exitCode.resumable,
      `${directory}: in use by processes that start at the same moment; try again`,
    )
  } finally {
    await rm(own, { force: true }).catch(() => undefined)
  }
}

function inUse(what: string, { pid, host, since }: Holder): UserError {
  return new UserError(
    exitCode.resumable,
    `${what}: in use by process ${pid} on ${host} since ${since}; wait for it, or give another --out`,
  )
}

/** Refuses a directory that is worked on otherwise: as a whole, or in another number of shards. */
async function refuseOthers(directory: string, shard: Shard | undefined): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!excludes(name, shard)) continue
    const other = await inspect(join(directory, name))
    if (other?.live) throw inUse(directory, other.holder)
    if (other) await removeStale(join(directory, name))
  }
}

/** Puts the lock in place unless there is one. Where links are not possible, it is created there. */
async function place(own: string, path: string, holder: Holder): Promise<boolean> {
  try {
    await link(own, path).catch((error: NodeJS.ErrnoException) => {
      if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(error.code ?? '')) throw error
      return writeSynced(path, JSON.stringify(holder))
    })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Removes a stale lock. Only one process at a time may, and it looks again first: the lock may be a fresh one by now. */
async function removeStale(path: string): Promise<void> {
  const right = takeoverName(path)
  try {
    await writeSynced(right, '')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const { mtimeMs } = await stat(right).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs > takeoverMs) await rm(right, { force: true })
    return
  }
  try {
    const found = await inspect(path)
    if (found && !found.live) await rm(path, { force: true })
  } finally {
    await rm(right, { force: true }).catch(() => undefined)
  }
}

interface Found {
  readonly holder: Holder
  readonly live: boolean
}

/** Who holds a lock and whether they live; undefined when there is none. */
async function inspect(path: string): Promise<Found | undefined> {
  const file = await open(path, withoutWaiting).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (!file) return undefined
  try {
    const age = Date.now() - (await file.stat()).mtimeMs
    const text = await file.readFile('utf8')
    const holder = holderOf(text)
    if (holder.token === '') return { holder, live: age < writingMs }
    return { holder, live: age <= staleMs && (holder.host !== hostname() || isAlive(holder)) }
  } finally {
    await file.close()
  }
}

function holderOf(text: string): Holder {
  try {
    const { pid, host, since, token } = JSON.parse(text) as Holder
    return { pid, host, since, token: typeof token === 'string' ? token : '' }
  } catch {
    return { pid: 0, host: 'unknown', since: 'unknown', token: '' }
  }
}

function isAlive({ pid, token }: Holder): boolean {
  if (pid === process.pid) return held.has(token)
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
