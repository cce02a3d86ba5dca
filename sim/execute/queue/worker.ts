import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { type Job as QueueJob, UnrecoverableError, Worker } from 'bullmq'
import { exitCode, UserError } from '../../core/errors.ts'
import type { Address } from './address.ts'
import { type ChunkThreads, createChunkThreads } from './chunk-threads.ts'
import {
  batchesKey,
  chunkOfTask,
  jobKey,
  keptSeconds,
  partKey,
  prefix,
  queueName,
  reportsKey,
  workersKey,
} from './keys.ts'
import {
  mostJobBytes,
  Refusal,
  type Report,
  readBatch,
  readJob,
  readTask,
  type Task,
  type Versions,
} from './message.ts'
import { pauseFor } from './pause.ts'
import { connect, type Link, serverTime } from './redis.ts'

/** What happens in a worker, for whoever watches. */
export type WorkerEvent =
  | { readonly event: 'joined'; readonly worker: string; readonly threads: number }
  | {
      readonly event: 'part' | 'failed' | 'refused'
      readonly chunk: number
      readonly batch: string
      readonly reason?: string
    }
  | { readonly event: 'refused-batch'; readonly batch: string; readonly reason: string }
  | { readonly event: 'away' | 'trouble'; readonly reason: string }
  | { readonly event: 'back' | 'idle' | 'left' }

export interface WorkerOptions extends Versions {
  readonly address: Address
  readonly threads: number
  /** How long a chunk is kept for a worker that gives no sign of life. */
  readonly lockMs: number
  /** How long the server may be away. */
  readonly patienceMs: number
  /** Leaves after this long without a chunk; never unless given. */
  readonly idleMs?: number | undefined
  readonly onEvent: (event: WorkerEvent) => void
}

/** How often a chunk may be taken from workers that died before it is given up. */
const mostStalls = 5
const beatMs = 1_000
/** Jobs whose text is kept here. */
const mostTexts = 8

/**
 * Joins the queue until the signal aborts: takes chunks, computes them in threads, and sends their parts back.
 *
 * @throws UserError (69) when the server is away for longer than the patience
 */
export async function work(options: WorkerOptions, signal: AbortSignal): Promise<void> {
  const { address, threads, lockMs, patienceMs, idleMs, onEvent, engine, model } = options
  const id = `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`
  const link = await connect(address, {
    patienceMs,
    signal,
    onAway: reason => onEvent({ event: 'away', reason }),
    onBack: () => onEvent({ event: 'back' }),
  })
  const pool = createChunkThreads(threads)
  const counts = { parts: 0, failed: 0, refused: 0 }
  const hands = createHands(options, { link, pool, id, counts })
  const worker = new Worker(queueName({ engine, model }), hands.handle, {
    connection: link.redis,
    prefix,
    name: id,
    concurrency: threads,
    lockDuration: lockMs,
    stalledInterval: lockMs,
    maxStalledCount: mostStalls,
    runRetryDelay: 500,
    drainDelay: 2,
    autorun: false,
  })
  worker.on('error', error => {
    if (/^OOM|^MISCONF|^READONLY/.test(error.message)) link.trouble(error)
  })
  worker.on('stalled', task => hands.stalled(task))

  const refusedBatches = new Set<string>()
  const since = new Date().toISOString()
  let lastWork = performance.now()
  const beat = async () => {
    const seen = await serverTime(link.redis)
    const { host, pid } = { host: hostname(), pid: process.pid }
    await link.redis.hset(workersKey, id, JSON.stringify({ host, pid, threads, engine, model, since, ...counts, seen }))
    for (const [batch, bytes] of Object.entries(await link.redis.hgetallBuffer(batchesKey))) {
      const note = readBatch(bytes)
      if (!note || refusedBatches.has(batch) || (note.engine === engine && note.model === model)) continue
      refusedBatches.add(batch)
      counts.refused++
      const reason = `it needs engine ${note.engine}, model ${note.model}; this is ${engine}, ${model}`
      onEvent({ event: 'refused-batch', batch, reason })
    }
  }
  const onTrouble = (error: Error) => onEvent({ event: 'trouble', reason: error.message })
  try {
    await link.attempt(beat, onTrouble)
    onEvent({ event: 'joined', worker: id, threads })
    const running = worker.run()
    running.catch(error => link.trouble(error as Error))
    while (!signal.aborted) {
      await link.guard(pauseFor(beatMs, signal))
      await link.attempt(beat, onTrouble)
      if (hands.busy() > 0) lastWork = performance.now()
      else if (idleMs !== undefined && performance.now() - lastWork > idleMs) {
        onEvent({ event: 'idle' })
        break
      }
    }
    await link.guard(worker.close())
    await link.attempt(() => link.redis.hdel(workersKey, id), onTrouble)
    onEvent({ event: 'left' })
  } catch (error) {
    if (!(signal.aborted && error instanceof UserError && error.code === exitCode.unavailable)) throw error
  } finally {
    await Promise.race([worker.close(true).catch(() => undefined), pauseFor(1_000, AbortSignal.timeout(1_000))])
    await pool.close()
    link.close()
  }
}

