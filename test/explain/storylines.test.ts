import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rerunsOf, storedRow } from '../../sim/analysis/reruns.ts'
import { representatives, scalesOf, trajectoryDistance } from '../../sim/analysis/storyline-distance.ts'
import { type Storylines, storylinesOf } from '../../sim/analysis/storylines.ts'
import { outcomes } from '../../sim/model/outcomes.ts'
import { shippedDocument } from '../world.ts'
import { type TemporaryBatch, temporaryBatch } from './batches.ts'

describe('the runs that stand for a set', () => {
  const points = fc.array(
    fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
    {
      minLength: 1,
      maxLength: 25,
    },
  )

  test('are the medoid and two that lie apart, in 1,000 random sets', () => {
    fc.assert(
      fc.property(points, list => {
        const distance = (a: number, b: number) => Math.hypot(list[a]![0] - list[b]![0], list[a]![1] - list[b]![1])
        const places = [...list.keys()]
        const total = (a: number) => places.reduce((sum, b) => sum + distance(a, b), 0)
        const found = representatives(list.length, distance)
        for (const a of places) expect(total(found.medoid)).toBeLessThanOrEqual(total(a) + 1e-12)
        const chosen = [found.medoid, ...found.contrasts]
        expect(new Set(chosen).size).toBe(Math.min(3, list.length))
        expect(found.distances).toEqual(found.contrasts.map(a => distance(found.medoid, a)))
        const byDistance = places
          .filter(a => a !== found.medoid)
          .sort((a, b) => distance(found.medoid, a) - distance(found.medoid, b))
        const typical = byDistance.slice(0, Math.max(2, Math.ceil(0.9 * byDistance.length)))
        if (found.contrasts.length > 0) {
          const reach = Math.max(...typical.map(a => distance(found.medoid, a)))
          expect(distance(found.medoid, found.contrasts[0]!)).toBe(reach)
        }
      }),
      { numRuns: 1000, seed: 4 },
    )
    expect(() => representatives(0, () => 0)).toThrow('expected at least one run')
  })

  test('are compared in standard deviations, and not by what never differs', () => {
    const paths = [
      [0, 5, 1, 7],
      [2, 5, 3, 7],
      [4, 5, 5, 7],
    ].map(path => Float64Array.from(path))
    const scales = scalesOf(paths, 2)
    expect(scales[1]).toBeGreaterThan(0)
    const flat = scalesOf(
      paths.map(path => path.map((value, n) => (n % 2 === 1 ? 3 : value))),
      2,
    )
    expect(flat[1]).toBe(0)
    const values = [0, 1, 2, 3, 4, 5]
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - 2.5) ** 2, 0) / 6)
    expect(flat[0]).toBeCloseTo(1 / deviation, 14)
    expect(trajectoryDistance([0], [2], [3], 1)).toBe(6)
  })
})

describe('the storylines of a batch', () => {
  let made: TemporaryBatch
  let found: Storylines
  beforeAll(async () => {
    made = await temporaryBatch(await shippedDocument('cis-plus-2030'), 400)
    found = await storylinesOf(made.batch)
  })
  afterAll(() => made?.remove())

  test('tell up to three runs of every outcome that occurs, each stored with that outcome', async () => {
    expect(found.looked).toBe(400)
    expect(found.outcomes.reduce((sum, { runs }) => sum + runs, 0)).toBe(400)
    expect(found.outcomes.length).toBeGreaterThan(3)
    for (const { outcome, runs, candidates, stories } of found.outcomes) {
      expect(stories).toHaveLength(Math.min(3, runs))
      expect(candidates).toBe(Math.min(200, runs))
      expect(stories.map(({ role }) => role)).toEqual(['medoid', 'contrast', 'contrast'].slice(0, stories.length))
      for (const story of stories) {
        const row = await storedRow(made.batch, story.run)
        expect(row[made.batch.layout.at.outcome]).toBe(outcomes.indexOf(outcome))
        expect(row[made.batch.layout.at.margin]).toBe(story.margin)
      }
    }
  })

  test('are the same each time', async () => {
    expect(await storylinesOf(made.batch)).toEqual(found)
  })

  test('have causes that add up to the mean change of an outcome, yearly ones to what moved in the year, and years to what moved in the run', () => {
    const sum = (parts: readonly { part: number }[]) => parts.reduce((total, { part }) => total + part, 0)
    for (const { stories, core } of found.outcomes) {
      expect(Math.abs(sum(core.causesOfID) - core.ID)).toBeLessThan(1e-12)
      expect(Math.abs(sum(core.causesOfOP) - core.OP)).toBeLessThan(1e-12)
      for (const { periods, paths } of stories) {
        expect(periods.map(({ to }) => to)).toEqual([4, 8, 12, 16, 20])
        for (const { ID, OP, causesOfID, causesOfOP, mover } of periods) {
          expect(Math.abs(sum(causesOfID) - ID)).toBeLessThan(1e-12)
          expect(Math.abs(sum(causesOfOP) - OP)).toBeLessThan(1e-12)
          expect(Math.abs(sum(mover.causes) - mover.OP)).toBeLessThan(1e-12)
          const sizes = causesOfOP.map(({ part }) => Math.abs(part))
          expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
        }
        const years = periods.reduce((total, { OP }) => total + OP, 0)
        expect(Math.abs(years - (paths.OP[20]! - paths.OP[0]!))).toBeLessThan(1e-12)
      }
    }
  })

  test('name the inputs by which runs of an outcome differ from all runs', () => {
    for (const { leanings } of found.outcomes) {
      expect(leanings).toHaveLength(5)
      for (const { here, overall, deviations } of leanings)
        expect(Math.sign(here - overall)).toBe(Math.sign(deviations))
    }
    const consolidation = found.outcomes.find(({ outcome }) => outcome === 'consolidation')!
    expect(consolidation.leanings[0]!.input).toBe('delivered')
    expect(consolidation.leanings[0]!.deviations).toBeGreaterThan(0.3)
    expect(rerunsOf(made.batch).scenario.uncertainties.length).toBeGreaterThan(50)
  })
})
