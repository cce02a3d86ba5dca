import { expect, test } from 'vitest'
import { type ScenarioChange, scenarioChanges, valueWords } from '../../sim/analysis/scenario-changes.ts'
import { load } from '../scenario/files-in-memory.ts'

const told = ({ section, path, from, to }: ScenarioChange) => `${[section, ...path].join(' › ')}: ${from} → ${to}`
const between = async (a: string, b: string) => {
  const [left, right] = await Promise.all([a, b].map(text => load(`extends: baseline.yaml\n${text}`)))
  return scenarioChanges(left!.document, right!.document).map(told)
}

test('a scenario has nothing otherwise than itself, and expectations, sources and notes are nothing', async () => {
  expect(await between('', '')).toEqual([])
  expect(await between('', 'expect: { e: { failed: 0 } }\nsources: { X: a book }\nbatch: { runs: 7 }')).toEqual([])
})

test('a changed range, value, weight and threshold are told as they were and as they are', async () => {
  const changes = await between(
    'levers: { delivered: { distribution: uniform, low: 0, high: 1 } }',
    `levers: { delivered: { distribution: fixed, value: 0.9 } }
parameters: { ticket: 0.2 }
thresholds: { shell_v: 0.4 }
actors: { KAZ: { sovereignty: { value: 1.5, source: JUDGE, grade: D } } }`,
  )
  expect(changes).toContain('levers › delivered: uniform 0 to 1 → fixed 0.9')
  expect(changes).toContain('thresholds › shell_v: 0.33 → 0.4')
  expect(changes.find(change => change.startsWith('actors › KAZ › sovereignty:'))).toMatch(/→ 1\.5$/)
  expect(changes.find(change => change.startsWith('parameters › ticket'))).toMatch(/→ 0\.2$/)
  expect(changes).toHaveLength(4)
})

test('events are added, taken out and changed by what they do', async () => {
  const event = (probability: number, add: number) =>
    `events: { e: { title: A summit, source: JUDGE, grade: D, window: [2026Q1, 2026Q4], probability: ${probability}, effects: [{ driver: capacity, add: ${add} }] } }`
  expect(await between('', event(0.5, 0.1))).toEqual([
    'events › e: null → “A summit”, 2026Q1 to 2026Q4 with probability 0.5',
  ])
  expect(await between(event(0.5, 0.1), '')).toEqual([
    'events › e: “A summit”, 2026Q1 to 2026Q4 with probability 0.5 → null',
  ])
  expect(await between(event(0.5, 0.1), event(0.6, 0.2))).toEqual([
    'events › e › probability: 0.5 → 0.6',
    'events › e › effects: driver capacity, add 0.1 → driver capacity, add 0.2',
  ])
})

test.each([
  [{ distribution: 'normal', mean: 1, sd: 2, low: 0 }, 'normal 0 to ∞ mean 1 sd 2'],
  [{ distribution: 'discrete', values: [1, 2], weights: [1, 3] }, 'discrete 1, 2 weights 1, 3'],
  [{ value: 3, source: 'X', grade: 'A' }, '3'],
  [['a', 'b'], 'a, b'],
])('%j is told as %s', (value, words) => expect(valueWords(value)).toBe(words))
