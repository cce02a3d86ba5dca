import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chanceOf } from '../../sim/analysis/chance.ts'
import { driversOf } from '../../sim/analysis/drivers.ts'
import { sampleRuns } from '../../sim/analysis/run-sample.ts'
import { splitVariance } from '../../sim/analysis/variance-split.ts'
import { serialExecutor } from '../../sim/execute/serial.ts'
import { runBatch } from '../../sim/experiment.ts'
import type { Batch } from '../../sim/store/batch.ts'
import { shippedDocument } from '../world.ts'

let folder: string
const batches = new Map<string, Batch>()
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drivers-'))
  const document = await shippedDocument('cis-plus-2030')
  const make = async (name: string, more: object) => {
    const request = { id: 'cis-plus-2030', document, directory: join(folder, name), executor: serialExecutor() }
    batches.set(name, (await runBatch({ ...request, ...more })).batch)
  }
  await make('plain', { runs: 1000 })
  await make('replicated', { runs: 700, replications: 7 })
  await make('blocks', { runs: 142, design: 'saltelli' })
})
afterAll(() => rm(folder, { recursive: true }))

describe('what drives a batch', () => {
  it('is the twelve strongest inputs for the gap and for the outcome, the same each time', async () => {
    const found = (await driversOf(batches.get('plain')!))!
    expect(found).toMatchObject({ rows: 1000, inputs: 69 })
    expect(Object.keys(found.gap!.delta)).toHaveLength(12)
    expect(found.outcome!.delta.delivered!.value).toBeGreaterThan(found.outcome!.noise)
    expect(found).toEqual(await driversOf(batches.get('plain')!))
  })

  it('counts a point once, however often it was run', async () => {
    expect(await driversOf(batches.get('replicated')!)).toBeUndefined()
  })

  it('is not told of blocks, whose runs are no sample of points', async () => {
    expect(await driversOf(batches.get('blocks')!)).toBeUndefined()
  })
})

describe('chance in a batch', () => {
  it('is split over whole points, also where parts cut through them', async () => {
    const batch = batches.get('replicated')!
    const { columns } = await sampleRuns(batch, ['gap'], 700)
    const split = (await chanceOf(batch)).find(({ outcome }) => outcome === 'gap')!
    expect(split).toEqual(splitVariance('gap', columns.get('gap')!, 7))
    expect(split.points).toBe(100)
    expect(split.lower).toBeLessThan(split.share)
    expect(split.upper).toBeGreaterThan(split.share)
  })

  it('cannot be told without replications', async () => {
    expect(await chanceOf(batches.get('plain')!)).toEqual([])
  })
})

describe('the jackknife of the split', () => {
  it('holds the true share in about 95 of 100 samples', () => {
    let held = 0
    for (let sample = 0; sample < 300; sample++) {
      let state = sample * 7919 + 1
      const uniform = () => {
        state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
        return state / 0x7fffffff
      }
      const normal = () => Array.from({ length: 12 }, uniform).reduce((sum, u) => sum + u, -6)
      const values = Array.from({ length: 120 }, normal).flatMap(point =>
        Array.from({ length: 4 }, () => point + normal()),
      )
      const { lower, upper } = splitVariance('y', values, 4)
      if (lower <= 0.5 && 0.5 <= upper) held++
    }
    expect(held / 300).toBeGreaterThan(0.91)
    expect(held / 300).toBeLessThan(0.99)
  })
})
