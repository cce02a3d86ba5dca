import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gateVerdict } from '../../sim/analysis/expectations.ts'
import { openSide, type Side } from '../../sim/cli/compared-side.ts'
import { judgeExpectations } from '../../sim/cli/judged-expectations.ts'
import { serialExecutor } from '../../sim/execute/serial.ts'
import { runBatch } from '../../sim/experiment.ts'
import { load } from '../scenario/files-in-memory.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** A batch of the baseline scenario that expects something. */
async function expecting(name: string, text: string, upTo?: number): Promise<Side> {
  const { document } = await load(`extends: baseline.yaml\nexpect:\n${text}\n`)
  const directory = join(folder, name)
  await runBatch({ id: 't', document, directory, executor: serialExecutor(), runs: 300, upTo })
  return openSide(directory, { workers: 0, allowLarge: false, quiet: true })
}

test('a share, a mean and a median are those of the rows, with their intervals', async () => {
  const side = await expecting(
    'a',
    '  share: { share: duality, of: KAZ, at_least: 0 }\n  mean: { mean: ID, of: KAZ, at_most: 1 }\n  median: { median: ID, of: KAZ, at_most: 1 }',
  )
  const [share, mean, median] = await judgeExpectations(side, undefined, true)
  for (const each of [share!, mean!, median!]) {
    expect(each.verdict).toBe('met')
    expect(each.found!.lower).toBeLessThanOrEqual(each.found!.value)
    expect(each.found!.upper).toBeGreaterThanOrEqual(each.found!.value)
  }
  expect(Math.abs(mean!.found!.value - median!.found!.value)).toBeLessThan(0.05)
  expect(mean!.found!.value).toBeGreaterThan(0.3)
})

test('of a batch that is not all there nothing is called met that the missing runs could change', async () => {
  const side = await expecting('b', '  none: { failed: 0 }\n  low: { share: duality, at_most: 0.99 }', 200)
  expect(side.side.complete).toBe(false)
  const judged = await judgeExpectations(side, undefined, true)
  expect(judged.map(({ verdict, detail }) => [verdict, detail])).toEqual([
    ['inconclusive', `0 of ${side.side.runs} runs failed, others are missing`],
    ['met', ''],
  ])
  expect(gateVerdict(judged.slice(1), side.side.complete)).toBe('inconclusive')
})
