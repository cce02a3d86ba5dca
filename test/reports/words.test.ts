import { beforeAll, describe, expect, test } from 'vitest'
import { caveatsOf } from '../../reports/caveats.ts'
import {
  answerSentence,
  change,
  changes,
  count,
  interval,
  levels,
  levelWords,
  listed,
  mostAndLeast,
  number,
  percent,
  shareWords,
} from '../../reports/words.ts'
import type { Summary } from '../../sim/analysis/summary.ts'
import { reported } from './reported.ts'

/** Blanks that do not break, as plain ones. */
const spaced = (text: string) => text.replaceAll('\u00a0', ' ')

describe('numbers in words', () => {
  test('a change carries its sign, and one that rounds to nothing carries none', () => {
    expect([change(0.0121), change(-0.0121), change(0.0001), change(-0.0001), change(0)]).toEqual([
      '+0.012',
      '−0.012',
      '0.000',
      '0.000',
      '0.000',
    ])
  })

  test('a range uses an en dash unless an end is negative', () => {
    expect(levels(0.5, 0.612, 2)).toBe('0.50–0.61')
    expect(levels(-0.5, 0.612, 2)).toBe('−0.50 to 0.61')
    expect(changes(-0.5, 0.612, 2)).toBe('−0.50 to +0.61')
    expect(levelWords({ start: 0, median: 0.2, low: 0.1, high: 0.3 }, 1)).toBe('0.2 (0.1–0.3)')
  })

  test('a share above none never rounds to none, and one below all never to all', () => {
    expect(['0 %', '0.4 %', '0.04 %', 'below 0.01 %', '41 %']).toEqual(
      [0, 0.004, 0.0004, 0.00001, 0.408].map(share => spaced(percent(share))),
    )
    expect(['100 %', '99.9 %', 'above 99.99 %']).toEqual([1, 0.9985, 0.999999].map(share => spaced(percent(share))))
  })

  test('an interval has the digits that keep its ends apart', () => {
    expect(spaced(interval({ lower: 0.393, upper: 0.424 }))).toBe('39–42 %')
    expect(spaced(shareWords({ share: 0.4083, lower: 0.405, upper: 0.4116 }))).toBe('40.8 % (40.5–41.2 %)')
    expect(spaced(shareWords({ share: 0.0025, lower: 0.0004, upper: 0.0141 }))).toBe('0.3 % (0.0–1.4 %)')
    expect(spaced(shareWords({ share: 0.4083, lower: 0.4078, upper: 0.4088 }))).toBe('40.83 % (40.78–40.88 %)')
  })

  test('no fall is called the least growth, and no rise the least fall', () => {
    const said = (...moves: number[]) =>
      mostAndLeast(
        moves.map((move, n) => ({ name: 'ABC'[n]!, move })),
        ['grows', 'falls'],
      )
    expect(said(0.02, 0.01)).toBe('grows most in A (+0.020) and least in B (+0.010)')
    expect(said(-0.02, -0.01)).toBe('falls most in A (−0.020) and least in B (−0.010)')
    expect(said(-0.045, 0.005)).toBe('grows most in B (+0.005) and falls most in A (−0.045)')
    expect(said(0.0004, 0.02)).toBe('grows most in B (+0.020) and holds in A (0.000)')
    expect(said(0.0004, -0.0004)).toBe('holds everywhere')
  })

  test('numbers and lists read as a person writes them', () => {
    expect(count(1234567)).toBe('1,234,567')
    expect(number(-0.2049)).toBe('−0.205')
    expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c'])
  })
})

describe('the answer', () => {
  let summary: Summary
  beforeAll(async () => {
    summary = (await reported()).summary
  })
  const share = (value: number) => ({ count: value * 200, share: value, lower: value - 0.02, upper: value + 0.02 })
  const withOutcomes = (shares: Record<string, number>) => ({
    ...summary,
    outcomes: summary.outcomes.map(({ outcome }) => ({ outcome, ...share(shares[outcome] ?? 0) })),
  })

  const group = (lower: number, upper: number): Summary => {
    const [first, ...others] = summary.groups
    const outcomes = first!.outcomes.map(one => (one.outcome === 'duality' ? { ...one, lower, upper } : one))
    return { ...summary, groups: [{ ...first!, outcomes }, ...others] }
  }

  test('is one sentence with the most frequent outcomes, duality among them, and duality by the rule for states', () => {
    const sentence = spaced(answerSentence(withOutcomes({ status_quo: 0.5, council: 0.3, shell: 0.1, duality: 0.1 })))
    expect(sentence).toMatch(
      /^Of 200 runs under these assumptions, 50 % \(48–52 %\) end in the status quo, 30 % \(28–32 %\) in a coordination council, 10 % \(8–12 %\) in a symbolic shell and 10 % \(8–12 %\) in strategic duality; judged by their own changes alone, strategic duality is reached by CIS states in \d+ % \(\d+–\d+ %\), (but|and) by [A-Z]\w+ in \d+ % \(\d+–\d+ %\) and [A-Z]\w+ in \d+ % \(\d+–\d+ %\)\.$/,
    )
  })

  test('compares states with their group by one rule: "but" where a state shows duality more often, beyond chance', () => {
    expect(answerSentence(group(0.01, 0.02))).toContain(', but by ')
    expect(answerSentence(group(0.9, 0.95))).toContain(', and by ')
  })

  test('says of how many planned runs it is where some are missing', () => {
    const part = { ...summary, runs: 200, complete: false, plan: { ...summary.plan, runs: 20_000 } }
    expect(answerSentence(part)).toMatch(
      /^Of the first 200 of 20,000 runs under these assumptions \(incomplete batch\), \d/,
    )
    expect(answerSentence({ ...part, outerTier: false })).toMatch(/^Over the first 200 of 20,000 runs .*incomplete/)
  })

  test('is preceded by what its intervals cannot know, where runs are not independent', () => {
    const of = (plan: object) => caveatsOf({ ...summary, plan: { ...summary.plan, ...plan } })
    expect(of({})).toEqual([])
    expect(of({ replications: 10 })).toEqual([
      expect.stringMatching(/^Each of 20 points is run 10 times, .* too narrow/),
    ])
    expect(of({ design: 'saltelli' })).toEqual([expect.stringContaining('share their inputs and random worlds')])
    expect(of({ design: 'latin-hypercube' })).toEqual([])
    expect(caveatsOf({ ...summary, sampled: 0, plan: { ...summary.plan, replications: 10 } })).toEqual([])
  })

  test('does not repeat duality where it leads', () => {
    const sentence = spaced(answerSentence(withOutcomes({ duality: 0.7, shell: 0.3 })))
    expect(sentence).toMatch(/, 70 % \(68–72 %\) end in strategic duality and 30 % \(28–32 %\) in a symbolic shell\.$/)
  })

  test('claims nothing about the future and calls no share a probability', () => {
    expect(answerSentence(summary)).not.toMatch(/\bwill\b|probab|likel|chance/i)
  })

  test('says that there is none where no run has finished', () => {
    const failed = Array.from({ length: summary.runs }, (_, run) => ({ run, variable: 'x', of: '', tick: 1 }))
    expect(answerSentence({ ...summary, failed })).toBe('No run has finished, so there is no answer yet.')
  })
})
