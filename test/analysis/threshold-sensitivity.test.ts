import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wilson } from '../../sim/analysis/intervals.ts'
import {
  type JudgedRows,
  type ThresholdSensitivity,
  thresholdSensitivity,
  thresholdSensitivityOf,
} from '../../sim/analysis/threshold-sensitivity.ts'
import { serialExecutor } from '../../sim/execute/serial.ts'
import { type BatchResult, runBatch } from '../../sim/experiment.ts'
import { outcomes } from '../../sim/model/outcomes.ts'
import { shippedDocument } from '../world.ts'

const document = await shippedDocument('cis-plus-2030')

/** Runs that differ in the growth of their gap alone; it comes from practice that leaves, too little for realignment. */
function runsOf(gaps: readonly number[]): JudgedRows {
  const column = (value: (gap: number) => number) => Float64Array.from(gaps, value)
  return {
    rows: gaps.length,
    start: { ID: 0.6, OP: 0.4, gap: 0.2, lead_RU: 0.5 },
    final: {
      ID: column(() => 0.6),
      OP: column(gap => 0.4 - gap),
      gap: column(gap => 0.2 + gap),
      v: column(() => 0.5),
      lead_RU: column(() => 0.5),
      ext: column(() => 0),
      breadth: column(() => 1),
    },
  }
}

const shareOf = (of: { shares: ThresholdSensitivity['given']['shares'] }, outcome: string) =>
  of.shares.find(share => share.outcome === outcome)!

describe('the sensitivity to thresholds', () => {
  test('counts runs whose gap grows past half, once and one and a half times what counts as duality', () => {
    const found = thresholdSensitivity(runsOf([0.005, 0.015, 0.025, 0.035]), document.thresholds)
    const duality = found.outcomes.find(({ outcome }) => outcome === 'duality')!
    expect([duality.looser.moved, duality.stricter.moved]).toEqual([{ dual_gap: 0.01 }, { dual_gap: 0.03 }])
    expect([duality.looser, found.given, duality.stricter].map(one => shareOf(one, 'duality'))).toEqual(
      [3, 2, 1].map(count => ({ outcome: 'duality', ...wilson(count, 4) })),
    )
    expect(shareOf(duality.stricter, 'status_quo').share).toBe(0.75)
  })

  test('moves every other limit by half of its scale, towards more runs and towards fewer', () => {
    const { outcomes: all, single } = thresholdSensitivity(runsOf([0]), document.thresholds)
    const moved = (outcome: string) => all.find(one => one.outcome === outcome)!
    expect(moved('shell').looser.moved).toEqual({ shell_v: 0.33 + 0.075, shell_breadth: 0.85 - 0.075 })
    expect(moved('realignment').stricter.moved).toEqual({
      realign_id: 0.05 + 0.015,
      realign_op: 0.06 + 0.015,
      realign_breadth: 0.85 - 0.025,
    })
    expect(moved('council').limits).toEqual(['council_v', 'council_lead', 'council_ext'])
    const limits = Object.keys(document.thresholds).filter(name => !/scale$|^ambiguous$|^actor_/.test(name))
    expect(single.flatMap(one => one.limits).sort()).toEqual(limits.sort())
  })
})

describe('of a batch', () => {
  let folder: string
  let result: BatchResult
  let found: ThresholdSensitivity
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'thresholds-'))
    const request = { id: 'cis-plus-2030', document, executor: serialExecutor(), runs: 1000 }
    result = await runBatch({ ...request, directory: join(folder, 'batch') })
    found = (await thresholdSensitivityOf(result.batch, result.summary))!
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('the shares with the thresholds in force are those the batch counted, exactly', () => {
    expect(found.rows).toBe(1000)
    expect(found.given.shares).toEqual(result.summary.outcomes)
  })

  test('no outcome is rarer where its limits are looser, or more frequent where they are stricter', () => {
    expect(found.outcomes.map(({ outcome }) => outcome)).toEqual([...outcomes])
    for (const { outcome, looser, stricter } of [...found.outcomes, ...found.single]) {
      const [less, given, more] = [stricter, found.given, looser].map(one => shareOf(one, outcome).count)
      expect(less, outcome).toBeLessThanOrEqual(given!)
      expect(more, outcome).toBeGreaterThanOrEqual(given!)
    }
    const duality = found.outcomes.find(({ outcome }) => outcome === 'duality')!
    expect(shareOf(duality.looser, 'duality').count).toBeGreaterThan(shareOf(duality.stricter, 'duality').count)
  })

  test('nothing is told of runs that this version would judge otherwise', async () => {
    const { batch, summary } = result
    const thresholds = { ...document.thresholds, dual_gap: 0.01 }
    const other = { ...batch, scenario: { ...batch.scenario, document: { ...document, thresholds } } }
    expect(await thresholdSensitivityOf(other, summary)).toBeUndefined()
  })
})
