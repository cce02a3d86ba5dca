import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import type { Redis } from 'ioredis'
import { exitCode, UserError } from '../../core/errors.ts'
import { holderKey } from './keys.ts'
import { type Holder, readHolder } from './message.ts'

/** A coordinator that gives no sign of life for this long has lost its batch. */
const heldMs = 15_000

/** The right to make a batch: one coordinator at a time, wherever its directory is. */
export interface Holding {
  /** Goes on holding. @throws UserError (75) when another coordinator took the batch meanwhile */
  readonly renew: () => Promise<void>
  readonly release: () => Promise<void>
  /** Holds no longer, also where the server cannot be told. */
  readonly forget: () => void
}

/** Tokens of this process: in a container every process may have the number 1. */
const held = new Set<string>()

/**
 * Takes a batch. One whose coordinator has ended on this machine is taken over at once.
 *
 * @throws UserError (75) with who makes it
 */
export async function holdBatch(redis: Redis, batch: string): Promise<Holding> {
  const key = holderKey(batch)
  const own: Holder = {
    token: randomBytes(8).toString('hex'),
    host: hostname(),
    pid: process.pid,
    since: new Date().toISOString(),
  }
  const text = JSON.stringify(own)
  const take = async () => (await redis.set(key, text, 'PX', heldMs, 'NX')) === 'OK'
  if (!(await take())) {
    const other = readHolder(await redis.getBuffer(key))
    if (other && !(other.host === own.host && !isAlive(other))) throw inUse(batch, other)
    await redis.set(key, text, 'PX', heldMs)
  }
  held.add(own.token)
  return {
    forget: () => held.delete(own.token),
    async renew() {
      if (await take()) return
      const other = readHolder(await redis.getBuffer(key))
      if (other && other.token !== own.token) throw inUse(batch, other)
      await redis.pexpire(key, heldMs)
    },
    async release() {
      if (readHolder(await redis.getBuffer(key))?.token === own.token) await redis.del(key)
    },
  }
}

function inUse(batch: string, { host, pid, since }: Holder): UserError {
  return new UserError(
    exitCode.resumable,
    `batch ${batch.slice(0, 8)}: made by process ${pid} on ${host} since ${since} on this queue; wait for it. ` +
      `Should it have died, the batch is free ${heldMs / 1000} s later`,
  )
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
