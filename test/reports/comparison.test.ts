import { marked, type Token } from 'marked'
import { beforeAll, describe, expect, test } from 'vitest'
import { comparisonReport } from '../../reports/comparison/comparison-report.ts'
import { roundedUp, verdictSentence } from '../../reports/comparison/comparison-words.ts'
import { junitXml } from '../../reports/comparison/junit.ts'
import type { ReportDocument } from '../../reports/document.ts'
import { renderMarkdown } from '../../reports/render/markdown.ts'
import type { ComparisonResult } from '../../sim/analysis/comparison-result.ts'
import { hostileTexts } from '../hostile-texts.js'
import { compared, withText } from './compared.ts'

let main: ComparisonResult
let report: ReportDocument
beforeAll(async () => {
  main = await compared('cis-plus-2030', 'win-win-in-words')
  report = comparisonReport([main], '1')
})

describe('the report of a comparison', () => {
  test('says the verdict first, names the state most affected with its numbers, and how the gate went', () => {
    const [first, gate] = report.lead
    expect(first).toMatchObject({ kind: 'words', role: 'answer' })
    const { most } = main.compared!
    expect((first as { line: string }).line).toMatch(
      new RegExp(
        `^Changed: “Win-win in words only” differs from “CIS Plus until 2030” in \\d+ of 79 quantities by more than matters, on 200 pairs of runs. ${most!.name} is affected most of the core states: .* from .* to .*, [+−].* \\(.* to .*\\)`,
      ),
    )
    expect(gate).toMatchObject({ role: 'answer', line: 'All 3 expectations are met.' })
  })

  test('tells what the scenarios have otherwise, in a row each', () => {
    const section = report.sections.find(({ id }) => id === 'scenarios')!
    const rows = section.blocks.flatMap(block => (block.kind === 'table' ? block.rows : []))
    expect(rows).toContainEqual(['levers', 'delivered', 'uniform 0 to 1 → uniform 0 to 0.2'])
    expect(rows).toContainEqual(['levers', 'declared', 'uniform 0.3 to 1 → fixed 1'])
    expect(section.title).toBe('The scenarios differ in 5 things')
  })

  test('has every quantity in one of its tables, once', () => {
    const { quantities } = main.compared!
    const section = report.sections.find(({ id }) => id === 'differences')!
    const rows = section.blocks.flatMap(block =>
      block.kind === 'chart'
        ? block.table.rows
        : block.kind === 'folded'
          ? block.blocks.flatMap(inner => (inner.kind === 'table' ? inner.rows : []))
          : [],
    )
    expect(rows).toHaveLength(quantities.length)
    expect(new Set(rows.map(([name]) => name)).size).toBe(quantities.length)
  })

  test('of several has a verdict each, and ids of its own for every section', () => {
    const several = comparisonReport([main, main, main], '1')
    expect(several.lead.filter(block => block.kind === 'words' && block.role === 'answer')).toHaveLength(6)
    const ids = several.sections.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(Object.keys(several.data)).toEqual(['differences-1', 'differences-2', 'differences-3'])
  })

  test('of a batch with itself says unchanged, and has nothing to draw', () => {
    const same: ComparisonResult = {
      ...main,
      compared: { ...main.compared!, verdict: 'identical', changes: [], most: null },
    }
    expect(verdictSentence(same)).toMatch(/^Unchanged: .* gives the same numbers as .* in every one of 200 runs\.$/)
    expect(comparisonReport([same], '1').data).toEqual({})
  })

  test('claims nothing where all is open, and says how many runs would decide', () => {
    const quantities = main.compared!.quantities.map(each => ({
      ...each,
      verdict: 'inconclusive' as const,
      runsNeeded: 1234,
    }))
    const counts = { changed: 0, unchanged: 0, inconclusive: quantities.length }
    const open: ComparisonResult = {
      ...main,
      compared: { ...main.compared!, verdict: 'inconclusive', quantities, counts, most: null },
    }
    expect(verdictSentence(open)).toContain('about 1,300 runs would decide the last of them')
    expect(roundedUp(7)).toBe(7)
  })
})

/** The kinds of tokens, outside in, without their texts and without the seams that part mentions. */
function structure(tokens: readonly Token[]): unknown[] {
  return tokens.flatMap(token => {
    if (['text', 'escape'].includes(token.type) || token.raw === '<!-- -->') return []
    const inner = 'tokens' in token && token.tokens ? structure(token.tokens) : []
    const cells = token.type === 'table' ? [token.header.length, token.rows.length] : []
    return [[token.type, inner, ...cells]]
  })
}

test('hostile texts leave the structure of the Markdown as it is, and mention nobody', () => {
  expect(hostileTexts.length).toBeGreaterThanOrEqual(200)
  const markdownOf = (text: string) => renderMarkdown(comparisonReport([withText(main, text)], '1'))
  const shape = (markdown: string) => JSON.stringify(structure(marked.lexer(markdown)))
  const harmless = shape(markdownOf('plain text'))
  expect(shape('plain <img src=x> text')).toContain('html')
  for (const text of hostileTexts) {
    const markdown = markdownOf(text)
    expect(markdown.split('\n')[0], text).toMatch(/^<!-- multivector:comparison:[\w.-]+ -->$/)
    expect(markdown, text).not.toMatch(/^\s*::|##\w*\[/m)
    expect(markdown.replace(/```+[\s\S]*?```+|`+[^`\n]+`+/g, ''), text).not.toMatch(/@\w/)
    expect(shape(markdown), text).toBe(harmless)
  }
})

test('JUnit has a case for each expectation, counted by what came of it', () => {
  const xml = junitXml([withText(main, 'x')])
  expect(xml).toContain('<testsuites name="multivector" tests="3" failures="1" skipped="1" errors="0">')
  expect(xml.match(/<testcase /g)).toHaveLength(3)
  expect(xml.match(/<skipped message="inconclusive: /g)).toHaveLength(1)
})
