import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findFlip } from '../../sim/analysis/flip.ts'
import { flipParameter, flipsOf, type Question, verdictOf } from '../../sim/analysis/flip-run.ts'
import { type Reruns, rerunsOf } from '../../sim/analysis/reruns.ts'
import { shippedDocument } from '../world.ts'
import { type TemporaryBatch, temporaryBatch } from './batches.ts'

describe('the search for a flip', () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true })

  test('finds the one place where a verdict turns, to the last bit, in 2,000 random cases', () => {
    let turned = 0
    fc.assert(
      fc.property(unit, unit, (edge, present) => {
        const verdictAt = (x: number) => (x < edge ? 'below' : 'above')
        const { nearest, down, up } = findFlip({ verdictAt, present, bounds: [0, 1] })
        if (present >= edge) {
          expect(up).toBeUndefined()
          if (edge === 0) expect(nearest).toBeUndefined()
          else expect(down).toMatchObject({ stays: edge, verdict: 'below' })
        } else {
          expect(down).toBeUndefined()
          expect(up).toMatchObject({ value: edge, verdict: 'above' })
        }
        if (nearest) {
          turned++
          expect(verdictAt(nearest.value)).not.toBe(verdictAt(present))
          expect(verdictAt(nearest.stays)).toBe(verdictAt(present))
          const middle = nearest.stays + (nearest.value - nearest.stays) / 2
          expect([nearest.stays, nearest.value]).toContain(middle)
        }
      }),
      { numRuns: 2000, seed: 1 },
    )
    expect(turned).toBeGreaterThan(1900)
  })

  test('takes the nearer of two turns, and whole numbers where only those are meant', () => {
    const verdictAt = (x: number) => (x < 3 ? 'low' : x < 9 ? 'middle' : 'high')
    expect(findFlip({ verdictAt, present: 4, bounds: [0, 20] }).nearest!.verdict).toBe('low')
    expect(findFlip({ verdictAt, present: 8, bounds: [0, 20] }).nearest).toMatchObject({ value: 9, verdict: 'high' })
    const whole = findFlip({ verdictAt, present: 5, bounds: [0, 20], integer: true })
    expect(whole.down).toEqual({ value: 2, verdict: 'low', stays: 3 })
    expect(whole.up).toEqual({ value: 9, verdict: 'high', stays: 8 })
  })

  test('halves whole numbers down to neighbours', () => {
    for (let edge = 1; edge <= 20; edge++) {
      const verdictAt = (x: number) => (x < edge ? 'below' : 'above')
      const found = findFlip({ verdictAt, present: 0, bounds: [0, 20], integer: true, trials: 1 })
      expect(found.nearest).toEqual({ value: edge, verdict: 'above', stays: edge - 1 })
    }
  })

  test('says that nothing turns a verdict that never turns, and passes over values without a verdict', () => {
    const never = findFlip({ verdictAt: () => 'same', present: 0.5, bounds: [0, 1] })
    expect([never.nearest, never.up, never.down]).toEqual([undefined, undefined, undefined])
    expect(never.asked).toBe(129)
    const failing = (x: number) => (x > 0.6 ? undefined : 'same')
    expect(findFlip({ verdictAt: failing, present: 0.5, bounds: [0, 1] }).nearest).toBeUndefined()
    expect(() => findFlip({ verdictAt: failing, present: 0.7, bounds: [0, 1] })).toThrow('expected a verdict at 0.7')
    expect(() => findFlip({ verdictAt: failing, present: 2, bounds: [0, 1] })).toThrow('expected a value from 0 to 1')
  })
})

describe('a flip of a run', () => {
  let made: TemporaryBatch
  let reruns: Reruns
  beforeAll(async () => {
    const document = await shippedDocument('cis-plus-2030')
    made = await temporaryBatch({ ...document, parameters: { ...document.parameters, horizon: 4 } }, 100)
    reruns = rerunsOf(made.batch)
  })
  afterAll(() => made?.remove())

  const parameters = ['delivered', 'capacity_shift', 'sanctions', 'b_sanc', 'h_exit', 'ticket', 'sigma', 'coercion']

  test('turns it when applied and does not a hair before, in 1,000 random runs, states and tiers', () => {
    const { S, M } = reruns.scenario.sizes
    const question: fc.Arbitrary<Question> = fc.oneof(
      fc.constant({ of: 'run' as const }),
      fc.record({ of: fc.constant('actor' as const), actor: fc.nat(S - 1) }),
      fc.record({
        of: fc.constant('tier' as const),
        actor: fc.nat(S - 1),
        institution: fc.nat(M - 1),
        tick: fc.constant(4),
      }),
    )
    const turns = { run: 0, actor: 0, tier: 0 }
    let none = 0
    fc.assert(
      fc.property(fc.nat(99), question, fc.constantFrom(...parameters), (run, asked, parameter) => {
        const flip = flipParameter(reruns, run, asked, parameter, 5)
        const again = (value: number) => verdictOf(reruns, run, asked, parameter, value)
        expect(again(flip.value)).toBe(flip.present)
        if (!flip.nearest) none++
        for (const turn of [flip.down, flip.up]) {
          if (!turn) continue
          expect(again(turn.value)).toBe(turn.verdict)
          expect(turn.verdict).not.toBe(flip.present)
          expect(again(turn.stays)).toBe(flip.present)
          expect(Math.abs(turn.value - turn.stays)).toBeLessThanOrEqual(2 ** -52 * Math.max(1, Math.abs(turn.value)))
          expect(turn.value).toBeGreaterThanOrEqual(flip.bounds[0])
          expect(turn.value).toBeLessThanOrEqual(flip.bounds[1])
          turns[asked.of]++
        }
      }),
      { numRuns: 1000, seed: 3 },
    )
    expect(Math.min(turns.run, turns.actor, turns.tier)).toBeGreaterThan(5)
    expect(none).toBeGreaterThan(100)
  })

  test('of any parameter lists the nearest first, in shares of the documented ranges', () => {
    const flips = flipsOf(reruns, 3, { of: 'actor', actor: 3 }, 6)
    expect(flips.length).toBeGreaterThan(1)
    const shares = flips.map(({ share }) => share!)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
  })

  test('is refused for the horizon and for a name that is no parameter', () => {
    expect(() => flipParameter(reruns, 0, { of: 'run' }, 'horizon')).toThrow('which all runs share')
    expect(() => flipParameter(reruns, 0, { of: 'run' }, 'win')).toThrow('expected the name of a parameter, got win')
  })
})
