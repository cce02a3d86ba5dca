import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { serialExecutor } from '../../sim/execute/serial.ts'
import { runBatch } from '../../sim/experiment.ts'
import { shippedDocument } from '../world.ts'

it('records a run that leaves the finite numbers, never averages it, and goes on', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'multivector-'))
  const baseline = await shippedDocument('baseline')
  const document = {
    ...baseline,
    events: {
      overflow: {
        title: 'overflow',
        source: 'JUDGE',
        grade: 'D' as const,
        at: '2027Q1',
        probability: 0.3,
        actors: 'all' as const,
        effects: [{ driver: 'growth' as const, of: 'china', add: 1e6 }],
      },
    },
  }
  const { summary } = await runBatch({
    id: 'overflow',
    document,
    directory: join(folder, 'b'),
    executor: serialExecutor(),
    runs: 200,
  })
  expect(summary.failed.length).toBeGreaterThan(20)
  expect(summary.failed.length).toBeLessThan(120)
  const [first] = summary.failed
  expect(first).toMatchObject({ variable: 'alignment', tick: 5 })
  expect(first!.of).not.toBe('')
  const judged = summary.outcomes.reduce((sum, { count }) => sum + count, 0)
  expect(judged).toBe(200 - summary.failed.length)
  for (const { median } of summary.indices) expect(median).not.toBeNaN()
  await rm(folder, { recursive: true })
})
