import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { link, lstat, open, readdir, readFile, rm, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
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

/** How fast signs of life come, and how long they are waited for, in milliseconds. */
interface Pace {
  readonly beat: number
  /** A lock without a sign of life for this long is stale. */
  readonly stale: number
  /** The clocks of two machines differ, and what one calls long ago may be a moment ago: a lock that does not move while it is watched for this long is stale. */
  readonly watch: number
}
const usualPace: Pace = { beat: 10_000, stale: 60_000, watch: 25_000 }
/** A lock that cannot be read may be being written; that takes less than this. */
const writingMs = 2_000
/** A take-over takes milliseconds; one older than this was cut off. */
const takeoverMs = 10_000
/** A pipe of that name would keep whoever opens it waiting for ever; a link is never a lock of ours, and not followed. */
const withoutWaiting = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW
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
  pace = usualPace,
): Promise<T> {
  const path = join(directory, lockName(shard))
  const holder: Holder = {
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    token: randomBytes(8).toString('hex'),
  }
  await io(path, () => acquire(path, directory, holder, shard, pace))
  held.add(holder.token)
  const lost = new AbortController()
  const beat = setInterval(() => {
    void holds(path, holder).then(
      ours => (ours ? utimes(path, new Date(), new Date()).catch(() => undefined) : lost.abort()),
      () => undefined,
    )
  }, pace.beat)
  beat.unref()
  try {
    // Whoever comes second sees the other's lock, since each puts its own in place before it looks.
    await io(directory, () => refuseOthers(directory, shard, pace))
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
async function acquire(
  path: string,
  directory: string,
  holder: Holder,
  shard: Shard | undefined,
  pace: Pace,
): Promise<void> {
  const own = temporaryName(path)
  try {
    await writeSynced(own, JSON.stringify(holder))
    for (let attempt = 0; attempt < 5; attempt++) {
      if (await place(own, path, holder)) return
      await takeOver(path, shard ? `${directory}: shard ${shardText(shard)}` : directory, pace)
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
async function refuseOthers(directory: string, shard: Shard | undefined, pace: Pace): Promise<void> {
  const others = (await readdir(directory)).filter(name => excludes(name, shard))
  // All at once, since each may have to be watched.
  await Promise.all(others.map(name => takeOver(join(directory, name), directory, pace)))
}

/** Removes a lock that nobody holds any more. @throws UserError (75) with the holder of one that somebody does */
async function takeOver(path: string, what: string, pace: Pace): Promise<void> {
  const found = await inspect(path)
  if (!found) return
  const holder = await liveHolder(path, found, pace)
  if (holder) throw inUse(what, holder)
  await removeStale(path, found)
}

/** Puts the lock in place unless there is one. Where links are not possible, it is created there. */
async function place(own: string, path: string, holder: Holder): Promise<boolean> {
  try {
    await link(own, path).catch((error: NodeJS.ErrnoException) => {
      // Whoever works in the directory may have removed it as something unfinished: ENOENT.
      if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'ENOENT'].includes(error.code ?? '')) throw error
      return writeSynced(path, JSON.stringify(holder))
    })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Removes a stale lock. Only one process at a time may, and it looks again first: the lock may be another by now. */
async function removeStale(path: string, stale: Found): Promise<void> {
  const right = takeoverName(path)
  try {
    await writeSynced(right, '')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const { mtimeMs } = await lstat(right).catch(() => ({ mtimeMs: Date.now() }))
    if (Math.abs(Date.now() - mtimeMs) > takeoverMs) await rm(right, { force: true })
    return
  }
  try {
    const found = await inspect(path)
    if (found && found.mark === stale.mark) await rm(path, { force: true })
  } finally {
    await rm(right, { force: true }).catch(() => undefined)
  }
}

interface Found {
  readonly holder: Holder
  /** Time since the last sign of life, ms, by our clock: below 0 where the clock of its machine is ahead of ours. */
  readonly age: number
  /** Changes with every sign of life. */
  readonly mark: string
}

/** Who holds a lock; undefined when there is none. */
async function inspect(path: string): Promise<Found | undefined> {
  const file = await open(path, withoutWaiting).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    if (error.code !== 'ELOOP' && error.code !== 'EMLINK') throw error
    return 'a link' as const
  })
  if (!file) return undefined
  if (file === 'a link') return { holder: holderOf(''), age: Number.POSITIVE_INFINITY, mark: file }
  try {
    const { mtimeMs } = await file.stat()
    const text = await file.readFile('utf8')
    return { holder: holderOf(text), age: Date.now() - mtimeMs, mark: `${mtimeMs} ${text}` }
  } finally {
    await file.close()
  }
}

/** Who lives of those who hold a lock: as machine and time tell where they can, else by whether it moves. */
async function liveHolder(path: string, found: Found, pace: Pace): Promise<Holder | undefined> {
  const { holder, age } = found
  if (holder.token === '') {
    const written = age < writingMs ? await moved(path, found, writingMs) : undefined
    return written && liveHolder(path, written, pace)
  }
  const here = holder.host === hostname()
  if (here && !isAlive(holder)) return undefined
  if (age >= 0 && age <= pace.stale) return holder
  // On one machine there is one clock; it may have been set back, though.
  if (here && age > pace.stale) return undefined
  return (await moved(path, found, pace.watch))?.holder
}

/** A lock as it is when it changes within some time; undefined when it does not, or is gone. */
async function moved(path: string, { mark }: Found, withinMs: number): Promise<Found | undefined> {
  const began = performance.now()
  do {
    await setTimeout(Math.min(500, withinMs / 10))
    const now = await inspect(path)
    if (now?.mark !== mark) return now
  } while (performance.now() - began < withinMs)
  return undefined
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
