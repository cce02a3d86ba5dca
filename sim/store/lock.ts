import { constants } from 'node:fs'
import { open, rm, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { exitCode, UserError } from '../core/errors.ts'
import { io } from './durable.ts'

interface Holder {
  readonly pid: number
  readonly host: string
  readonly since: string
}

/** A lock without a sign of life for this long is stale, also on another machine. */
const staleMs = 60_000
const heartbeatMs = 10_000

/**
 * Works in a directory that nobody else writes to meanwhile. A lock whose process is gone is taken over.
 *
 * @throws UserError (75) with the holder when the directory is in use
 */
export async function withLock<T>(directory: string, work: () => Promise<T>): Promise<T> {
  const path = join(directory, 'lock')
  await io(path, () => acquire(path, directory))
  const beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), heartbeatMs)
  beat.unref()
  try {
    return await work()
  } finally {
    clearInterval(beat)
    await rm(path, { force: true }).catch(() => undefined)
  }
}

async function acquire(path: string, directory: string): Promise<void> {
  const holder: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() }
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o666)
      await file.writeFile(JSON.stringify(holder))
      await file.close()
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const other = await currentHolder(path)
    if (other) {
      throw new UserError(
        exitCode.resumable,
        `${directory}: in use by process ${other.pid} on ${other.host} since ${other.since}; wait for it, or give another --out`,
      )
    }
    await rm(path, { force: true })
  }
  throw new UserError(exitCode.resumable, `${directory}: in use by processes that start at the same moment; try again`)
}

/** The live holder of a lock; undefined when the lock is gone or stale. */
async function currentHolder(path: string): Promise<Holder | undefined> {
  let file: Awaited<ReturnType<typeof open>>
  try {
    file = await open(path, 'r')
  } catch {
    return undefined
  }
  try {
    const age = Date.now() - (await file.stat()).mtimeMs
    const text = await file.readFile('utf8')
    let holder: Holder
    try {
      holder = JSON.parse(text) as Holder
    } catch {
      // Being written, or left half written by a process that died.
      return age < 2000 ? { pid: 0, host: 'unknown', since: 'now' } : undefined
    }
    if (age > staleMs) return undefined
    if (holder.host === hostname() && !isAlive(holder.pid)) return undefined
    return holder
  } finally {
    await file.close()
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
