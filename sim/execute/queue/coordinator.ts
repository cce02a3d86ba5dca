import { hostname } from 'node:os'
import { exitCode, UserError } from '../../core/errors.ts'
import { chunkCount } from '../../design/plan.ts'
import type { Job } from '../chunk.ts'
import type { Executor, Watch } from '../executor.ts'
import type { Address } from './address.ts'
import { holdBatch } from './holder.ts'
import { createIntake } from './intake.ts'
import { batchesKey, jobKey, keptSeconds, reportsKey } from './keys.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { type BatchNote, taskOf, type Versions } from './message.ts'
import { createParcels, mostBytes } from './parcels.ts'
import { pauseFor } from './pause.ts'
import type { QueueEvent } from './queue-event.ts'
import { connect, type Link, requireKeeping, serverTime } from './redis.ts'
import { createTasks } from './tasks.ts'
import { createRollCall, type RollCall } from './workers.ts'

export interface QueueOptions extends Versions {
  readonly address: Address
  /** For `status`: what people call the scenario. */
  readonly id: string
  /** Chunks under way at once; twice the threads of all workers, and no more than 256 MB of parts, unless given. */
  readonly window?: number | undefined
  /** How long the server may be away, or out of memory. */
  readonly patienceMs: number
  /** The share of parts that are made again here and must be the same bytes, 0 … 1. */
  readonly audit: number
  readonly onEvent: (event: QueueEvent) => void
}

const beatMs = 1_000
const leastWindow = 4
const windowBytes = 256e6

/** Computes on the workers of a queue. Parts are checked and stored here; nothing else is written by anybody. */
export function queueExecutor(options: QueueOptions): Executor {
  return {
    name: `the queue at ${options.address.shown}`,
    async execute(job, chunks, watch) {
      if (chunks.length === 0) return
      const { address, patienceMs, onEvent } = options
      const { signal } = watch
      const link = await connect(address, {
        patienceMs,
        signal,
        onAway: reason => onEvent({ event: 'away', reason }),
        onBack: () => onEvent({ event: 'back' }),
      })
      try {
        await coordinate(options, link, job, chunks, watch)
      } catch (error) {
        // Who was asked to stop has stopped, also where the server is away.
        if (!(signal.aborted && error instanceof UserError && error.code === exitCode.unavailable)) throw error
      } finally {
        link.close()
      }
    },
  }
}

/**
 * Makes chunks on the queue: holds the batch, hands out tasks so that a window of them is under way, and takes in what
 * workers send, until no chunk is left or the signal aborts.
 */
async function coordinate(
  options: QueueOptions,
  link: Link,
  job: Job,
  chunks: readonly number[],
  watch: Watch,
): Promise<void> {
  const { redis } = link
  const { onEvent, audit } = options
  const { signal, onPart, onFailure } = watch
  const { plan } = job
  const { text, task } = taskOf(job, options)
  const { batch, job: jobHash } = task(0)
  const attempt = <T>(work: () => Promise<T>) =>
    link.attempt(work, ({ message: reason }) => onEvent({ event: 'trouble', reason }))

  await attempt(() => requireKeeping(redis, options.address))
  const holder = await attempt(() => holdBatch(redis, batch))
  const ledger = createLedger(chunks)
  const rollCall = createRollCall(redis, options, onEvent)
  const tasks = createTasks(redis, options, batch, task)
  const parcels = createParcels(redis, { job, batch, task, text, audit })
  const intake = createIntake({ redis, batch, plan, ledger, tasks, parcels, onEvent, onPart, onFailure })

  const most = mostBytes(job)
  const windowNow = () =>
    options.window ?? Math.max(leastWindow, Math.min(2 * rollCall.threads + 2, Math.floor(windowBytes / most)))
  /** Keeps the window full: what is not in the queue cannot fill the server. */
  const fill = () => tasks.enqueue(ledger.handOut(windowNow()))

  const since = new Date().toISOString()
  /** Gives a sign of life, and sees who else does. */
  const greet = async () => {
    await holder.renew()
    const now = await serverTime(redis)
    const note = { ...noteOf(options, job, ledger, rollCall), since, seen: now }
    await redis.hset(batchesKey, batch, JSON.stringify(note))
    if ((await redis.expire(jobKey(jobHash), keptSeconds)) === 0)
      await redis.set(jobKey(jobHash), text, 'EX', keptSeconds)
    await rollCall.call(now)
  }

  /** Takes what is still waiting off the server; what is stored stays. */
  const clean = async () => {
    for (const chunk of ledger.underWay()) await tasks.remove(chunk)
    await redis.hdel(batchesKey, batch)
    if (ledger.left === 0) await redis.del(reportsKey(batch), jobKey(jobHash))
    await holder.release()
  }

  const began = performance.now()
  let failure: unknown
  try {
    await attempt(greet)
    await attempt(intake.reconcile)
    await attempt(fill)
    onEvent({ event: 'enqueued', batch, chunks: chunks.length, window: windowNow() })
    let last = Number.NEGATIVE_INFINITY
    while (ledger.left > 0 && !signal.aborted) {
      await attempt(intake.listen)
      await attempt(fill)
      if (performance.now() - last > beatMs) {
        last = performance.now()
        await attempt(greet)
        await attempt(intake.reconcile)
        onEvent(stateOf(job, ledger, rollCall, (last - began) / 1000))
      }
    }
    if (ledger.left === 0) onEvent({ event: 'done' })
  } catch (error) {
    failure = error
    throw error
  } finally {
    const taken = failure instanceof UserError && failure.code === exitCode.resumable
    if (redis.status === 'ready' && !taken)
      await Promise.race([clean().catch(() => undefined), pauseFor(2_000, AbortSignal.timeout(2_000))])
    holder.forget()
    await parcels.close()
    await tasks.close()
  }
}

/** What `status` shows of the batch. */
function noteOf(
  { id, engine, model }: QueueOptions,
  { plan }: Job,
  { left, totals }: Ledger,
  rollCall: RollCall,
): Omit<BatchNote, 'since' | 'seen'> {
  const { retries, refused, failed } = totals
  const count = chunkCount(plan)
  return {
    id: id.slice(0, 300),
    engine,
    model,
    runs: plan.runs,
    chunks: count,
    stored: count - left,
    retries,
    refused: refused + rollCall.refused,
    failed,
    host: hostname(),
    pid: process.pid,
  }
}

/** What whoever waits for the batch sees of it. */
function stateOf({ plan }: Job, ledger: Ledger, { workers, threads }: RollCall, seconds: number): QueueEvent {
  const { left, waiting, totals } = ledger
  const { stored, retries, runs } = totals
  const rate = runs / seconds
  return {
    event: 'state',
    workers,
    threads,
    stored,
    underWay: left - waiting,
    waiting,
    retries,
    runsPerSecond: Math.round(rate),
    secondsLeft: rate > 0 ? (left * plan.chunkRuns) / rate : Number.POSITIVE_INFINITY,
  }
}
