import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventReach } from '../../sim/analysis/event-reach.ts'
import { serialExecutor } from '../../sim/execute/serial.ts'
import { runBatch } from '../../sim/experiment.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { shippedDocument } from '../world.ts'

describe('the reach of events', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reach-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  async function reachIn(name: string, change = (document: ScenarioDocument) => document): Promise<[string, number][]> {
    const document = change(await shippedDocument(name))
    const request = { id: name, document, directory: join(folder, name), executor: serialExecutor(), runs: 40 }
    const { batch } = await runBatch(request)
    const reach = eventReach(batch)
    return batch.scenario.events.map(({ id }, n): [string, number] => [id, reach[n]!]).sort((a, b) => b[1] - a[1])
  }

  test.each([
    ['ukraine-settlement', 'settlement'],
    ['sanctions-wave', 'secondary_sanctions'],
  ])('puts first, in %s, the event the scenario is about', async (name, event) => {
    expect((await reachIn(name))[0]![0]).toBe(event)
  })

  test('is nothing for what changes nothing, and for what never happens', async () => {
    const reach = await reachIn('baseline', document => ({
      ...document,
      events: {
        idle: anEvent(0, 1),
        never: anEvent(0.3, 0),
        sure: anEvent(0.3, 1),
      },
    }))
    expect(Object.fromEntries(reach)).toMatchObject({ idle: 0, never: 0 })
    expect(reach[0]![0]).toBe('sure')
    expect(reach[0]![1]).toBeGreaterThan(0)
  })
})

/** Sanctions from the start of 2026. */
function anEvent(add: number, probability: number): ScenarioDocument['events'][string] {
  return {
    ...{ title: 'Sanctions', source: 'JUDGE', grade: 'D', at: '2026Q1', actors: 'all', probability },
    effects: [{ parameter: 'sanctions', add }],
  }
}
