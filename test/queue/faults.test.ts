import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { exitCode } from '../../sim/core/errors.ts'
import { addressOf } from '../../sim/execute/queue/address.ts'
import { queueExecutor } from '../../sim/execute/queue/coordinator.ts'
import type { QueueEvent } from '../../sim/execute/queue/queue-event.ts'
import { serialExecutor } from '../../sim/execute/serial.ts'
import { runBatch } from '../../sim/experiment.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { verifyBatch } from '../../sim/store/verify.ts'
import { engineVersion, modelVersion } from '../../sim/version.ts'
import { shippedDocument } from '../world.ts'
import { endAll, type Running, run, startWorker } from './processes.ts'
import { freePort, program, type Server, startServer, until } from './redis-server.ts'

const runs = 1000
const versions = { engine: engineVersion, model: modelVersion }
let folder: string
let document: ScenarioDocument
let undisturbed: string
let server: Server
/** A sound worker that is there in every test but those that stop it. */
let worker: Running
let number = 0
/** Stops the batches of a test. */
const stops: AbortController[] = []

beforeAll(async () => {
  if (!program) return
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
  document = await shippedDocument('cis-plus-2030')
  server = await startServer()
  const joined = startWorker(server.address)
  undisturbed = (await batch({ executor: serialExecutor() }).result).summary.digest
  worker = await joined
})
// A test that fails leaves the others what they need: the sound worker, alone, and no batch.
afterEach(() => {
  for (const stop of stops.splice(0)) stop.abort()
  if (!program) return
  thaw()
  endAll(worker)
})
afterAll(async () => {
  endAll()
  await server?.stop()
  if (folder) await rm(folder, { recursive: true })
})

type Asked = Partial<Parameters<typeof runBatch>[0]> & {
  window?: number
  patienceMs?: number
  audit?: number
  address?: string
}

/** Begins a batch on the queue, in parts of 100 runs. */
function batch(more: Asked = {}) {
  const { window = 4, patienceMs = 60_000, audit = 0, address = server.address, ...request } = more
  const events: QueueEvent[] = []
  const executor = queueExecutor({
    ...versions,
    id: 'faults',
    address: addressOf(address, {}),
    window,
    patienceMs,
    audit,
    onEvent: event => events.push(event),
  })
  const directory = join(folder, `b${number++}`)
  const stop = new AbortController()
  stops.push(stop)
  const { signal } = stop
  const asked = { id: 'faults', document, directory, executor, runs, seed: '3', partRuns: 100, signal, ...request }
  const result = runBatch(asked)
  // A test may look at something else when it fails.
  result.catch(() => undefined)
  const has = (name: QueueEvent['event']) => events.filter(({ event }) => event === name)
  return { directory: asked.directory, events, has, result }
}

async function expectWhole({ result }: Pick<ReturnType<typeof batch>, 'result'>): Promise<void> {
  const { summary, batch: stored, failedChunks } = await result
  expect(failedChunks).toEqual([])
  expect(summary.digest).toBe(undisturbed)
  expect(await verifyBatch(stored)).toMatchObject({ runs, problems: [], digest: undisturbed })
}

/** A worker whose thread waits at a chunk until it is let go. */
async function holding(chunk: number | 'any') {
  const name = join(folder, `hold-${number++}`)
  const planted = { fault: 'hold', chunk, held: `${name}-held`, go: `${name}-go` }
  return {
    worker: await startWorker(server.address, { planted }),
    held: () => existsSync(planted.held),
    chunk: async () => Number(await readFile(planted.held, 'utf8')),
    go: () => writeFile(planted.go, ''),
  }
}

/** Suspends the sound worker, which has nothing to do, so that another one is the first to take a chunk. */
const freeze = () => worker.child.kill('SIGSTOP')
const thaw = () => worker.child.kill('SIGCONT')

const leftOnServer = async () =>
  (await server.redis.keys('multivector:*')).filter(key => !key.includes(':chunks-') && !key.includes(':workers'))