interface Tools {
  readonly link: Link
  readonly pool: ChunkThreads
  readonly id: string
  readonly counts: { parts: number; failed: number; refused: number }
}

/** What a worker does with a task. The handler only waits, so that locks are renewed while threads compute. */
function createHands(versions: WorkerOptions, { link, pool, id, counts }: Tools) {
  const { redis } = link
  const { onEvent } = versions
  const onTrouble = (error: Error) => onEvent({ event: 'trouble', reason: error.message })
  const texts = new Map<string, SharedArrayBuffer>()
  let busy = 0

  /** The text of a job, checked once; undefined when nobody asks for it any more. */
  const textOf = async (task: Task): Promise<SharedArrayBuffer | undefined> => {
    // All tasks of a batch are the same but for the chunk.
    const common = JSON.stringify({ ...task, chunk: 0 })
    const known = texts.get(common)
    if (known) return known
    if ((await redis.strlen(jobKey(task.job))) > mostJobBytes) throw new Refusal('its job text is too long')
    const bytes = await redis.getBuffer(jobKey(task.job))
    if (!bytes) return undefined
    readJob(bytes, task)
    const shared = new SharedArrayBuffer(bytes.length)
    new Uint8Array(shared).set(bytes)
    texts.set(common, shared)
    if (texts.size > mostTexts) texts.delete(texts.keys().next().value!)
    return shared
  }

  const report = (batch: string, what: Omit<Report, 'worker'>) =>
    redis
      .multi()
      .rpush(reportsKey(batch), JSON.stringify({ ...what, worker: id }))
      .expire(reportsKey(batch), keptSeconds)
      .exec()

  /** Sends a part; while the server has no memory for it, waits: the coordinator takes parts off it. */
  const send = async ({ batch, chunk }: Task, frame: Uint8Array) => {
    const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.length)
    await link.attempt(() => redis.set(partKey(batch, chunk), bytes, 'EX', keptSeconds), onTrouble)
    await link.attempt(() => report(batch, { event: 'part', chunk }), onTrouble)
  }

  const compute = async (queued: QueueJob): Promise<void> => {
    const batch = (queued.data as { batch?: unknown } | undefined)?.batch
    const chunk = typeof batch === 'string' ? chunkOfTask(batch, queued.id) : undefined
    try {
      const task = readTask(queued.data, versions)
      if (task.chunk !== chunk) throw new Refusal('its id is that of another chunk')
      const text = await textOf(task)
      // Its coordinator is gone for an hour or has all it needs.
      if (!text) return
      await send(task, await pool.make({ task, text }))
      counts.parts++
      onEvent({ event: 'part', batch: task.batch, chunk: task.chunk })
    } catch (error) {
      const refusal = error instanceof Refusal
      const reason = (error as Error).message.slice(0, 300)
      const event = refusal ? 'refused' : 'failed'
      counts[event]++
      onEvent({ event, batch: String(batch), chunk: chunk ?? -1, reason })
      if (typeof batch === 'string' && chunk !== undefined)
        await report(batch, { event, chunk, reason }).catch(() => undefined)
      if (refusal) throw new UnrecoverableError(`refused: ${reason}`)
      throw new Error(reason)
    }
  }

  return {
    busy: () => busy,
    handle: async (queued: QueueJob) => {
      busy++
      try {
        await compute(queued)
      } finally {
        busy--
      }
    },
    /** Tells the coordinator that a task was taken from a worker that gave no sign of life. */
    stalled: (task: string) => {
      const [batch, chunk] = task.split('-')
      if (batch && /^\d{1,9}$/.test(chunk ?? ''))
        void report(batch, { event: 'stalled', chunk: Number(chunk) }).catch(() => undefined)
    },
  }
}
