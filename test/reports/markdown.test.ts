import { marked, type Token, type Tokens } from 'marked'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Block, ReportDocument } from '../../reports/document.ts'
import { seen } from '../../reports/escape.ts'
import { renderJson } from '../../reports/render/json.ts'
import { renderMarkdown } from '../../reports/render/markdown.ts'
import { type Reported, reported, reportOf } from './reported.ts'

/** Texts that mean something to Markdown, to a code host or to the log of a build server. */
const hostile = [
  '# title',
  '- item',
  '1. one',
  '> quote',
  '---',
  '===',
  '```js',
  '`code` ``',
  '*a* _b_ **c** ~~d~~',
  '[x](javascript:alert(1))',
  '![x](https://example.org/x.png)',
  '<img src=x onerror=alert(1)>',
  '</details><script>alert(1)</script>',
  '<!-- multivector:report:other -->',
  '-->',
  'https://example.org/path',
  'www.example.org',
  'mail a@example.org',
  'ping @team and @org/team',
  'see #123, org/repo#4 and GH-5',
  'a | b || c',
  '::error::broken',
  '##[group]x',
  ':smile: :+1:',
  '$x^2$ and $$y$$',
  '&lt;b&gt; &amp;',
  'back\\slash \\` \\|',
  '\u202etxt.exe\u2066',
  '[^1] and [ref]: x',
  '| --- | --- |',
  '\u0000\u001b[31m',
]

/** The same places with letters in place of everything that could mean something. */
const harmless = hostile.map((_, n) => `plain text number ${n}`)

/** A report with a text in every place a text may stand. */
function documentOf(texts: readonly string[]): ReportDocument {
  const table = {
    kind: 'table' as const,
    caption: texts[0]!,
    columns: texts.map((name, n) => (n % 2 === 0 ? { name } : { name, numeric: true })),
    rows: [0, 1].map(() => texts.map(text => (text.length % 2 === 0 ? text : [text]))),
  }
  const blocks = texts.flatMap((text): Block[] => [
    { kind: 'words', line: text },
    { kind: 'words', line: [{ strong: text }, { code: text }, { together: text }, { link: text, to: 'a.html' }] },
    { kind: 'words', role: 'warning', line: text },
    { kind: 'words', role: 'answer', line: [text, { link: text, to: `javascript:${text}` }] },
    { kind: 'list', items: [text] },
    { kind: 'facts', items: [text, [text]] },
    { kind: 'definitions', items: [{ term: text, line: text }] },
    { kind: 'command', text },
    { kind: 'part', title: text, blocks: [{ ...table, caption: text, columns: [{ name: text }], rows: [[text]] }] },
    {
      kind: 'folded',
      label: text,
      blocks: [
        { kind: 'table', caption: text, columns: [{ name: text }, { name: 'x' }], rows: [[text, [{ code: text }]]] },
      ],
    },
    {
      kind: 'chart',
      id: 'a',
      chart: 'b',
      data: 'c',
      alternative: text,
      caption: text,
      table: { kind: 'table', caption: text, columns: [{ name: text }], rows: [[text]] },
    },
  ])
  return {
    kind: 'batch',
    id: 'any id/1',
    title: texts[0]!,
    lead: [table],
    sections: texts.map((title, n) => ({ id: `s${n}`, name: title, title, blocks: blocks.slice(11 * n, 11 * n + 11) })),
    data: {},
    foot: texts[0]!,
  }
}

/** What a parser makes of a text: kinds of tokens with their children; tags as they stand, without what they show. */
function structure(tokens: readonly Token[]): unknown[] {
  return tokens.flatMap(token => {
    if (token.type === 'html')
      return token.raw === '<!-- -->'
        ? []
        : [
            token.raw
              .replace(/<!-- -->/g, '')
              .replace(/(<summary>).*?(<\/summary>)/gs, '$1$2')
              .trim(),
          ]
    // Escapes and pieces of text are one text.
    if (token.type === 'text' || token.type === 'escape')
      return 'tokens' in token && token.tokens ? structure(token.tokens) : []
    const inside = 'tokens' in token && token.tokens ? structure(token.tokens) : []
    if (token.type === 'table')
      return [
        [
          'table',
          [token.header, ...token.rows].map(row => row.map((cell: { tokens: Token[] }) => structure(cell.tokens))),
        ],
      ]
    if (token.type === 'list') return [['list', token.items.map((item: Token) => structure([item]))]]
    if (token.type === 'link' || token.type === 'image') return [[token.type, token.href, inside]]
    return [[token.type, 'depth' in token ? token.depth : 0, inside]]
  })
}

