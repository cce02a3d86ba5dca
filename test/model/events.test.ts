import { describe, expect, test } from 'vitest'
import type { Sight, Simulator } from '../../sim/model/simulate.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { type Changes, copyOf, event, runOf, simulatorFor, simulatorOf, variant } from './variant.ts'

/**
 * What each effect of an event does, seen from inside: in a sight, `prev` is the state the equations of a tick start
 * from, with the events applied, and `next` the state they end with.
 */

const start = 6
const eachTick = <T>(simulator: Simulator, look: (sight: Sight) => T, run = 1): T[] => {
  const seen: T[] = []
  runOf(simulator, 11, run, {}, sight => seen.push(look(sight)))
  return seen
}
const withEvent = (effects: readonly object[], rest: Changes = {}, changes: Changes = {}) =>
  simulatorOf({ ...changes, events: { change: event(effects, rest) } })

/** By how much the events of each tick moved a value, beyond where the last tick left it. */
function pushes(simulator: Simulator, read: (world: Sight['next']) => number): number[] {
  let left = Number.NaN
  return eachTick(simulator, ({ tick, prev, next }) => {
    const push = tick === 0 ? 0 : read(prev) - left
    left = read(next)
    return push
  })
}

const only = (values: Record<number, number>) => Array.from({ length: 21 }, (_, tick) => values[tick] ?? 0)
const close = (got: readonly number[], expected: readonly number[]) =>
  got.forEach((value, n) => {
    expect(value, `tick ${n}`).toBeCloseTo(expected[n]!, 12)
  })

const plain = await simulatorOf()
const { scenario } = plain.model
const at = {
  actor: (id: string) => scenario.actors.indexOf(id),
  institution: (id: string) => scenario.institutions.indexOf(id),
  corridor: (id: string) => scenario.corridors.indexOf(id),
  option: (id: string) => scenario.options.indexOf(id),
  parameter: (name: string) => scenario.parameterIndex.get(name)!,
}
const { M, K } = scenario.sizes

describe('an effect on a parameter', () => {
  const inForce = (simulator: Simulator, name: string) =>
    eachTick(simulator, ({ settings }) => settings.parameters[at.parameter(name)]!)
  const during = (outside: number, inside: number, end: number) =>
    Array.from({ length: 21 }, (_, tick) => (tick >= start && tick < end ? inside : outside))

  test('adds for the duration and lapses', async () => {
    close(inForce(await withEvent([{ parameter: 'b_win', add: 0.5 }], { duration: 3 }), 'b_win'), during(0.8, 1.3, 9))
  })

  test('sets to the end of the run without a duration', async () => {
    close(inForce(await withEvent([{ parameter: 'b_win', set: 0.1 }]), 'b_win'), during(0.8, 0.1, 21))
  })

  test('stays inside the bounds', async () => {
    close(inForce(await withEvent([{ parameter: 'delivered', add: 0.9 }]), 'delivered'), during(0.5, 1, 21))
  })

  test('adds up with others, whichever ends first', async () => {
    const events = {
      long: event([{ parameter: 'b_win', add: 1 }], { duration: 6 }),
      short: event([{ parameter: 'b_win', add: 0.25 }], { at: '2027Q3', duration: 2 }),
    }
    const expected = only({ 6: 1, 7: 1.25, 8: 1.25, 9: 1, 10: 1, 11: 1 }).map(added => 0.8 + added)
    close(inForce(await simulatorOf({ events }), 'b_win'), expected)
    close(inForce(await simulatorOf({ events: { short: events.short, long: events.long } }), 'b_win'), expected)
  })

  test('reaches the equations of its own quarter', async () => {
    const spread = 'sigma_R'
    const [calm, wild] = [plain, await withEvent([{ parameter: spread, set: 0.5 }], { duration: 1 })]
    const capacity = (simulator: Simulator) => eachTick(simulator, ({ next }) => next.capacity)
    const [a, b] = [capacity(calm), capacity(wild)]
    expect(b.slice(0, start)).toEqual(a.slice(0, start))
    expect(Math.abs(b[start]! - a[start]!)).toBeGreaterThan(0.01)
  })

  test('reaches the sensitivities made of it', async () => {
    const stronger = await withEvent([{ parameter: 'b_growth', set: 1 }], { duration: 2 })
    const economic = eachTick(stronger, ({ settings }) => settings.growth[2]!)
    close(
      economic,
      only({ 6: 0.5, 7: 0.5 }).map(more => 0.5 + more),
    )
  })
})

describe('an effect on a driver', () => {
  test('adds once, at the start', async () => {
    const added = await withEvent([{ driver: 'capacity', add: 0.2 }], { duration: 4 })
    close(
      pushes(added, world => world.capacity),
      only({ 6: 0.2 }),
    )
  })

  test('sets in each quarter of the duration', async () => {
    const held = await withEvent([{ driver: 'sanctions', set: 0.25 }], { duration: 3 })
    const started = eachTick(held, ({ prev }) => prev.sanctions)
    expect(started.slice(6, 9)).toEqual([0.25, 0.25, 0.25])
    expect(started[5]).not.toBe(0.25)
    expect(pushes(held, world => world.sanctions)[9]).toBe(0)
  })

  test.each([
    ['growth', 'china', 0.3, (world: Sight['next']) => world.growth[at.option('china')]!],
    ['vitality', 'SCO', -0.1, (world: Sight['next']) => world.vitality[at.institution('SCO')]!],
  ] as const)('moves %s of %s and no other', async (driver, of, add, read) => {
    const moved = await withEvent([{ driver, of, add }])
    close(pushes(moved, read), only({ 6: add }))
    const all = (world: Sight['next']) => world[driver].reduce((sum, value) => sum + value, 0)
    close(pushes(moved, all), only({ 6: add }))
  })

  test('moves the war to another state, and stays inside the ranges', async () => {
    const peace = await withEvent([
      { driver: 'war', set: 2 },
      { driver: 'capacity', add: -0.95 },
    ])
    const states = eachTick(peace, ({ prev }) => [prev.war, prev.capacity])
    expect(states[start]).toEqual([2, 0.05])
    expect(eachTick(peace, ({ next }) => next.war).slice(start)).toEqual(Array(15).fill(2))
  })
})

