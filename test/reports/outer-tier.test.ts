import { beforeAll, describe, expect, test } from 'vitest'
import type { ReportDocument } from '../../reports/document.ts'
import { renderMarkdown } from '../../reports/render/markdown.ts'
import { answerSentence } from '../../reports/words.ts'
import { answerText, resultDocument } from '../../sim/cli/answer.ts'
import { compared } from './compared.ts'
import { type Reported, reported, reportOf } from './reported.ts'

/** What no text may say of a world in which CIS Plus does not exist. */
const asIfThere = /vitality of CIS Plus|That of CIS Plus|outsiders (take part|in)|in CIS Plus|shields its members/i

let without: Reported
let report: ReportDocument
beforeAll(async () => {
  without = await reported(undefined, 'without-cis-plus')
  report = reportOf(without)
})

describe('a scenario without CIS Plus', () => {
  test('is answered by indices and by states, not by outcomes that read its vitality', () => {
    const sentence = answerSentence(without.summary)
    expect(sentence).toMatch(
      /^Over 200 runs under these assumptions, in which CIS Plus does not exist, the gap .* moves by [+−]?0\.\d{3} \(.*\) and Russia’s share of leadership by [+−]0\.\d{3} \(/,
    )
    expect(sentence).not.toMatch(/shell|council|end in/)
  })

  test('is said in the terminal once, beside outcomes that are marked, and without the vitality', () => {
    const text = answerText(without.summary)
    expect(text.match(/CIS Plus does not exist in this scenario/g)).toHaveLength(1)
    for (const outcome of ['duality', 'council', 'shell'])
      expect(text).toMatch(new RegExp(`^ {2}${outcome} .*by the vitality CIS Plus would have$`, 'm'))
    expect(text).toMatch(/^ {2}consolidation +\d+\.\d\s% {2}[\d.]+–[\d.]+\s%$/m)
    expect(text).not.toMatch(asIfThere)
  })

  test('is told to scripts', () => {
    const json = resultDocument(without.summary, { seconds: 1, out: 'x', reports: [] })
    expect(json).toMatchObject({ outerTier: false })
  })

  test('has a report that says so before the answer and never tells of CIS Plus as if it were there', () => {
    const [, warning] = report.lead
    expect(warning).toMatchObject({ role: 'warning' })
    expect(renderMarkdown(report)).toContain('CIS Plus does not exist in this scenario.')
    // What the scenario itself says of its events and inputs is its own.
    const told = report.sections.filter(({ id }) => id !== 'inputs').map(section => JSON.stringify(section))
    expect(told.join('\n').match(asIfThere)?.[0]).toBeUndefined()
    expect(JSON.stringify(report.sections.find(({ id }) => id === 'outcomes'))).toContain(
      'membership stays, CIS Plus does little, by the vitality CIS Plus would have',
    )
  })

  test('draws neither its vitality nor tiers in it', () => {
    const charts = JSON.stringify(report.sections).match(/"chart":"[a-z-]+"/g)!
    expect(charts).not.toContain('"chart":"external-fan"')
    expect(charts).not.toContain('"chart":"external-tiers"')
    const { actors } = report.data.batch as { actors: { tiers: unknown[] }[] }
    for (const { tiers } of actors) expect(tiers).toHaveLength(1)
  })
})

test('a comparison leaves out what hangs on CIS Plus where it exists on one side alone, and warns there and on neither', async () => {
  const one = await compared('cis-plus-2030', 'without-cis-plus', 100)
  expect(one.compared!.notes[0]).toMatch(
    /^CIS Plus does not exist in “Without CIS Plus”: .* ruled out by construction, .* left out below\.$/,
  )
  const names = one.compared!.quantities.map(({ quantity }) => quantity)
  expect(names).toEqual(expect.arrayContaining(['OP', 'lead_RU', 'RS_economic', 'KAZ_class=duality']))
  expect(names.filter(name => /^class=|_gap$|^(ID|gap|v|ext|ext_depth)$/.test(name))).toEqual([])
  const both = await compared('without-cis-plus', 'shock-without-cis-plus', 100)
  expect(both.compared!.notes[0]).toMatch(/^CIS Plus exists on neither side: /)
  expect(both.compared!.quantities.map(({ quantity }) => quantity)).toContain('gap')
  const neither = await compared('cis-plus-2030', 'win-win-in-words', 100)
  expect(neither.compared!.notes).toEqual([])
})
