import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exitCode } from '../../sim/core/errors.ts'
import { createSampler } from '../../sim/design/sample.ts'
import type { Executor } from '../../sim/execute/executor.ts'
import { serialExecutor } from '../../sim/execute/serial.ts'
import { threadExecutor } from '../../sim/execute/threads.ts'
import { openBatch, runBatch } from '../../sim/experiment.ts'
import { traceRun } from '../../sim/model/trace.ts'
import { readPart } from '../../sim/store/batch.ts'
import { decodeRows } from '../../sim/store/rows.ts'
import { verifyBatch } from '../../sim/store/verify.ts'
import { shippedDocument } from '../world.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
})
afterAll(() => rm(folder, { recursive: true }))

const runs = 650
async function run(
  name: string,
  executor: Executor,
  more: { seed?: string; signal?: AbortSignal; onProgress?: () => void } = {},
) {
  const document = await shippedDocument('cis-plus-2030')
  return runBatch({ id: 'cis-plus-2030', document, directory: join(folder, name), executor, runs, ...more })
}

describe('runBatch', () => {
  it('gives one digest for the serial executor and 1, 2 and 3 threads', async () => {
    const digests = [(await run('serial', serialExecutor())).summary.digest]
    for (const threads of [1, 2, 3])
      digests.push((await run(`threads-${threads}`, threadExecutor(threads))).summary.digest)
    expect(digests[0]).toMatch(/^[0-9a-f]{64}$/)
    expect(new Set(digests).size).toBe(1)
  })

  it('gives another digest for another seed', async () => {
    const other = await run('other-seed', serialExecutor(), { seed: 'a text' })
    expect(other.summary.digest).not.toBe((await run('serial', serialExecutor())).summary.digest)
  })

  it('finishes a batch that was stopped, and then computes nothing more', async () => {
    const controller = new AbortController()
    const stopped = await run('resumed', threadExecutor(2), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    })
    expect(stopped.summary.complete).toBe(false)
    expect(stopped.summary.runs).toBeLessThan(runs)
    const resumed = await run('resumed', threadExecutor(2))
    expect(resumed.summary.complete).toBe(true)
    expect(resumed.added).toBe(runs - stopped.summary.runs)
    expect(resumed.summary.digest).toBe((await run('serial', serialExecutor())).summary.digest)
    expect((await run('resumed', threadExecutor(2))).added).toBe(0)
  })

  it('refuses a directory with another batch, and one with something else', async () => {
    await run('serial', serialExecutor())
    await expect(run('serial', serialExecutor(), { seed: '99' })).rejects.toMatchObject({ code: exitCode.mismatch })
    const foreign = await mkdtemp(join(folder, 'foreign-'))
    await writeFile(join(foreign, 'thesis.txt'), 'two years of work')
    const document = await shippedDocument('baseline')
    await expect(
      runBatch({ id: 'b', document, directory: foreign, executor: serialExecutor(), runs: 10 }),
    ).rejects.toMatchObject({
      code: exitCode.cannotCreate,
    })
  })

  it('stores the numbers that a trace of the same run gives, bit for bit', async () => {
    const { batch } = await run('serial', serialExecutor())
    const { record, rows } = await readPart(batch, 1)
    const { columns, width } = batch.layout
    const numbers = decodeRows(rows, batch.layout, record.end - record.first)
    const row = 37
    const sampler = createSampler(batch.scenario, batch.manifest.plan)
    sampler.point(record.first + row, batch.scenario.parameters.slice())
    const set = Object.fromEntries(batch.scenario.uncertainties.map(({ name }, n) => [name, sampler.values[n]!]))
    const trace = traceRun(batch.manifest.scenario.document, {
      seed: batch.manifest.plan.seed,
      run: record.first + row,
      set,
    })
    const stored = (name: string) => numbers[row * width + columns.findIndex(column => column.name === name)]
    for (const name of ['ID', 'OP', 'gap', 'v', 'lead_RU', 'ext', 'LHHI', 'credibility']) {
      const last = trace.indices[name]!.slice(-4)
      expect(stored(name)).toBe(last.reduce((sum, value) => sum + value, 0) / 4)
    }
    for (const [outcome, score] of Object.entries(trace.scores)) expect(stored(`score_${outcome}`)).toBe(score)
  })
})

describe('verifyBatch', () => {
  it('finds nothing in a sound batch, and the damaged part in a damaged one', async () => {
    await run('damaged', serialExecutor())
    const batch = await openBatch(join(folder, 'damaged'))
    expect(await verifyBatch(batch)).toMatchObject({ problems: [], runs, parts: 4, planned: 4 })
    const path = join(folder, 'damaged', 'parts', '000002', 'rows.parquet')
    const bytes = await readFile(path)
    bytes[bytes.length >> 1]! ^= 1
    await writeFile(path, bytes)
    const found = await verifyBatch(batch)
    expect(found.problems).toHaveLength(1)
    expect(found.problems[0]).toContain('000002')
    expect(found.digest).toBeNull()
  })

  it('has the part made again after it is removed as the message says', async () => {
    await rm(join(folder, 'damaged', 'parts', '000002'), { recursive: true })
    const again = await run('damaged', threadExecutor(1))
    expect(again.added).toBe(200)
    expect(again.summary.digest).toBe((await run('serial', serialExecutor())).summary.digest)
  })
})
