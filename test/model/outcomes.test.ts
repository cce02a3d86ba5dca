import { describe, expect, test } from 'vitest'
import {
  actorOutcomes,
  type Judged,
  judgeActor,
  largest,
  margin,
  outcomes,
  scoreRun,
} from '../../sim/model/outcomes.ts'
import { variant } from './variant.ts'

const { thresholds } = await variant()

/** Nothing has changed, and CIS Plus is neither lively nor dead. */
const unmoved: Judged = { id: 0, op: 0, gap: 0, vitality: 0.4, lead: 0, external: 0, breadth: 1 }

function scores(judged: Partial<Judged>): Record<string, number> {
  const out = new Float64Array(outcomes.length)
  scoreRun(out, { ...unmoved, ...judged }, thresholds)
  return Object.fromEntries(outcomes.map((outcome, n) => [outcome, out[n]!]))
}

describe('the scores of a run', () => {
  /** Each part of a score in turn is the one that decides, at one scale beyond or two short of its threshold. */
  const decided: [outcome: string, judged: Partial<Judged>, score: number][] = [
    ['status_quo', {}, 0.05],
    ['duality', { gap: 0.04, vitality: 0.9 }, 1],
    ['duality', { gap: 0.9, id: -0.11, vitality: 0.9 }, -2],
    ['duality', { gap: 0.9, vitality: 0.48 }, 1],
    ['council', { vitality: 0.67, lead: -0.9, external: 99 }, 1],
    ['council', { vitality: 0.99, lead: -0.14, external: 99 }, 1],
    ['council', { vitality: 0.99, lead: -0.9, external: 6 }, 1],
    ['shell', { vitality: 0.18, breadth: 1 }, 1],
    ['shell', { vitality: 0, breadth: 0.55 }, -2],
    ['consolidation', { op: 0.025, id: 0.9, lead: 0.9 }, 1],
    ['consolidation', { op: 0.9, id: 0.01, lead: 0.9 }, 1],
    ['consolidation', { op: 0.9, id: 0.9, lead: 0.05 }, 1],
    ['realignment', { id: -0.08 }, 1],
    ['realignment', { op: -0.09 }, 1],
    ['realignment', { breadth: 0.8 }, 1],
  ]

  test.each(decided)('%s under %o is %d', (outcome, judged, score) => {
    expect(scores(judged)[outcome]).toBeCloseTo(score, 12)
  })
})

describe('the best score', () => {
  test('is the first of equals', () => {
    expect(largest(Float64Array.of(1, 3, 3, 2))).toBe(1)
    expect(largest(Float64Array.of(0.05, 0.05))).toBe(0)
  })

  test('leads the second by the margin, which is 0 between equals', () => {
    expect(margin(Float64Array.of(1, 3, 2.5, 2))).toBe(0.5)
    expect(margin(Float64Array.of(1, 3, 3, 2))).toBe(0)
  })
})

describe('an actor', () => {
  const judged: [id: number, op: number, outcome: string][] = [
    [0, 0, 'status_quo'],
    [0, -0.04, 'duality'],
    [-0.04, 0, 'reverse_duality'],
    [0.04, 0.04, 'consolidation'],
    [-0.12, -0.12, 'realignment'],
    [-0.12, -0.01, 'reverse_duality'],
  ]

  test.each(judged)('whose ID moves by %d and OP by %d is in %s', (id, op, outcome) => {
    expect(actorOutcomes[judgeActor(id, op, thresholds)]).toBe(outcome)
  })
})
