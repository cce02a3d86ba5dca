import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { createAttribution, type DriverName, driverNames } from '../../sim/model/attribution.ts'
import { createGroupMeans, type GroupIndex } from '../../sim/model/group-means.ts'
import { I, type IndexName, indexNames } from '../../sim/model/indices.ts'
import { actorOutcomes, outcomes } from '../../sim/model/outcomes.ts'
import type { Result } from '../../sim/model/simulate.ts'
import { runOf, simulatorOf } from './variant.ts'

/** Runs of an independent implementation, one file a variant. */
interface Golden {
  readonly actors: readonly string[]
  readonly variant: string
  readonly overrides: Record<string, number>
  readonly runs: readonly GoldenRun[]
}

interface GoldenRun {
  readonly seed: number
  readonly run: number
  readonly outcome: string
  readonly ambiguous: boolean
  readonly scores: Record<string, number>
  readonly indices: Record<IndexName, number[]>
  readonly alignment: number[]
  readonly tier: number[]
  readonly vitality: number[]
  readonly threat: number[]
  readonly credibility: number[]
  readonly actorOutcomes: string[]
  /** By actor/domain/option. */
  readonly attribution: Record<string, Record<DriverName, number>>
  readonly groups?: Record<string, Record<string, number[]>>
}

const tolerance = 1e-9
const folder = new URL('../golden/', import.meta.url)
const variants = readdirSync(folder)
  .filter(name => name.startsWith('run-'))
  .map(name => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Golden)
const cases = variants.flatMap(golden => golden.runs.map(run => ({ golden, expected: run })))

let compared = 0
let largest = { deviation: 0, where: 'nowhere' }

/** Compares columns to the tolerance and remembers the largest deviation of all. */
function compare(got: ArrayLike<number>, expected: readonly number[], where: string): void {
  expect(got.length, where).toBe(expected.length)
  for (let n = 0; n < expected.length; n++) {
    const deviation = Math.abs(got[n]! - expected[n]!)
    expect(deviation, `${where} ${n}: ${got[n]} for ${expected[n]}`).toBeLessThanOrEqual(tolerance)
    if (deviation > largest.deviation) largest = { deviation, where: `${where} ${n}` }
    compared++
  }
}

const column = (values: Float64Array, width: number, n: number) => values.filter((_, cell) => cell % width === n)

function compareEnd(result: Result, expected: GoldenRun, where: string): void {
  const { world } = result
  compare(world.alignment, expected.alignment, `${where} alignment`)
  compare(world.vitality, expected.vitality, `${where} vitality`)
  compare(world.threat, expected.threat, `${where} threat`)
  compare(world.credibility, expected.credibility, `${where} credibility`)
  compare(
    result.scores,
    outcomes.map(outcome => expected.scores[outcome]!),
    `${where} scores`,
  )
  expect([...world.tier]).toEqual(expected.tier)
}

describe('runs of an independent implementation of the same model', () => {
  test('are 36, of 15 variants, some with group means', () => {
    expect(variants).toHaveLength(15)
    expect(cases).toHaveLength(36)
    expect(cases.filter(({ expected }) => expected.groups)).toHaveLength(3)
    expect(cases.flatMap(({ expected }) => Object.keys(expected.attribution)).length).toBeGreaterThan(60)
  })

  test.each(cases)(
    '$golden.variant, seed $expected.seed, run $expected.run comes out alike',
    async ({ golden, expected }) => {
      const simulator = await simulatorOf({ parameters: golden.overrides })
      const { scenario } = simulator.model
      const attribution = createAttribution(simulator.model)
      const groups = createGroupMeans(simulator.model)
      const result = runOf(simulator, expected.seed, expected.run, {}, sight => {
        attribution.onlooker(sight)
        groups.onlooker(sight)
      })
      const where = `${golden.variant}/${expected.seed}/${expected.run}`

      expect(result.failure).toBeUndefined()
      expect(scenario.actors).toEqual(golden.actors)
      expect(Object.keys(expected.indices).sort()).toEqual([...indexNames].sort())
      for (const name of indexNames) {
        compare(column(result.indices, indexNames.length, I[name]), expected.indices[name], `${where} ${name}`)
      }
      compareEnd(result, expected, where)
      expect(outcomes[result.outcome]).toBe(expected.outcome)
      expect(result.margin < scenario.document.thresholds.ambiguous).toBe(expected.ambiguous)
      expect([...result.actorOutcome].map(n => actorOutcomes[n])).toEqual(expected.actorOutcomes)

      for (const [cell, parts] of Object.entries(expected.attribution)) {
        const [actor, domain, option] = cell.split('/') as [string, string, string]
        const row = scenario.actors.indexOf(actor) * scenario.sizes.D + scenario.domains.indexOf(domain)
        const at = row * scenario.sizes.P + scenario.options.indexOf(option)
        expect(Object.keys(parts)).toEqual([...driverNames])
        compare(
          driverNames.map(name => attribution.parts[name][at]!),
          Object.values(parts),
          `${where} ${cell}`,
        )
      }
      for (const [id, means] of Object.entries(expected.groups ?? {})) {
        expect(Object.keys(means).sort()).toEqual(Object.keys(groups.series[id]!).sort())
        for (const [name, values] of Object.entries(means))
          compare(groups.series[id]![name as GroupIndex], values, `${where} ${id} ${name}`)
        const g = scenario.groups.findIndex(group => group.id === id)
        compare(column(result.groupInstitutional, scenario.groups.length, g), means.ID!, `${where} ${id} institutional`)
        compare(column(result.groupOperational, scenario.groups.length, g), means.OP!, `${where} ${id} operational`)
      }
    },
  )

  afterAll(() => {
    const { deviation, where } = largest
    console.log(
      `golden runs: ${compared} numbers compared, largest deviation ${deviation.toExponential(2)} at ${where}`,
    )
  })
})
