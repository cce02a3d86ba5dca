import { availableParallelism, hostname } from 'node:os'
import { Queue } from 'bullmq'
import { exitCode, UserError } from '../../core/errors.ts'
import { chunkCount, chunkRange } from '../../design/plan.ts'
import { compileScenario } from '../../scenario/compile.ts'
import { rowLayout } from '../../store/columns.ts'
import type { Part } from '../../store/part.ts'
import type { Job } from '../chunk.ts'
import type { Executor, Watch } from '../executor.ts'
import type { Address } from './address.ts'
import { createChunkThreads } from './chunk-threads.ts'
import { holdBatch } from './holder.ts'
import { batchesKey, chunkOfTask, jobKey, keptSeconds, partKey, prefix, queueName, reportsKey, taskId } from './keys.ts'
import { readReport, taskOf, type Versions } from './message.ts'
import { pauseFor } from './pause.ts'
import { connect, type Link, serverTime } from './redis.ts'
import { type SeenWorker, workersOf } from './workers.ts'

/** What happens to a batch in the queue, for whoever watches. */
export type QueueEvent =
  | { readonly event: 'enqueued'; readonly batch: string; readonly chunks: number; readonly window: number }
  | { readonly event: 'joined' | 'left'; readonly worker: string; readonly threads: number }
  | { readonly event: 'refused-worker'; readonly worker: string; readonly reason: string }
  | { readonly event: 'stored'; readonly chunk: number; readonly worker: string; readonly bytes: number }
  | {
      readonly event: 'failed' | 'stalled' | 'refused' | 'lost'
      readonly chunk: number
      readonly reason: string
      readonly worker?: string
    }
  | { readonly event: 'given-up'; readonly chunk: number; readonly reason: string }
  | { readonly event: 'duplicate'; readonly chunk: number }
  | { readonly event: 'away' | 'trouble'; readonly reason: string }
  | { readonly event: 'back' | 'done' }
  | QueueState

/** How a batch is doing, once a second. */
export interface QueueState {
  readonly event: 'state'
  readonly workers: number
  readonly threads: number
  /** Chunks stored by this call, under way, and not yet in the queue. */
  readonly stored: number
  readonly underWay: number
  readonly waiting: number
  readonly retries: number
  readonly runsPerSecond: number
  readonly secondsLeft: number
}

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
/** How often a chunk is computed, refused or found broken before it is recorded as failed. */
const attempts = 3
/** Parts that are checked and stored at the same time. */
const hands = 4

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