describe('a report in Markdown', () => {
  let main: Reported
  let text: string
  beforeAll(async () => {
    main = await reported()
    text = renderMarkdown(reportOf(main))
  })

  test('begins with the mark by which it is found again, and has the answer, every heading and the condition', () => {
    expect(text).toMatch(/^<!-- multivector:report:cis-plus-2030 -->\n\n# CIS Plus until 2030\n/)
    const shown = marked.parse(text) as string
    for (const part of ['Of 200 runs under these assumptions', 'They are not forecasts', main.summary.digest])
      expect(shown).toContain(part)
    expect(shown.match(/<h2>/g)).toHaveLength(reportOf(main).sections.length)
    expect(shown.match(/<table>/g)!.length).toBeGreaterThan(8)
    expect(text).not.toMatch(/undefined|NaN|\[object/)
  })

  test('has its tables whole: each row has the cells of the heading', () => {
    const tables = marked.lexer(text).filter((token): token is Tokens.Table => token.type === 'table')
    for (const table of tables) {
      expect(table.rows.length).toBeGreaterThan(0)
      for (const row of table.rows) expect(row).toHaveLength(table.header.length)
    }
  })

  test('with hostile texts parses to the structure of its harmless twin', () => {
    const [bad, good] = [hostile, harmless].map(texts => renderMarkdown(documentOf(texts.slice(0, 16))))
    const [bad2, good2] = [hostile, harmless].map(texts => renderMarkdown(documentOf(texts.slice(16))))
    expect(structure(marked.lexer(bad!)).length).toBeGreaterThan(100)
    expect(structure(marked.lexer(bad!))).toEqual(structure(marked.lexer(good!)))
    expect(structure(marked.lexer(bad2!))).toEqual(structure(marked.lexer(good2!)))
  })

  test('names nobody, refers to nothing and gives no command', () => {
    const shown = renderMarkdown(documentOf(hostile.slice(8)))
    const outside = shown.replace(/```+[\s\S]*?```+|`+[^`\n]+`+/g, '').replace(/<summary>.*<\/summary>/g, '<summary>')
    expect(outside).not.toMatch(/@\w|(?<!&)#\d|GH-\d|:smile:/)
    expect(shown).toBe(shown.split('\n').map(seen).join('\n'))
    expect(shown).not.toMatch(/^\s*::/m)
    expect(shown).not.toMatch(/##\w*\[/)
    expect(outside).not.toMatch(/(?<!\\)<(?!!-- -->|!-- multi|\/?details>|summary>|\/?code>)/)
    expect(outside).not.toMatch(/(?<!\\)\]\((?!a\.html)/)
  })

  test('a planted text that is not escaped changes the structure', () => {
    const planted = text.replace('Each run is judged once', '![x](https://example.org/x.png) Each run is judged once')
    expect(planted).not.toBe(text)
    expect(structure(marked.lexer(planted))).not.toEqual(structure(marked.lexer(text)))
  })

  test.each([
    ['long titles and tables', 4000, 3],
    ['many sections', 40, 2500],
    ['marks that are escaped', 3000, 30],
  ])('stays below 60,000 characters with %s, and says what is left out', (_, length, sections) => {
    const long = '@#:a:|'.repeat(length / 6)
    const table = {
      kind: 'table' as const,
      caption: `A table ${long}`,
      columns: [{ name: long }],
      rows: Array.from({ length: 500 }, () => [long]),
    }
    const section = { id: 'a', name: long, title: long, blocks: [{ kind: 'words' as const, line: long }, table] }
    const report = { ...documentOf(harmless), title: long, sections: Array.from({ length: sections }, () => section) }
    const cut = renderMarkdown(report)
    expect(cut.length).toBeLessThan(60_000)
    expect(cut.length).toBeGreaterThan(30_000)
    expect(cut).toMatch(/Left out here, to stay below 60,000 characters: .+ Everything is in the page and the JSON/)
    expect(cut.slice(0, 60)).toContain('<!-- multivector:report:')
  })

  test('leaves tables out before words, and what is folded before what is not', () => {
    const left = /Left out here.*/.exec(text)![0]
    expect(left).toContain('Russian share in each domain')
    expect(left).not.toContain('Outcomes of runs')
    for (const { title } of reportOf(main).sections) expect(text).toContain(title.slice(0, 20))
  })

  test('shows pictures by a path beside the file, and no other', () => {
    const withPictures = renderMarkdown(reportOf(main), chart => `pictures/${chart}.png`)
    expect(withPictures).toContain('](pictures/outcome-shares.png)')
    expect(renderMarkdown(reportOf(main), () => 'https://example.org/a b.png')).not.toContain('example.org')
    expect(renderMarkdown(reportOf(main), () => 'javascript:alert(1)')).not.toContain('javascript')
  })
})

describe('a report in JSON', () => {
  test('is the document itself, the same bytes each time, and holds nothing a terminal would act on', async () => {
    const report = documentOf(hostile)
    const text = renderJson(report)
    expect(JSON.parse(text)).toEqual({ reportVersion: 1, ...report })
    expect(renderJson(structuredClone(report))).toBe(text)
    expect(text.trimEnd()).toBe(seen(text).trimEnd())
    expect(text).not.toMatch(/[<>&]/)
    const main = await reported(undefined, undefined, 40)
    expect(JSON.parse(renderJson(reportOf(main)))).toEqual({ reportVersion: 1, ...reportOf(main) })
  })
})
