import { describe, expect, test } from 'vitest'
import { causeName, causeWords } from '../../reports/explain/cause-words.ts'
import { bodyName, grouped, momentSentences } from '../../reports/explain/moment-words.ts'
import { apart, since } from '../../reports/explain/story-chart.ts'
import { driverNames } from '../../sim/model/attribution.ts'
import type { Moment } from '../../sim/model/timeline.ts'
import { shippedDocument } from '../world.ts'

const document = await shippedDocument('cis-plus-2030')
const say = (...moments: readonly object[]) =>
  momentSentences(
    moments.map(moment => ({ tick: 4, ...moment }) as Moment),
    document,
  )

describe('the sentences of a quarter', () => {
  test('name events by their titles, when they begin and when they end', () => {
    const { title } = document.events.middle_ports!
    expect(say({ kind: 'event', event: 'middle_ports', ends: false })).toEqual([`${title}.`])
    expect(say({ kind: 'event', event: 'middle_ports', ends: true })).toEqual([`No longer in force: ${title}.`])
  })

  test('put states that share a moment into one sentence', () => {
    expect(say({ kind: 'coercion', actor: 'KAZ' }, { kind: 'coercion', actor: 'ARM' })).toEqual([
      'Russia coerces Kazakhstan and Armenia.',
    ])
    expect(say({ kind: 'insecurity', actor: 'TJK' })).toEqual(['A border or terror shock hits Tajikistan.'])
  })

  test('tell joins, rises, falls and exits, and who made them', () => {
    const step = (actor: string, institution: string, from: string, to: string, byEvent = false) => ({
      kind: 'tier',
      actor,
      institution,
      from,
      to,
      byEvent,
    })
    expect(
      say(
        step('MNG', 'CISPLUS', 'none', 'observer'),
        step('IRN', 'CISPLUS', 'none', 'observer'),
        step('UZB', 'EAEU', 'partner', 'observer'),
        step('ARM', 'CSTO', 'member', 'none', true),
        step('KAZ', 'BRICS', 'partner', 'member'),
      ),
    ).toEqual([
      'By an event Armenia leaves the CSTO.',
      'At the summit Mongolia and Iran join CIS Plus as observers; Uzbekistan steps down to an observer of the EAEU; Kazakhstan rises to a member of BRICS.',
    ])
  })

  test('tell the war, disruptions, leaders and turns of the outcome apart', () => {
    expect(
      say(
        { kind: 'war', from: 'war', to: 'ceasefire', byEvent: false },
        { kind: 'disruption', corridor: 'middle' },
        { kind: 'succession', actor: 'KGZ', from: 0.2, to: -0.6 },
        { kind: 'outcome', from: 'status_quo', to: 'shell' },
      ),
    ).toEqual([
      'A ceasefire begins in Ukraine.',
      'Disrupted: Middle Corridor (Trans-Caspian).',
      'A new leader in Kyrgyzstan stands further from Russia (−0.80 in log-odds).',
      'Judged by the last four quarters, the run turns from status quo to symbolic shell.',
    ])
    expect(say({ kind: 'war', from: 'ceasefire', to: 'war', byEvent: false })[0]).toContain('breaks down')
    expect(say({ kind: 'war', from: 'settlement', to: 'war', byEvent: true })).toEqual([
      'The war in Ukraine resumes, by an event.',
    ])
  })
})

describe('the words of causes', () => {
  test('say what went the way of the change, and what held against it, with the parts', () => {
    const causes = [
      { cause: 'sanctions', part: -0.01 },
      { cause: 'winwin', part: 0.006 },
      { cause: 'EAEU', part: -0.005 },
      { cause: 'noise', part: -0.001 },
    ]
    expect(causeWords(-0.01, causes, document)).toBe(
      'secondary sanctions (−0.010) and tiers in the EAEU (−0.005), against delivered win-win (+0.006)',
    )
    expect(causeWords(0.01, causes, document)).toBe('delivered win-win (+0.006), against secondary sanctions (−0.010)')
    expect(causeWords(0.01, causes.slice(0, 1), document)).toBe('parts that cancel out')
  })

  test('name every driver and every institution', () => {
    const names = [...driverNames, ...Object.keys(document.institutions)].map(cause => causeName(cause, document))
    expect(new Set(names).size).toBe(names.length)
    expect(bodyName('EUTRACK', document)).toBe('the European Union track')
    expect(bodyName('CISPLUS', document)).toBe('CIS Plus')
  })
})

describe('what stands beside the sentences', () => {
  test('is grouped in order of appearance, measured from the start, and moved apart', () => {
    expect([...grouped(['b1', 'a1', 'b2'], text => text[0])]).toEqual([
      ['b', ['b1', 'b2']],
      ['a', ['a1']],
    ])
    expect(since([0.5, 0.75, 0.25])).toEqual([0, 0.25, -0.25])
    const placed = apart([10, 11, 12, 40])
    expect(placed).toEqual([...placed].sort((a, b) => a - b))
    for (let n = 1; n < placed.length; n++) expect(placed[n]! - placed[n - 1]!).toBeGreaterThanOrEqual(13)
  })
})
