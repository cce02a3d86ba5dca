import { expect, test } from 'vitest'
import { isGuess, untouched } from '../../reports/explorer/lesson/guess.ts'
import {
  type LessonPlace,
  lessonAddress,
  readLessonPlace,
  steps,
} from '../../reports/explorer/lesson/lesson-address.ts'
import { evenBars, rebalance } from '../../reports/explorer/lesson/rebalance.ts'

test('bars that give way always sum to 100 and keep their order', () => {
  for (let start = 0; start <= 100; start += 7) {
    for (const value of [0, 1, 33, 50, 99, 100]) {
      const before = rebalance(evenBars(6), 2, start)
      const after = rebalance(before, 4, value)
      expect(after.reduce((sum, bar) => sum + bar, 0)).toBe(100)
      expect(after[4]).toBe(value)
      expect(after.every(bar => Number.isInteger(bar) && bar >= 0)).toBe(true)
      const others = [0, 1, 2, 3, 5]
      for (const a of others)
        for (const b of others) if (before[a]! > before[b]!) expect(after[a]).toBeGreaterThanOrEqual(after[b]!)
    }
  }
  expect(rebalance([100, 0, 0], 0, 0)).toEqual([0, 50, 50])
  expect(rebalance([50, 30, 20], 0, 75)).toEqual([75, 15, 10])
})

test('an address cannot make a prediction that the bars could not', () => {
  const outcomes = { kind: 'outcomes', world: 'a' } as const
  expect(isGuess(outcomes, untouched(outcomes))).toBe(true)
  expect(isGuess(outcomes, [100, 0, 0, 0, 0, 0])).toBe(true)
  for (const wrong of [
    [50, 50],
    [100, 100, 0, 0, 0, -100],
    [20, 20, 20, 20, 20, 1],
    [99.5, 0.5, 0, 0, 0, 0],
  ])
    expect(isGuess(outcomes, wrong)).toBe(false)
  const number = { kind: 'number', quantity: 'v', world: 'a', low: -1, high: 3, step: 0.1 } as const
  expect(untouched(number)).toEqual([1])
  expect([[-1], [3], [3.1], [1, 2]].map(guess => isGuess(number, guess))).toEqual([true, true, false, false])
})

test('a place in a lesson comes back from its address', () => {
  for (const step of steps) {
    const place: LessonPlace = {
      id: 'free-ticket',
      step,
      code: 'Blue & Room=7 #ü',
      guess: [10, 20, 70],
      actor: 'KAZ',
      projector: step === 'why',
      files: { 'a b.yaml': 'lesson: x\n' },
    }
    const query = new URLSearchParams(lessonAddress(place).slice(1))
    expect(readLessonPlace(query.get('lesson')!, query)).toEqual(place)
  }
  const nonsense = readLessonPlace('x', new URLSearchParams(`step=fly&guess=1,,2&code=${'a'.repeat(500)}`))
  expect(nonsense).toMatchObject({ step: 'question', guess: undefined, code: 'a'.repeat(60) })
})