async function coordinate(
  options: QueueOptions,
  link: Link,
  job: Job,
  chunks: readonly number[],
  { onPart, onFailure, signal }: Watch,
): Promise<void> {
  const { redis } = link
  const { onEvent, engine, model } = options
  const { text, task } = taskOf(job, options)
  const { batch, job: jobHash } = task(0)
  const shared = new SharedArrayBuffer(Buffer.byteLength(text))
  new Uint8Array(shared).set(Buffer.from(text))
  const onTrouble = (error: Error) => onEvent({ event: 'trouble', reason: error.message })
  const holder = await link.attempt(() => holdBatch(redis, batch), onTrouble)
  const queue = new Queue(queueName(options), {
    connection: redis,
    prefix,
    skipMetasUpdate: true,
    streams: { events: { maxLen: 100 } },
  })
  queue.on('error', () => undefined)
  const pool = createChunkThreads(Math.max(1, availableParallelism() - 1))

  const next = chunks.values()
  let left = chunks.length
  let waiting = chunks.length
  /** Chunks in the queue or on their way, and how often each came to nothing. */
  const underWay = new Map<number, number>()
  const seen = new Map<string, SeenWorker>()
  const refusedWorkers = new Set<string>()
  const totals = { stored: 0, runs: 0, retries: 0, refused: 0, failed: 0 }
  const began = performance.now()
  const most = frameBytes(job)
  let threads = 0
  let failure: unknown

  const windowNow = () =>
    options.window ?? Math.max(leastWindow, Math.min(2 * threads + 2, Math.floor(windowBytes / most)))
  const enqueue = (some: readonly number[]) =>
    queue.addBulk(
      some.map(chunk => ({
        name: 'chunk',
        data: task(chunk),
        opts: { jobId: taskId(batch, chunk), attempts, removeOnComplete: true, removeOnFail: { age: keptSeconds } },
      })),
    )

  /** Keeps the window full: what is not in the queue cannot fill the server. */
  const fill = async () => {
    const some: number[] = []
    while (underWay.size + some.length < windowNow()) {
      const { value, done } = next.next()
      if (done) break
      some.push(value)
    }
    for (const chunk of some) underWay.set(chunk, 0)
    waiting -= some.length
    if (some.length > 0) await enqueue(some)
  }

  const finish = (chunk: number) => {
    if (underWay.delete(chunk)) left--
  }

  /** One more attempt came to nothing: the chunk is enqueued again, or recorded as failed. */
  const again = async (chunk: number, reason: string) => {
    const tries = (underWay.get(chunk) ?? 0) + 1
    await queue.remove(taskId(batch, chunk)).catch(() => 0)
    if (tries < attempts) {
      totals.retries++
      underWay.set(chunk, tries)
      await enqueue([chunk])
    } else await giveUp(chunk, tries, reason)
  }

  const giveUp = async (chunk: number, tries: number, reason: string) => {
    const [first, end] = chunkRange(job.plan, chunk)
    totals.failed++
    onEvent({ event: 'given-up', chunk, reason })
    await onFailure({ chunk, first, end, attempts: tries, reason })
    finish(chunk)
  }

  const busy = new Set<number>()
  /** Takes a part off the server: checked, stored, and only then deleted there. */
  const collect = async (chunk: number, worker: string) => {
    if (busy.has(chunk)) return
    const key = partKey(batch, chunk)
    if (!underWay.has(chunk)) {
      if ((await redis.del(key)) > 0) onEvent({ event: 'duplicate', chunk })
      return
    }
    busy.add(chunk)
    try {
      const long = (await redis.strlen(key)) > most
      const frame = long ? undefined : await redis.getBuffer(key)
      if (!frame && !long) return
      const work = {
        task: task(chunk),
        text: shared,
        frame: new Uint8Array(frame ?? []),
        audit: Math.random() < options.audit,
      }
      const part: Part | string = long
        ? 'it is too long'
        : await pool.check(work).catch(error => (error as Error).message)
      if (typeof part === 'string') {
        totals.refused++
        onEvent({ event: 'refused', chunk, reason: `a part came that is none: ${part}`, worker })
        await redis.del(key)
        await again(chunk, `a part came that is none: ${part}`)
        return
      }
      await onPart(part)
      finish(chunk)
      totals.stored++
      totals.runs += part.end - part.first
      onEvent({ event: 'stored', chunk, worker, bytes: work.frame.length })
      await redis.del(key)
    } finally {
      busy.delete(chunk)
    }
  }

  /** Reads what workers report, and collects the parts they name. */
  const listen = async () => {
    const texts = (await redis.lpop(reportsKey(batch), 100)) ?? []
    const named: { chunk: number; worker: string }[] = []
    for (const text of texts) {
      const report = readReport(text)
      if (!report) continue
      const { event, chunk, worker, reason = '' } = report
      if (event === 'part') named.push({ chunk, worker })
      else if (underWay.has(chunk)) {
        if (event === 'refused') totals.refused++
        else totals.retries++
        onEvent({ event, chunk, worker, reason: event === 'stalled' ? 'its worker gave no sign of life' : reason })
      }
    }
    await inHands(named, ({ chunk, worker }) => collect(chunk, worker))
    return texts.length
  }

  /** Compares what should be under way with what the server has: nothing it loses is lost. */
  const reconcile = async () => {
    const open = [...underWay.keys()].filter(chunk => !busy.has(chunk))
    const failed = new Map<number, { tries: number; reason: string }>()
    for (const entry of await queue.getFailed(0, 999)) {
      const chunk = chunkOfTask(batch, entry?.id)
      if (chunk !== undefined && underWay.has(chunk))
        failed.set(chunk, { tries: entry.attemptsMade, reason: entry.failedReason ?? '' })
      else if (chunk !== undefined) await entry.remove().catch(() => undefined)
    }
    // First the tasks, then the parts: a task that has ended has left its part.
    const asked = redis.pipeline()
    for (const chunk of open) asked.exists(queue.toKey(taskId(batch, chunk)))
    for (const chunk of open) asked.exists(partKey(batch, chunk))
    const answers = ((await asked.exec()) ?? []).map(([error, answer]) => {
      if (error) throw error
      return Number(answer) > 0
    })
    const there = open.filter((_, n) => answers[open.length + n])
    await inHands(there, chunk => collect(chunk, 'unknown'))
    const lost = open.filter((_, n) => !answers[n] && !answers[open.length + n])
    for (const chunk of lost) {
      if (!underWay.has(chunk) || busy.has(chunk)) continue
      totals.retries++
      onEvent({ event: 'lost', chunk, reason: 'the server has neither its task nor its part; enqueued again' })
    }
    await enqueue(lost.filter(chunk => underWay.has(chunk)))
    for (const [chunk, { tries, reason }] of failed) {
      if (!underWay.has(chunk) || there.includes(chunk)) continue
      if (reason.startsWith('refused: ')) await again(chunk, reason)
      else {
        await queue.remove(taskId(batch, chunk)).catch(() => 0)
        await giveUp(chunk, tries, reason)
      }
    }
  }

  const since = new Date().toISOString()
  const greet = async () => {
    await holder.renew()
    const now = await serverTime(redis)
    const note = {
      id: options.id.slice(0, 300),
      engine,
      model,
      runs: job.plan.runs,
      chunks: chunkCount(job.plan),
      stored: chunkCount(job.plan) - left,
      retries: totals.retries,
      refused: totals.refused,
      failed: totals.failed,
      host: hostname(),
      pid: process.pid,
      since,
      seen: now,
    }
    await redis.hset(batchesKey, batch, JSON.stringify(note))
    if ((await redis.expire(jobKey(jobHash), keptSeconds)) === 0)
      await redis.set(jobKey(jobHash), text, 'EX', keptSeconds)
    const present = await workersOf(redis, now)
    threads = 0
    for (const [id, worker] of present) {
      const same = worker.engine === engine && worker.model === model
      if (same) threads += worker.threads
      if (!same && !refusedWorkers.has(id)) {
        refusedWorkers.add(id)
        totals.refused++
        const reason = `it has engine ${worker.engine}, model ${worker.model}; this batch needs ${engine}, ${model}`
        onEvent({ event: 'refused-worker', worker: id, reason })
      }
      if (same && !seen.has(id)) onEvent({ event: 'joined', worker: id, threads: worker.threads })
      if (same) seen.set(id, worker)
    }
    for (const [id, worker] of seen) {
      if (present.has(id)) continue
      seen.delete(id)
      onEvent({ event: 'left', worker: id, threads: worker.threads })
    }
  }

  const say = () => {
    const rate = totals.runs / ((performance.now() - began) / 1000)
    const runs = left * job.plan.chunkRuns
    onEvent({
      event: 'state',
      workers: seen.size,
      threads,
      stored: totals.stored,
      underWay: underWay.size,
      waiting,
      retries: totals.retries,
      runsPerSecond: Math.round(rate),
      secondsLeft: rate > 0 ? runs / rate : Number.POSITIVE_INFINITY,
    })
  }

  try {
    await link.attempt(greet, onTrouble)
    await link.attempt(reconcile, onTrouble)
    await link.attempt(fill, onTrouble)
    onEvent({ event: 'enqueued', batch, chunks: chunks.length, window: windowNow() })
    let last = Number.NEGATIVE_INFINITY
    while (left > 0 && !signal.aborted) {
      const heard = await link.attempt(listen, onTrouble)
      await link.attempt(fill, onTrouble)
      if (performance.now() - last > beatMs) {
        last = performance.now()
        await link.attempt(greet, onTrouble)
        await link.attempt(reconcile, onTrouble)
        say()
      }
      if (heard === 0) await pauseFor(20, signal)
    }
    if (left === 0) onEvent({ event: 'done' })
  } catch (error) {
    failure = error
    throw error
  } finally {
    // What is stored stays; what is still waiting on the server is taken off it, where it can be reached.
    const clean = async () => {
      for (const chunk of underWay.keys()) await queue.remove(taskId(batch, chunk)).catch(() => 0)
      await redis.hdel(batchesKey, batch)
      if (left === 0) await redis.del(reportsKey(batch), jobKey(jobHash))
      await holder.release()
    }
    if (redis.status === 'ready' && !(failure instanceof UserError && failure.code === exitCode.resumable))
      await Promise.race([clean().catch(() => undefined), pauseFor(2_000, AbortSignal.timeout(2_000))])
    holder.forget()
    await pool.close()
    await Promise.race([queue.close().catch(() => undefined), pauseFor(500, AbortSignal.timeout(500))])
  }
}

/** Longest frame a chunk can have: its rows, its header, and counts of which every cell is written. */
function frameBytes({ document, plan }: Job): number {
  const { columns } = rowLayout(compileScenario(document))
  const row = columns.reduce((sum, { type }) => sum + (type === 'double' ? 8 : 4), 0)
  return plan.chunkRuns * (row + 300) + 1_000_000
}

/** Some work for each of a list, a few at a time. */
async function inHands<T>(list: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const rest = list.values()
  const hand = async () => {
    for (const one of rest) await work(one)
  }
  // All end before an error is told: none may store into a directory that is no longer held.
  const ends = await Promise.allSettled(Array.from({ length: Math.min(hands, list.length) }, hand))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}