describe('an effect on a variable of actors', () => {
  const states = {
    threat: ['threat', 0.3],
    insecurity_felt: ['insecurity', 0.3],
    leader: ['leader', 1.5],
    credibility: ['credibility', -0.2],
    settlement: ['settlement', -0.4],
    projects: ['projects', 0.3],
  } as const

  test.each(Object.entries(states))('adds to %s once, of the named actors only', async (variable, [column, add]) => {
    const moved = await withEvent([{ variable, add }], { actors: ['KAZ', 'UZB'] })
    for (const id of ['KAZ', 'UZB'])
      close(
        pushes(moved, world => world[column][at.actor(id)]!),
        only({ 6: add }),
      )
    close(
      pushes(moved, world => world[column].reduce((sum, value) => sum + value, 0)),
      only({ 6: 2 * add }),
    )
  })

  test('holds a state for the duration', async () => {
    const held = await withEvent([{ variable: 'threat', set: 0.9 }], { actors: ['KAZ'], duration: 2 })
    const started = eachTick(held, ({ prev }) => prev.threat[at.actor('KAZ')]!)
    expect(started.slice(6, 8)).toEqual([0.9, 0.9])
    expect(pushes(held, world => world.threat[at.actor('KAZ')]!)[8]).toBe(0)
  })

  test('changes a constant for the duration, of all actors unless some are named', async () => {
    const sovereignty = (simulator: Simulator) =>
      eachTick(simulator, ({ settings }) => [...settings.constants.sovereignty])
    const [usual] = sovereignty(plain)
    const seen = sovereignty(await withEvent([{ variable: 'sovereignty', add: 0.2 }], { duration: 2 }))
    seen.forEach((values, tick) => {
      close(
        values,
        usual!.map(value => value + (tick === 6 || tick === 7 ? 0.2 : 0)),
      )
    })
  })

  test.each([
    ['corridor_exposure', 'middle', at.actor('KAZ') * K + at.corridor('middle')],
    ['up_appetite', 'SCO', at.actor('KAZ') * M + at.institution('SCO')],
    ['down_tendency', 'EAEU', at.actor('KAZ') * M + at.institution('EAEU')],
  ] as const)('changes %s towards %s in one cell', async (variable, of, cell) => {
    const changed = await withEvent([{ variable, of, set: 0.875 }], { actors: ['KAZ'], duration: 1 })
    const seen = eachTick(changed, ({ settings }) => [...settings.constants[variable]])
    const others = (values: readonly number[]) => values.filter((_, n) => n !== cell)
    expect(seen[start]![cell]).toBe(0.875)
    expect(others(seen[start]!)).toEqual(others(seen[0]!))
    expect(seen[start + 1]).toEqual(seen[0])
    expect(seen[0]![cell]).not.toBe(0.875)
  })
})

describe('an effect that leads out of the finite numbers', () => {
  const strong = { political: 0, security: 0, economic: 10, transport: 0, cultural: 0 }

  test('ends the run with the variable, the actor and the tick', async () => {
    const document = await variant({ events: { surge: event([{ driver: 'growth', of: 'china', add: 1 }]) } })
    const beyond = structuredClone(document) as ScenarioDocument
    Object.assign(beyond.events.surge!.effects[0]!, { add: 1e6 })
    const result = runOf(simulatorFor(beyond), 1, 0)
    expect(result.failure).toEqual({ variable: 'alignment', of: 'ARM', tick: start })
  })

  test('can come from a scenario file that stays inside every bound', async () => {
    const edge = await simulatorOf({
      parameters: { b_growth: 10, kappa_economic: 1 },
      weights: { growth: strong },
      events: { surge: event([{ driver: 'growth', of: 'china', add: 10 }]) },
    })
    expect(runOf(edge, 1, 0).failure).toEqual({ variable: 'alignment', of: 'ARM', tick: start })
  })

  test('leaves nothing behind for the next run', async () => {
    const events = {
      surge: event(
        [
          { driver: 'growth', of: 'china', add: 10 },
          { parameter: 'b_growth', set: 10 },
          { variable: 'sovereignty', add: 0.5 },
        ],
        { probability: 0.5 },
      ),
    }
    const changes = { parameters: { kappa_economic: 1 }, weights: { growth: strong }, events }
    const used = await simulatorOf(changes)
    const outcomes = Array.from({ length: 12 }, (_, run) => {
      const again = copyOf(runOf(used, 4, run, {}, () => {}))
      return { again, failed: again.failure !== undefined, run }
    })
    expect(new Set(outcomes.map(({ failed }) => failed))).toEqual(new Set([true, false]))
    for (const { again, failed, run } of outcomes) {
      if (!failed) expect(copyOf(runOf(await simulatorOf(changes), 4, run, {}, () => {}))).toEqual(again)
    }
  })
})
