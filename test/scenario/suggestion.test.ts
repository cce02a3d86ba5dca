import { describe, expect, test } from 'vitest'
import { fnv1a } from '../../sim/core/hash.ts'
import { closest, distance } from '../../sim/scenario/suggestion.ts'

describe('the distance between words', () => {
  test.each([
    ['', '', 0],
    ['kitten', 'sitting', 3],
    ['ca', 'ac', 1],
    ['ca', 'abc', 3],
    ['probablity', 'probability', 1],
  ])('of %j and %j is %i', (a, b, d) => {
    expect(distance(a, b)).toBe(d)
    expect(distance(b, a)).toBe(d)
  })

  test('proposes near words only, whatever their case', () => {
    expect(closest('cis', ['CIS', 'CSTO'])).toBe('CIS')
    expect(closest('E', ['A', 'B'])).toBeUndefined()
    expect(closest('elephant', ['title', 'question'])).toBeUndefined()
  })

  test('never proposes the word itself', () => {
    expect(closest('mean', ['mean'])).toBeUndefined()
    expect(closest('mean', ['mean', 'median', 'means'])).toBe('means')
  })
})

describe('the hash of a name', () => {
  test.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ])('agrees with the published FNV-1a value for %j', (text, value) => expect(fnv1a(text)).toBe(value))

  test('tells apart two events that share their draws', async () => {
    // Two names with one hash, found by search: the loader must refuse them together.
    const { placesOf } = await import('./files-in-memory.ts')
    expect(fnv1a('ebpad')).toBe(fnv1a('e43zx'))
    const event = (id: string) =>
      `  ${id}: { title: t, source: JUDGE, grade: D, at: 2027Q1, effects: [{ driver: war, set: 1 }] }\n`
    expect(await placesOf(`extends: baseline.yaml\nevents:\n${event('ebpad')}${event('e43zx')}`)).toEqual([
      '4:3 event-address',
    ])
  })
})