describe.skipIf(!program)('a queue (needs redis-server)', () => {
  it('gives the digest of one machine, for any window, with parts made again to be sure, and leaves nothing behind', async () => {
    const [one, other] = [batch(), batch({ seed: '4', window: 3, audit: 1 })]
    await until(() => one.has('stored').length > 0)
    // Two batches share the queue: each is under way before the other is done.
    await until(() => other.has('stored').length > 0)
    expect(one.has('done')).toEqual([])
    await expectWhole(one)
    expect((await other.result).summary.complete).toBe(true)
    expect(other.has('refused')).toEqual([])
    expect(await leftOnServer()).toEqual([])
  })

  it('never holds more parts than the window, and needs no worker to be told of a batch that is complete', async () => {
    let most = 0
    const begun = batch({
      window: 3,
      onProgress: () => {
        void server.redis.keys('multivector:part:*').then(keys => {
          most = Math.max(most, keys.length)
        })
      },
    })
    await expectWhole(begun)
    expect(most).toBeLessThanOrEqual(3)
    expect(await batch({ directory: begun.directory }).result).toMatchObject({ added: 0 })
  })

  it('loses nothing when a worker is killed in the middle of a chunk', async () => {
    freeze()
    const { worker: doomed, held } = await holding('any')
    const begun = batch()
    await until(held)
    doomed.child.kill('SIGKILL')
    thaw()
    await expectWhole(begun)
    expect(begun.has('stalled').length).toBeGreaterThan(0)
  })

  it('takes the part of a worker that was suspended beyond its lock as the duplicate it is', async () => {
    freeze()
    const sleeper = await holding('any')
    const begun = batch({ window: 20 })
    await until(sleeper.held)
    const chunk = await sleeper.chunk()
    sleeper.worker.child.kill('SIGSTOP')
    const last = await holding(chunk === 9 ? 8 : 9)
    await until(last.held)
    // Now the batch cannot end; the sound worker takes up what the sleeper lost.
    thaw()
    await until(() => begun.has('stored').some(event => 'chunk' in event && event.chunk === chunk))
    await sleeper.go()
    sleeper.worker.child.kill('SIGCONT')
    await until(() => begun.has('duplicate').length > 0)
    await last.go()
    await expectWhole(begun)
  })

  it('goes on when its coordinator is killed and the same command is given again', async () => {
    const { worker: slow, held, go } = await holding(5)
    const out = join(folder, 'killed')
    const args = ['run', 'scenarios/cis-plus-2030.yaml', '--runs', String(runs), '--seed', '3', '--part-runs', '100']
    const command = [...args, '--queue', server.address, '--no-report', '--json', '--log', 'json', '--out', out]
    freeze()
    const first = run(command)
    await until(() => first.events().some(({ event }) => event === 'stored'))
    await until(held)
    first.child.kill('SIGKILL')
    await first.ended
    thaw()
    await go()
    const { code, stdout } = await run(command).ended
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ digest: undisturbed, complete: true })
    slow.child.kill('SIGKILL')
  })

  it('goes on when the server is killed and started again', async () => {
    const begun = batch()
    await until(() => begun.has('stored').length > 1)
    await server.kill()
    await until(() => begun.has('away').length > 0)
    await server.start()
    await expectWhole(begun)
    expect(begun.has('back').length).toBeGreaterThan(0)
  })

  it('goes on when the server is flushed', async () => {
    const begun = batch()
    await until(() => begun.has('stored').length > 1)
    await server.redis.flushall()
    await expectWhole(begun)
  })

  it('waits while the server has no memory, and ends with 69 and the remedy when that lasts', async () => {
    const begun = batch()
    await until(() => begun.has('stored').length > 0)
    await server.redis.config('SET', 'maxmemory', '1mb')
    await until(() => begun.has('trouble').length > 0)
    await server.redis.config('SET', 'maxmemory', '0')
    await expectWhole(begun)
    await server.redis.config('SET', 'maxmemory', '1mb')
    const starved = batch({ patienceMs: 500 })
    await expect(starved.result).rejects.toMatchObject({
      code: exitCode.unavailable,
      message: expect.stringMatching(/maxmemory.*--window/),
    })
    await server.redis.config('SET', 'maxmemory', '0')
    await expectWhole(batch({ directory: starved.directory }))
  })

  it('ends with 69 and the remedy when the server stays away, and the same command finishes the batch', async () => {
    const begun = batch({ patienceMs: 300 })
    await until(() => begun.has('stored').length > 0)
    await server.kill()
    await expect(begun.result).rejects.toMatchObject({
      code: exitCode.unavailable,
      message: expect.stringMatching(/same command again/),
    })
    await server.start()
    await expectWhole(batch({ directory: begun.directory }))
  })

  it('that is away does not keep whoever is asked to stop', async () => {
    const stop = new AbortController()
    const begun = batch({ signal: stop.signal })
    await until(() => begun.has('stored').length > 0)
    await server.kill()
    await until(() => begun.has('away').length > 0)
    stop.abort()
    expect((await begun.result).summary.complete).toBe(false)
    await server.start()
    await expectWhole(batch({ directory: begun.directory }))
  })

  it('records a chunk that no worker can make with the reason, and the batch goes on', async () => {
    freeze()
    const poisoned = await startWorker(server.address, { planted: { fault: 'throw', chunk: 2 } })
    const begun = batch()
    const { summary, failedChunks } = await begun.result
    expect(summary.runs).toBe(runs - 100)
    const reason = expect.stringContaining('threw RangeError: planted')
    expect(failedChunks).toEqual([{ chunk: 2, first: 200, end: 300, attempts: 3, reason }])
    expect(begun.has('failed').length).toBeGreaterThan(0)
    poisoned.child.kill('SIGKILL')
    thaw()
    await expectWhole(batch({ directory: begun.directory }))
  })

  it('refuses a batch that another coordinator makes', async () => {
    freeze()
    const begun = batch()
    await until(() => begun.has('enqueued').length > 0)
    await expect(batch().result).rejects.toMatchObject({
      code: exitCode.resumable,
      message: expect.stringMatching(/made by process/),
    })
    thaw()
    await expectWhole(begun)
  })

  it('whose names belong to something else is 69 with the remedy, for worker and status', async () => {
    await server.redis.rename('multivector:workers', 'kept')
    await server.redis.set('multivector:workers', 'something else')
    for (const command of ['worker', 'status']) {
      const { code, stderr } = await run([command, '--queue', server.address, '--patience', '0.3']).ended
      expect(stderr).toContain('something else has the names of the queue')
      expect(code).toBe(69)
    }
    await server.redis.rename('kept', 'multivector:workers')
  })

  it('that is not there is 69, for run, worker and status, soon', async () => {
    const address = `redis://127.0.0.1:${await freePort()}`
    const nowhere = ['--queue', address, '--patience', '0.3']
    const ends = await Promise.all([
      run(['run', 'scenarios/baseline.yaml', '--runs', '100', '--out', join(folder, 'nowhere'), ...nowhere]).ended,
      run(['worker', ...nowhere]).ended,
      run(['status', ...nowhere]).ended,
    ])
    for (const { code, stderr } of ends) {
      expect(stderr).toContain(`${address}: is not there (ECONNREFUSED)`)
      expect(code).toBe(69)
    }
  })
})
