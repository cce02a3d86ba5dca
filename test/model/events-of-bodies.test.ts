import { describe, expect, test } from 'vitest'
import type { Simulator } from '../../sim/model/simulate.ts'
import { tierNames } from '../../sim/scenario/names.ts'
import { type Changes, event, runOf, simulatorOf } from './variant.ts'

/** What events do to memberships and corridors. Nobody moves by own appetite here, and corridors stand still. */

const start = 6
const still = { h_entry: 0, h_exit: 0, disruption: 0, corr_middle: 0 }
const withEvent = (effects: readonly object[], rest: Changes = {}, changes: Changes = {}) =>
  simulatorOf({ parameters: still, ...changes, events: { change: event(effects, rest) } })

/** Tiers of some actors in an institution after each tick, by name. */
function tiers(simulator: Simulator, institution: string, ids: readonly string[], run = 1): string[] {
  const { actors, institutions, sizes, depth } = simulator.model.scenario
  const seen: string[] = []
  runOf(simulator, 11, run, {}, ({ next }) => {
    const cells = ids.map(id => actors.indexOf(id) * sizes.M + institutions.indexOf(institution))
    for (const cell of cells) expect(next.depth[cell]).toBe(depth[next.tier[cell]!])
    seen.push(cells.map(cell => tierNames[next.tier[cell]!]).join(' '))
  })
  return seen
}

/** `outside`, but for the ticks from the start of the event up to `end`. */
const during = (outside: string, inside: string, end = 21) =>
  Array.from({ length: 21 }, (_, tick) => (tick >= start && tick < end ? inside : outside))

const plain = await simulatorOf({ parameters: still })

describe('an effect on tiers', () => {
  test('starts from tiers nobody moves', () => {
    expect(tiers(plain, 'SCO', ['ARM', 'KAZ', 'TKM'])).toEqual(Array(21).fill('partner member none'))
  })

  test('moves the named actors by steps, between none and member, and back after the duration', async () => {
    const ids = ['ARM', 'KAZ', 'TKM']
    const up = await withEvent([{ tier: 'SCO', move: 2 }], { actors: ['ARM', 'KAZ'], duration: 4 })
    expect(tiers(up, 'SCO', ids)).toEqual(during('partner member none', 'member member none', 10))
    const down = await withEvent([{ tier: 'SCO', move: -3 }], { duration: 1 })
    expect(tiers(down, 'SCO', ids)).toEqual(during('partner member none', 'none none none', 7))
  })

  test('moves them to a tier, for good without a duration', async () => {
    const set = await withEvent([{ tier: 'CISPLUS', set: 'observer' }], { actors: ['KAZ', 'TUR'] })
    const [first] = tiers(plain, 'CISPLUS', ['KAZ', 'TUR', 'IND'])
    expect(tiers(set, 'CISPLUS', ['KAZ', 'TUR', 'IND'])).toEqual(
      during(first!, `observer observer ${first!.split(' ')[2]}`),
    )
  })

  test('goes back by as many steps as it made, from wherever the actor is by then', async () => {
    const events = {
      lift: event([{ tier: 'SCO', move: 2 }], { actors: ['TKM'], duration: 4 }),
      drop: event([{ tier: 'SCO', move: -1 }], { actors: ['TKM'], at: '2027Q4' }),
    }
    const seen = tiers(await simulatorOf({ parameters: still, events }), 'SCO', ['TKM'])
    expect(seen.slice(5, 11)).toEqual(['none', 'partner', 'partner', 'observer', 'observer', 'none'])
  })

  test('shows in the indices of its own quarter', async () => {
    const up = await withEvent([{ tier: 'CISPLUS', set: 'member' }], { actors: ['TUR', 'IND', 'IRN'] })
    const external = (simulator: Simulator) => {
      const { indices } = runOf(simulator, 11, 1, {}, () => {})
      return [5, 6].map(tick => indices[tick * 23 + 5])
    }
    expect(external(plain)).toEqual([0, 0])
    expect(external(up)).toEqual([0, 3])
  })
})

describe('an effect that joins two bodies', () => {
  test('lifts members of the one that stand lower in the other, and nobody else', async () => {
    const { actors, institutions, sizes, tier0 } = plain.model.scenario
    const [from, to] = [institutions.indexOf('SCO'), institutions.indexOf('CISPLUS')]
    const partner = tierNames.indexOf('partner')
    const expected = actors.map((_, i) => {
      const [one, other] = [tier0[i * sizes.M + from]!, tier0[i * sizes.M + to]!]
      return tierNames[one === 3 ? Math.max(other, partner) : other]
    })
    const [outside] = tiers(plain, 'CISPLUS', actors)
    expect(expected.join(' ')).not.toBe(outside)
    const joined = await withEvent([{ institution: 'SCO', joins: 'CISPLUS', tier: 'partner' }], { duration: 5 })
    expect(tiers(joined, 'CISPLUS', actors)).toEqual(during(outside!, expected.join(' '), 11))
  })

  test('makes observers when no tier is given', async () => {
    const joined = await withEvent([{ institution: 'BRICS', joins: 'CISPLUS' }])
    expect(tiers(joined, 'CISPLUS', ['IND', 'TUR'])).toEqual(during('none none', 'observer none'))
  })
})

describe('an effect on a corridor', () => {
  /** Capacity the equations of each tick start from, and the part of it that is a passing loss. */
  const capacities = (simulator: Simulator, id = 'middle') => {
    const k = simulator.model.scenario.corridors.indexOf(id)
    const seen: number[][] = []
    runOf(simulator, 11, 1, {}, ({ prev }) => seen.push([prev.corridorGrowth[k]!, prev.corridorLoss[k]!]))
    return seen
  }

  test('opens capacity for good, or for the duration', async () => {
    const opened = capacities(await withEvent([{ corridor: 'middle', open: 0.5 }]))
    expect(opened.map(([growth]) => growth)).toEqual(Array.from({ length: 21 }, (_, tick) => (tick < start ? 0 : 0.5)))
    const lent = capacities(await withEvent([{ corridor: 'middle', open: 0.5 }], { duration: 3 }))
    expect(lent.map(([growth]) => growth)).toEqual(
      Array.from({ length: 21 }, (_, tick) => (tick >= start && tick < 9 ? 0.5 : 0)),
    )
    expect(capacities(await withEvent([{ corridor: 'middle', open: 0.5 }]), 'instc')).toEqual(
      capacities(plain, 'instc'),
    )
  })

  test('cuts capacity at once, of which a quarter comes back in each quarter', async () => {
    const cut = capacities(await withEvent([{ corridor: 'middle', cut: 0.8 }], { duration: 2 }))
    cut.forEach(([growth, loss], tick) => {
      expect(growth).toBe(0)
      expect(loss).toBeCloseTo(tick < start ? 0 : 0.8 * 0.75 ** (tick - start), 12)
    })
  })

  test('reaches the shares of its own quarter', async () => {
    const shares = (simulator: Simulator) => {
      const seen: number[][] = []
      runOf(simulator, 11, 1, {}, ({ next }) => seen.push([...next.alignment]))
      return seen
    }
    const [usual, opened] = [shares(plain), shares(await withEvent([{ corridor: 'middle', open: 0.5 }]))]
    expect(opened[start - 1]).toEqual(usual[start - 1])
    expect(opened[start]).not.toEqual(usual[start])
  })
})
