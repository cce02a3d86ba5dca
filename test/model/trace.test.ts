import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import type { Sight } from '../../sim/model/simulate.ts'
import type { World } from '../../sim/model/world.ts'
import { runOf, simulatorOf } from './variant.ts'

interface Trace {
  readonly seed: number
  readonly run: number
  readonly overrides: Record<string, number>
  readonly ticks: readonly Tick[]
}

/** A state as an independent implementation wrote it; the names are those of `World`. */
type Tick = Readonly<Record<(typeof scalars)[number] | 'tick', number>> &
  Readonly<Record<(typeof columns)[number], number[]>> & { readonly actors: Readonly<Record<string, ActorState>> }
type ActorState = Readonly<Record<(typeof actorScalars)[number], number>> &
  Readonly<Record<'tier' | 'z' | 'alignment', number[]>>

const scalars = ['war', 'capacity', 'sanctions', 'delivered', 'coercions'] as const
const columns = ['growth', 'corridorGrowth', 'corridorLoss', 'vitality'] as const
const actorScalars = ['credibility', 'threat', 'insecurity', 'leader', 'settlement', 'projects'] as const

const tolerance = 1e-9
const trace = JSON.parse(
  readFileSync(new URL('../golden/trace-strong-coercion.json', import.meta.url), 'utf8'),
) as Trace

let largest = 0
function compare(got: ArrayLike<number>, expected: readonly number[], where: string): void {
  expect(got.length, where).toBe(expected.length)
  for (let n = 0; n < expected.length; n++) {
    const deviation = Math.abs(got[n]! - expected[n]!)
    expect(deviation, `${where} ${n}: ${got[n]} for ${expected[n]}`).toBeLessThanOrEqual(tolerance)
    largest = Math.max(largest, deviation)
  }
}

/** The state of one actor, copied out of the columns. */
function actorState(world: World, i: number, perActor: number, institutions: number): ActorState {
  return {
    ...(Object.fromEntries(actorScalars.map(name => [name, world[name][i]!])) as Record<
      (typeof actorScalars)[number],
      number
    >),
    tier: [...world.tier.subarray(i * institutions, (i + 1) * institutions)],
    z: [...world.z.subarray(i * perActor, (i + 1) * perActor)],
    alignment: [...world.alignment.subarray(i * perActor, (i + 1) * perActor)],
  }
}

describe('one run of an independent implementation, state by state', () => {
  test('has 21 ticks, three actors and every variable of the world', () => {
    expect(trace.ticks.map(({ tick }) => tick)).toEqual([...Array(21).keys()])
    const first = trace.ticks[0]!
    expect(Object.keys(first.actors)).toEqual(['KAZ', 'ARM', 'CHN'])
    expect(Object.keys(first).sort()).toEqual(['actors', 'tick', ...scalars, ...columns].sort())
    for (const state of Object.values(first.actors)) {
      expect(Object.keys(state).sort()).toEqual(['alignment', 'tier', 'z', ...actorScalars].sort())
    }
  })

  test('agrees at every tick', async () => {
    const simulator = await simulatorOf({ parameters: trace.overrides })
    const { actors, sizes } = simulator.model.scenario
    let seen = 0
    runOf(simulator, trace.seed, trace.run, {}, ({ tick, next }: Sight) => {
      const expected = trace.ticks[tick]!
      for (const name of scalars) compare([next[name]], [expected[name]], `tick ${tick} ${name}`)
      for (const name of columns) compare(next[name], expected[name], `tick ${tick} ${name}`)
      for (const [id, state] of Object.entries(expected.actors)) {
        const got = actorState(next, actors.indexOf(id), sizes.D * sizes.P, sizes.M)
        const where = `tick ${tick} ${id}`
        for (const name of actorScalars) compare([got[name]], [state[name]], `${where} ${name}`)
        compare(got.z, state.z, `${where} z`)
        compare(got.alignment, state.alignment, `${where} alignment`)
        expect(got.tier, where).toEqual(state.tier)
      }
      seen++
    })
    expect(seen).toBe(21)
  })

  afterAll(() => console.log(`golden trace: largest deviation ${largest.toExponential(2)}`))
})
