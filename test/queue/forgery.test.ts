import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Queue } from 'bullmq'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { exitCode } from '../../sim/core/errors.ts'
import { type ChunkComputer, createChunkComputer } from '../../sim/execute/chunk.ts'
import { addressOf } from '../../sim/execute/queue/address.ts'
import { queueExecutor } from '../../sim/execute/queue/coordinator.ts'
import { encodeFrame } from '../../sim/execute/queue/frame.ts'
import { partKey, prefix, queueName, reportsKey, taskId } from '../../sim/execute/queue/keys.ts'
import { type Task, taskOf } from '../../sim/execute/queue/message.ts'
import { mostBytes } from '../../sim/execute/queue/parcels.ts'
import type { QueueEvent } from '../../sim/execute/queue/queue-event.ts'
import { serialExecutor } from '../../sim/execute/serial.ts'
import { planOf, runBatch } from '../../sim/experiment.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import type { Part } from '../../sim/store/part.ts'
import { engineVersion, modelVersion } from '../../sim/version.ts'
import { forgedPage } from '../forged-page.ts'
import { shippedDocument } from '../world.ts'
import { endAll, startWorker } from './processes.ts'
import { program, type Server, startServer, until } from './redis-server.ts'

const versions = { engine: engineVersion, model: modelVersion }
const asked = { runs: 800, seed: '3', partRuns: 100 }
let folder: string
let document: ScenarioDocument
let undisturbed: string
let server: Server
let queue: Queue
/** Makes the parts of the batch, as a worker would. */
let compute: ChunkComputer
let task: (chunk: number) => Task
/** The batch, as parts and reports go by it. */
let id: string
let number = 0
/** Stops the batch of a test. */
let stop: AbortController

beforeAll(async () => {
  if (!program) return
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
  document = await shippedDocument('cis-plus-2030')
  server = await startServer()
  queue = new Queue(queueName(versions), { connection: server.redis, prefix })
  const job = { document, plan: planOf({ document, ...asked }) }
  compute = createChunkComputer(job)
  task = taskOf(job, versions).task
  id = task(0).batch
  const serial = { id: 'forgery', document, directory: join(folder, 'serial'), executor: serialExecutor(), ...asked }
  undisturbed = (await runBatch(serial)).summary.digest
})
beforeEach(async () => {
  await server?.redis.flushall()
  stop = new AbortController()
})
afterEach(() => {
  stop.abort()
  endAll()
})
afterAll(async () => {
  await queue?.close()
  await server?.stop()
  if (folder) await rm(folder, { recursive: true })
})

/** Begins the batch on the queue with all its chunks handed out; no worker is there yet. */
async function begin() {
  const events: QueueEvent[] = []
  const executor = queueExecutor({
    ...versions,
    id: 'forgery',
    address: addressOf(server.address, {}),
    window: 20,
    patienceMs: 60_000,
    audit: 0,
    onEvent: event => events.push(event),
  })
  const directory = join(folder, `b${number++}`)
  const result = runBatch({ id: 'forgery', document, directory, executor, signal: stop.signal, ...asked })
  // A test may look at something else when it fails.
  result.catch(() => undefined)
  const of = (name: QueueEvent['event']) =>
    events.filter(({ event }) => event === name) as { chunk: number; reason: string }[]
  // Also when it ends before it hands out anything.
  await Promise.race([until(() => of('enqueued').length > 0), result])
  return {
    of,
    result,
    /** Starts a worker, and ends when every chunk was stored once and the digest is that of one machine. */
    async expectWhole() {
      const worker = await startWorker(server.address)
      const { summary, failedChunks } = await result
      expect(failedChunks).toEqual([])
      expect(summary.digest).toBe(undisturbed)
      expect(
        of('stored')
          .map(({ chunk }) => chunk)
          .sort(),
      ).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
      worker.child.kill('SIGKILL')
    },
  }
}

/** A part of the batch as its frame, and as one that says what it is not. */
function frameOf(chunk: number, change: Partial<Part> = {}, of: Partial<Task> = {}): Buffer {
  return Buffer.from(encodeFrame({ ...compute(chunk), ...change }, { ...task(chunk), ...of }))
}

/** Sends something as the part of a chunk. */
async function send(chunk: number, frame: Buffer, times = 1): Promise<void> {
  const report = JSON.stringify({ event: 'part', chunk, worker: 'mallory' })
  await server.redis.set(partKey(id, chunk), frame)
  await server.redis.rpush(reportsKey(id), 'nonsense', ...Array<string>(times).fill(report))
}

