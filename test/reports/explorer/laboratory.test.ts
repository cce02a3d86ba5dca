import { beforeAll, describe, expect, test } from 'vitest'
import { createBlockComputer } from '../../../reports/explorer/engine/block.ts'
import { compareEnsembles } from '../../../reports/explorer/engine/compare-ensembles.ts'
import { startCrew } from '../../../reports/explorer/engine/crew.ts'
import { splitByDriver } from '../../../reports/explorer/engine/driver-parts.ts'
import { createLaboratory, type Laboratory } from '../../../reports/explorer/engine/laboratory.ts'
import { withChanges } from '../../../reports/explorer/point.ts'
import type { ScenarioDocument } from '../../../sim/scenario/schema.ts'
import { shippedDocument } from '../../world.ts'

let main: ScenarioDocument
let laboratory: Laboratory

beforeAll(async () => {
  main = await shippedDocument('cis-plus-2030')
  // Without workers for pages, as here, the crew is this thread.
  laboratory = createLaboratory(await startCrew('', 2), 400)
})

describe('an ensemble of the explorer', () => {
  test('has the same runs in blocks of any size', async () => {
    const ensemble = laboratory.ensemble(main, 'blocks')
    expect(await laboratory.grow([ensemble], 150, () => undefined)).toBe(true)
    const whole = createBlockComputer(main, 'blocks')(0, 150)
    const columns = Array.from({ length: ensemble.columns.width }, (_, column) => column)
    const unlike = columns.filter(column => {
      const own = whole.numbers.subarray(column * 150, (column + 1) * 150)
      return ensemble.column(column, 150).some((value, run) => value !== own[run])
    })
    expect(columns.length).toBeGreaterThan(1000)
    expect(unlike).toEqual([])
    expect(Array.from({ length: 150 }, (_, run) => ensemble.outcomeOf(run))).toEqual([...whole.outcome])
    expect(ensemble.outcomeShares(150).reduce((sum, { count }) => sum + count, 0)).toBe(150)
  })

  test('keeps its runs when its room grows', async () => {
    const ensemble = laboratory.ensemble(main, 'room')
    await laboratory.grow([ensemble], 200, () => undefined)
    const before = Array.from(ensemble.column(700, 200))
    await laboratory.grow([ensemble], 400, () => undefined)
    expect(ensemble.runs).toBe(400)
    expect(Array.from(ensemble.column(700, 200))).toEqual(before)
  })

  test('is left alone as soon as something else is wanted', async () => {
    const [stale, wanted] = [laboratory.ensemble(main, 'stale'), laboratory.ensemble(main, 'wanted')]
    let next: Promise<boolean> | undefined
    const first = laboratory.grow([stale], 400, () => {
      next ??= laboratory.grow([wanted], 100, () => undefined)
    })
    expect(await first).toBe(false)
    expect(await next).toBe(true)
    expect(stale.runs).toBeLessThanOrEqual(100)
    expect(wanted.runs).toBe(100)
  })

  test('differs in nothing from its twin whose parameter keeps its value, and moves where one is moved', async () => {
    const twin = withChanges(main, { need_weight: 0.4 })
    const other = withChanges(main, { delivered: 0.95 })
    expect(other.levers.delivered).toEqual({ distribution: 'fixed', value: 0.95 })
    const [a, b, c] = [main, twin, other].map(one => laboratory.ensemble(one, 'pairs')) as [never, never, never]
    await laboratory.grow([a, b, c], 200, () => undefined)
    const same = [...compareEnsembles(a, b)!.values()]
    expect(same.length).toBeGreaterThan(100)
    expect(same.map(({ difference }) => difference.value).filter(value => value !== 0)).toEqual([])
    const moved = compareEnsembles(a, c)!
    expect(moved.get('v')!.verdict).toBe('changed')
    expect(moved.get('v')!.difference.lower).toBeGreaterThan(0.1)
  })

  test('splits the change of a state by driver without a remainder', () => {
    const split = splitByDriver(main, 'split', 'KAZ', 40)
    expect(split.runs).toBe(40)
    for (const { start, end, parts } of [split.ID, split.OP, split.gap]) {
      expect(parts.length).toBeGreaterThan(15)
      expect(Math.abs(parts.reduce((sum, { mean }) => sum + mean, 0) - (end - start))).toBeLessThan(1e-12)
    }
    expect(() => splitByDriver(main, 'split', 'ATL', 1)).toThrow('actor: expected an actor of the scenario, got ATL')
  })

  test('that fails says so, and is made anew when it is wanted again', async () => {
    const broken = { ...main, events: { x: {} } } as unknown as ScenarioDocument
    await expect(laboratory.grow([laboratory.ensemble(broken, '1')], 10, () => undefined)).rejects.toThrow()
    const healthy = laboratory.ensemble(main, 'after')
    expect(await laboratory.grow([healthy], 50, () => undefined)).toBe(true)
  })
})
