import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serialExecutor } from '../../sim/execute/serial.ts'
import { threadExecutor } from '../../sim/execute/threads.ts'
import { runBatch } from '../../sim/experiment.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { verifyBatch } from '../../sim/store/verify.ts'
import { shippedDocument } from '../world.ts'

const runs = 1000
let folder: string
let document: ScenarioDocument
let undisturbed: string
let number = 0
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
  document = await shippedDocument('cis-plus-2030')
  undisturbed = (await batch(serialExecutor())).summary.digest
})
afterAll(() => rm(folder, { recursive: true }))

const batch = (executor = threadExecutor(2), directory = join(folder, `b${number++}`)) =>
  runBatch({ id: 'faults', document, directory, executor, runs, seed: '3' })

/** An executor whose worker fails, and the directory in which each failure leaves a mark. */
async function failing(fault: string, chunk: string, times: number, threads = 2) {
  const marks = await mkdtemp(join(folder, 'marks-'))
  const workerFile = pathToFileURL('test/faults/worker.js')
  process.env.PLANTED = JSON.stringify({ fault, chunk, times, marks })
  // The heap is small so that it is full soon, the patience short so that a hang is seen soon. Other faults are seen at
  // once; with little patience a busy machine would make hangs of sound chunks.
  const patienceMs = fault === 'hang' ? 4_000 : 120_000
  return { marks, executor: threadExecutor(threads, { workerFile, heapMb: 128, patienceMs }) }
}

const kinds = ['exit', 'throw', 'hang', 'memory'] as const

describe('a worker that fails', () => {
  it.each(kinds)('once (%s) costs nothing: its chunk is computed by another one', async kind => {
    const { executor, marks } = await failing(kind, '2', 1)
    const { summary, failedChunks } = await batch(executor)
    expect(await readdir(marks)).toEqual(['2-0'])
    expect(failedChunks).toEqual([])
    expect(summary.complete).toBe(true)
    expect(summary.digest).toBe(undisturbed)
  })

  it.each([
    ['exit', /exited with code 3/],
    ['throw', /threw RangeError: planted/],
    ['hang', /gave no part for \d+ s/],
    ['memory', /ran out of memory/],
  ] as const)('at every try (%s) is recorded with the reason, and the batch goes on', async (kind, reason) => {
    const { executor, marks } = await failing(kind, '1', 1000)
    const directory = join(folder, `poison-${kind}`)
    const { batch: stored, summary, failedChunks } = await batch(executor, directory)
    expect(await readdir(marks)).toHaveLength(3)
    expect(failedChunks).toEqual([
      { chunk: 1, first: 200, end: 400, attempts: 3, reason: expect.stringMatching(reason) },
    ])
    expect(summary).toMatchObject({ runs: 800, complete: false })
    expect(await verifyBatch(stored)).toMatchObject({ runs: 800, problems: [], failedChunks })

    const healed = await batch(threadExecutor(1), directory)
    expect(healed).toMatchObject({ added: 200, failedChunks: [] })
    expect(healed.summary.digest).toBe(undisturbed)
    expect(await verifyBatch(stored)).toMatchObject({ runs, problems: [], failedChunks: [], digest: undisturbed })
  })

  it('at every chunk is tried three times a chunk, and no more', async () => {
    const { executor, marks } = await failing('exit', 'all', 1000, 1)
    const { summary, failedChunks } = await batch(executor)
    expect(failedChunks.map(({ chunk }) => chunk)).toEqual([0, 1, 2, 3, 4])
    expect(summary.runs).toBe(0)
    expect(await readdir(marks)).toHaveLength(15)
  })

  it('at three chunks in turn on one thread leaves the thread usable', async () => {
    const { executor } = await failing('throw', 'all', 1, 1)
    expect((await batch(executor)).summary.digest).toBe(undisturbed)
  })

  it('before it takes a chunk is started again, and ends the batch when it never starts', async () => {
    expect((await batch((await failing('exit', 'start', 2)).executor)).summary.digest).toBe(undisturbed)
    await expect(batch((await failing('exit', 'start', 1000)).executor)).rejects.toThrow('exited with code 3')
    expect((await batch((await failing('throw', 'start', 2)).executor)).summary.digest).toBe(undisturbed)
  })

  it('by a promise that nobody waits for costs nothing', async () => {
    const { executor, marks } = await failing('reject', '2', 1)
    expect((await batch(executor)).summary.digest).toBe(undisturbed)
    expect(await readdir(marks)).toEqual(['2-0'])
  })
})

describe('a stop', () => {
  it('abandons chunks that do not end, and keeps what is stored', async () => {
    const { executor } = await failing('hang', '3', 1)
    const controller = new AbortController()
    const directory = join(folder, 'stopped')
    const { summary, failedChunks } = await runBatch({
      id: 'faults',
      document,
      directory,
      executor,
      runs,
      seed: '3',
      signal: controller.signal,
      onProgress: ({ done }) => done >= 600 && controller.abort(),
    })
    expect(summary.complete).toBe(false)
    expect(summary.runs).toBeGreaterThanOrEqual(600)
    expect(failedChunks).toEqual([])
    expect((await batch(threadExecutor(2), directory)).summary.digest).toBe(undisturbed)
  })
})