describe.skipIf(!program)('a coordinator that is sent what is none (needs redis-server)', () => {
  it('refuses parts that are damaged, forged, of another batch or chunk, or too long, and has each made again', async () => {
    const begun = await begin()
    const other = '0'.repeat(64)
    const forgeries: [frame: Buffer, problem: RegExp][] = [
      [Buffer.from('no part'), /cut short/],
      [frameOf(1, { rows: forgedPage(compute(1).rows) }), /rows cannot be read: bytes 0 to \d+ are not those/],
      [frameOf(2, {}, { batch: other }), /belongs to another batch/],
      [frameOf(3, {}, { job: other }), /belongs to another batch/],
      [frameOf(5), /holds other runs/],
      [Buffer.alloc(mostBytes({ document, plan: planOf({ document, ...asked }) }) + 1), /too long/],
      [frameOf(6, { tallies: compute(5).tallies.slice(1) }), /tallies|counts/],
      [frameOf(7, { rows: compute(6).rows }), /rows do not match/],
    ]
    for (const [chunk, [frame]] of forgeries.entries()) await send(chunk, frame)
    await until(() => begun.of('refused').length === forgeries.length)
    for (const { chunk, reason } of begun.of('refused')) expect(reason).toMatch(forgeries[chunk]![1])
    expect(begun.of('stored')).toEqual([])
    await begun.expectWhole()
  })

  it('stores a part once, however often it is reported and sent', async () => {
    const begun = await begin()
    await send(4, frameOf(4), 3)
    await until(() => begun.of('stored').length === 1)
    await send(4, frameOf(4), 2)
    await until(() => begun.of('duplicate').length > 0)
    // Nor does one do harm that was never planned.
    await send(8, frameOf(4))
    await until(async () => (await server.redis.exists(partKey(id, 8))) === 0)
    await begun.expectWhole()
  })
})

describe.skipIf(!program)('tasks that are not what the coordinator wrote (needs redis-server)', () => {
  const fields = (chunk: number) => queue.toKey(taskId(id, chunk))
  const failures = () => server.redis.zrange(queue.toKey('failed'), 0, '-1')
  const fail = (name: string) => server.redis.zadd(queue.toKey('failed'), '9e12', name)

  it('are taken off the list of failures when nobody made them, and end nothing', async () => {
    const foreign: Record<string, Record<string, string>> = {
      'evil-1': { data: 'not json', opts: '{}' },
      'evil-2': { data: '{}', opts: 'x{', atm: 'NaN' },
    }
    for (const [name, hash] of Object.entries(foreign)) {
      await server.redis.hset(queue.toKey(name), hash)
      await fail(name)
    }
    // An entry may also name a key of the queue itself.
    for (const name of ['wait', '', 'no key']) await fail(name)
    const begun = await begin()
    await until(async () => (await failures()).length === 0)
    expect(await server.redis.llen(queue.toKey('wait'))).toBe(8)
    await begun.expectWhole()
    expect(begun.of('lost')).toEqual([])
  })

  it('are enqueued again when they have the name of one of its own', async () => {
    const begun = await begin()
    await server.redis.hset(fields(2), { data: 'not json' })
    await server.redis.hset(fields(3), { data: JSON.stringify({ ...task(3), chunk: 4 }) })
    await server.redis.hset(fields(5), { data: 'not json', atm: 'NaN' })
    await server.redis.lrem(queue.toKey('wait'), 0, taskId(id, 5))
    await fail(taskId(id, 5))
    await until(() => begun.of('lost').length === 3)
    expect(
      begun
        .of('lost')
        .map(({ chunk }) => chunk)
        .sort(),
    ).toEqual([2, 3, 5])
    await begun.expectWhole()
  })

  it('are given up with the number of tries there may be when theirs is none', async () => {
    const begun = await begin()
    await server.redis.lrem(queue.toKey('wait'), 0, taskId(id, 6))
    await server.redis.hset(fields(6), { atm: 'NaN', failedReason: 'made up'.repeat(1000) })
    await fail(taskId(id, 6))
    await until(() => begun.of('given-up').length > 0)
    const worker = await startWorker(server.address)
    const { failedChunks } = await begun.result
    expect(failedChunks).toMatchObject([{ chunk: 6, attempts: 3, reason: expect.stringMatching(/^.{400}$/) }])
    worker.child.kill('SIGKILL')
  })

  it.each(['wait', 'active'])('are enqueued again when the server has lost its list `%s`', async list => {
    const begun = await begin()
    if (list === 'active') await server.redis.rename(queue.toKey('wait'), queue.toKey('active'))
    expect(await server.redis.del(queue.toKey(list))).toBe(1)
    await until(() => begun.of('lost').length === 8)
    await begun.expectWhole()
  })
})

it.skipIf(!program)(
  'a server that drops keys when it is full is refused with 69 and the remedy (needs redis-server)',
  async () => {
    await server.redis.config('SET', 'maxmemory-policy', 'allkeys-lru')
    // Without a limit it drops nothing.
    await (await begin()).expectWhole()
    await server.redis.config('SET', 'maxmemory', '1gb')
    await expect(begin().then(({ result }) => result)).rejects.toMatchObject({
      code: exitCode.unavailable,
      message: expect.stringMatching(/maxmemory-policy allkeys-lru.*set maxmemory-policy noeviction/),
    })
    await server.redis.config('SET', 'maxmemory', '0')
    await server.redis.config('SET', 'maxmemory-policy', 'noeviction')
  },
)
