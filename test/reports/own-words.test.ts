import { describe, expect, test } from 'vitest'
import type { Block, Line, ReportDocument } from '../../reports/document.ts'
import { renderMarkdown } from '../../reports/render/markdown.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { reported, reportOf } from './reported.ts'

/** Words that claim what runs cannot show, or judge without a number. */
const forbidden =
  /\bwill\b|probab|likel|\bcertain(?:ly)?\b|\bsure(?:ly)?\b|obvious|undoubted|significan|dramatic|massive|\bhuge\b|remarkabl|strongly|\bproves?\b|predict|inevitabl|\bvery\b/i

/** Places where such a word denies what it names. */
const denied = [/How likely anything is\./, /no part of a range is claimed to be likelier than its distribution says/]

const plainLine = (line: Line): string =>
  typeof line === 'string'
    ? line
    : line
        .map(span => (typeof span === 'string' ? span : 'link' in span ? span.link : Object.values(span).join(' ')))
        .join('')

/** What a report says itself: everything but the cells of tables, which quote the scenario and the list of parameters. */
function ownTexts(report: ReportDocument): string[] {
  const inBlock = (block: Block): string[] => {
    switch (block.kind) {
      case 'words':
        return [plainLine(block.line)]
      case 'list':
      case 'facts':
        return block.items.map(plainLine)
      case 'definitions':
        return block.items.map(({ term, line }) => `${term}: ${plainLine(line)}`)
      case 'command':
        return []
      case 'part':
        return [block.title, ...block.blocks.flatMap(inBlock)]
      case 'folded':
        return [block.label, ...block.blocks.flatMap(inBlock)]
      case 'table':
        return [block.caption, ...block.columns.map(({ name }) => name)]
      case 'chart':
        return [block.alternative, plainLine(block.caption), ...inBlock(block.table)]
    }
  }
  const sections = report.sections.flatMap(({ title, name, blocks }) => [title, name, ...blocks.flatMap(inBlock)])
  return [...report.lead.flatMap(inBlock), ...sections, plainLine(report.foot)]
}

/** A text without what it quotes from the scenario. */
function unquoted(text: string, { title, question, events, actors, groups }: ScenarioDocument): string {
  const quoted = [title, question, ...Object.values({ ...events }).map(({ title }) => title)]
  const names = [...Object.values(actors), ...Object.values(groups)].map(({ name }) => name)
  return [...quoted, ...names].reduce((rest, quote) => rest.replaceAll(quote, '…'), text)
}

describe('the words of a report', () => {
  test.each(['cis-plus-2030', 'without-cis-plus', 'sanctions-wave', 'baseline'])(
    'of %s claim nothing about the future, call no share a probability and judge nothing without a number',
    async name => {
      const one = await reported(undefined, name, 60)
      const texts = ownTexts(reportOf(one)).map(text => unquoted(text, one.document))
      expect(texts.length).toBeGreaterThan(150)
      const bad = texts.filter(text => forbidden.test(denied.reduce((rest, no) => rest.replace(no, ''), text)))
      expect(bad).toEqual([])
      for (const text of texts.filter(text => /forecast/i.test(text)))
        expect(text).toMatch(/not forecasts|no skill in forecasting/)
      expect(renderMarkdown(reportOf(one))).not.toMatch(/undefined|NaN|Infinity|\[object/)
    },
  )

  test('are found where they are planted', () => {
    for (const text of ['It will end so.', 'with a probability of 40 %', 'a dramatic fall', 'most likely'])
      expect(text).toMatch(forbidden)
  })

  test('say the findings in five to eight sentences with numbers, the largest first', async () => {
    const { sections } = reportOf(await reported())
    const list = sections.find(({ id }) => id === 'findings')!.blocks.find(block => block.kind === 'list')!
    const items = list.items.map(plainLine)
    expect(items.length).toBeGreaterThanOrEqual(5)
    expect(items.length).toBeLessThanOrEqual(8)
    for (const item of items) expect(item).toMatch(/\d/)
    const about = items.map(item => item.split('.')[0])
    expect(about).toEqual(expect.arrayContaining(['Groups', 'States', 'Leadership', 'Membership', 'Conditions']))
    const sizes = items.flatMap(item => {
      const own = /^(?:Leadership|Vitality)\. .*? moves by ([+−][\d.]+)/.exec(item)
      return own ? [Math.abs(Number(own[1]!.replace('−', '-')))] : []
    })
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
  })
})
