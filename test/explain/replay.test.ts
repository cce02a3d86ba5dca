import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { proveRun, requireRun, rerunsOf, storedRow } from '../../sim/analysis/reruns.ts'
import { replay } from '../../sim/cli/explain-run.ts'
import type { UserError } from '../../sim/core/errors.ts'
import type { Result } from '../../sim/model/simulate.ts'
import { createTimeline } from '../../sim/model/timeline.ts'
import type { Batch } from '../../sim/store/batch.ts'
import { shippedDocument } from '../world.ts'
import { type TemporaryBatch, temporaryBatch } from './batches.ts'

let made: TemporaryBatch
let broken: TemporaryBatch
beforeAll(async () => {
  made = await temporaryBatch(await shippedDocument('cis-plus-2030'), 250)
  const baseline = await shippedDocument('baseline')
  const overflow = {
    title: 'Growth without end',
    source: 'JUDGE',
    grade: 'D' as const,
    at: '2027Q1',
    probability: 0.5,
    actors: 'all' as const,
    effects: [{ driver: 'growth' as const, of: 'china', add: 1e6 }],
  }
  broken = await temporaryBatch({ ...baseline, events: { overflow } }, 20)
})
afterAll(async () => {
  await made?.remove()
  await broken?.remove()
})

async function prove(batch: Batch, run: number) {
  const reruns = rerunsOf(batch)
  return proveRun(batch, reruns, run, reruns.simulate(run, createTimeline(reruns.simulator.model).onlooker))
}

const failure = (batch: Batch, run: number) =>
  prove(batch, run).then(
    () => {
      throw new Error('expected an error')
    },
    (error: UserError) => error,
  )

describe('a run computed again', () => {
  test('is the stored run in every number, in every part', async () => {
    for (const run of [0, 1, 99, 100, 199, 200, 249]) {
      expect((await prove(made.batch, run)).columns).toBe(made.batch.layout.width)
    }
  })

  test('is told from every other run', async () => {
    const reruns = rerunsOf(made.batch)
    await expect(proveRun(made.batch, reruns, 5, reruns.simulate(6))).rejects.toThrow(/run 5 is not the stored run/)
  })

  test('is told from a result that differs in one number, whichever it is', async () => {
    const reruns = rerunsOf(made.batch)
    const faults: readonly [column: RegExp, plant: (result: Result) => void][] = [
      [/margin/, result => (result.margin += 1e-15)],
      [/score_realignment/, result => (result.scores[5]! += 1e-15)],
      [/event_\w+/, result => result.occurrences.push({ event: 0, start: 3, end: 4 })],
      [/coercions/, result => (result.final[result.final.length - 1]! += 1)],
      [/cis_core_OP/, result => (result.groupOperational[20 * 3]! += 1e-6)],
      [/_outcome/, result => (result.actorOutcome[21]! ^= 1)],
    ]
    for (const [column, plant] of faults) {
      const result = reruns.simulate(5, () => undefined)
      plant(result)
      await expect(proveRun(made.batch, reruns, 5, result)).rejects.toThrow(column)
    }
  })

  test('is told from the same address under inputs that differ by a hair', async () => {
    const reruns = rerunsOf(made.batch)
    const parameters = reruns.parametersOf(5).slice()
    const column = reruns.scenario.parameterIndex.get('b_sanc')!
    parameters[column] = parameters[column]! * (1 + 1e-12)
    const result = reruns.simulate(5, undefined, parameters)
    await expect(proveRun(made.batch, reruns, 5, result)).rejects.toThrow(/computed again/)
  })
})

describe('a run that cannot be explained', () => {
  test('outside the batch is named with the runs there are', () => {
    expect(() => requireRun(made.batch, 250)).toThrow('--run: expected a run of the batch, 0 to 249, got 250')
  })

  test('of another version says which one can explain it, exit 76', async () => {
    const { batch } = made
    for (const other of [{ engine: '0.0.9' }, { model: '0.9' }]) {
      const old = { ...batch, manifest: { ...batch.manifest, ...other } }
      await expect(replay(old, 3)).rejects.toMatchObject({
        code: 76,
        message: expect.stringMatching(`${Object.values(other)[0]}.*explain it with multivector`),
      })
    }
  })

  test('of another state of the program is told apart, exit 76', async () => {
    const { batch } = made
    const seeded = { ...batch, manifest: { ...batch.manifest, plan: { ...batch.manifest.plan, seed: '12' } } }
    const { code, message } = await failure(seeded, 3)
    expect(code).toBe(76)
    expect(message).toMatch(/\w+ is .* in the batch and .* computed again/)
  })

  test('stored as failed names the quantity, the tick and the command that shows it, exit 1', async () => {
    const reruns = rerunsOf(broken.batch)
    const failed = [...Array(20).keys()].find(run => reruns.simulate(run).failure !== undefined)!
    const { code, message } = await failure(broken.batch, failed)
    expect(code).toBe(1)
    expect(message).toMatch(/stored as failed \(\w+ of \w+ left the finite numbers at tick \d+\)/)
    expect(message).toContain(`multivector trace ${broken.batch.directory} --run ${failed}`)
    const sound = [...Array(20).keys()].find(run => reruns.simulate(run).failure === undefined)!
    expect((await prove(broken.batch, sound)).columns).toBeGreaterThan(100)
  })

  test('in a damaged part names the part and the remedy, exit 65', async () => {
    const path = join(made.batch.directory, 'parts', '000001', 'rows.parquet')
    const bytes = await readFile(path)
    const planted = Uint8Array.from(bytes)
    planted[1000]! ^= 1
    await writeFile(path, planted)
    const { code, message } = await failure(made.batch, 210)
    await writeFile(path, bytes)
    expect(code).toBe(65)
    expect(message).toContain('000001')
    expect((await prove(made.batch, 210)).columns).toBeGreaterThan(100)
  })

  test('planned but not stored says to finish the batch, exit 75', async () => {
    await rm(join(made.batch.directory, 'parts', '000001'), { recursive: true })
    await expect(storedRow(made.batch, 249)).rejects.toMatchObject({ code: 75 })
    await expect(storedRow(made.batch, 0)).resolves.toHaveLength(made.batch.layout.width)
  })
})
