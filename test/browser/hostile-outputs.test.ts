import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { marked, type Token } from 'marked'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { multivector } from '../cli/command.ts'
import { writeTwins } from '../guards/hostile-world.ts'
import { chromiumPath, quiet } from './chromium.ts'
import { openPage, violationsOf } from './open-page.ts'

/** Commands whose output carries texts of a scenario, as they would be given in a row. */
const commands = [
  'run scenarios/world.yaml --runs 100 --workers 0 --out b --format html,md,json,svg,pdf,csv,specs',
  'compare b --gate --format github',
  'compare scenarios/cis-plus-2030.yaml b --runs 100 --seed 20251010 --workers 0 --out c --format md',
  'check scenarios/world.yaml',
  'trace scenarios/world.yaml --seed 1',
  'explain b --run 7 --page',
  'explain b --storylines --sample 2',
  'explore scenarios/world.yaml --no-open --out explorer.html',
  'report b --json',
]

let folder: string
/** Standard output and error of each command, by twin. */
const said: Record<string, string[]> = { hostile: [], harmless: [] }
let files: string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
  expect(await writeTwins(folder, 0)).toBeGreaterThan(150)
  const runAll = async (twin: string) => {
    for (const command of commands) {
      const wanted = twin === 'hostile' ? command : command.replace('pdf,', '')
      const { code, stdout, stderr } = await multivector(wanted.split(' '), join(folder, twin))
      expect([command, [0, 1, 3].includes(code!) ? 'done' : `${code} ${stderr}`]).toEqual([command, 'done'])
      said[twin]!.push(stdout, stderr)
    }
  }
  await Promise.all(['hostile', 'harmless'].map(runAll))
  const names = await readdir(join(folder, 'hostile'), { recursive: true })
  files = names.filter(name => /^(?:b\/report|c|explorer)/.test(name))
}, 240_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

const read = (twin: string, file: string) => readFile(join(folder, twin, file), 'utf8')
const ending = (...endings: string[]) => files.filter(file => endings.some(end => file.endsWith(end))).sort()

/** Compares a structure of each file with that of its harmless twin. */
async function expectTwins(endings: readonly string[], least: number, structure: (text: string) => readonly unknown[]) {
  const chosen = ending(...endings)
  expect(chosen.length).toBeGreaterThanOrEqual(least)
  for (const file of chosen)
    expectSame(file, structure(await read('hostile', file)), structure(await read('harmless', file)))
}

/** Says where two structures differ first. */
function expectSame(file: string, hostile: readonly unknown[], harmless: readonly unknown[]): void {
  const lines = (structure: readonly unknown[]) => structure.map(part => JSON.stringify(part))
  const [a, b] = [lines(hostile), lines(harmless)]
  const at = a.findIndex((line, n) => line !== b[n])
  const around = (list: string[]) => list.slice(Math.max(0, at - 1), at + 3)
  expect({ file, length: a.length, at, around: at < 0 ? [] : around(a) }).toEqual({
    file,
    length: b.length,
    at: -1,
    around: at < 0 ? [] : around(b),
  })
}

/** Kinds of values with their keys; texts are all one, and so are the lines that a tooltip of a picture lists. */
function shape(value: unknown, under?: string): unknown {
  if (Array.isArray(value)) return value.map(one => shape(one))
  if (value === null || typeof value !== 'object') return typeof value
  if (under === 'hover') return Object.keys(value).length
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shape(one, key)]))
}

/** Tags of an XML text in their order, each with its attributes. Throws where a < begins no tag. */
function elements(text: string): { name: string; attributes: [name: string, value: string][] }[] {
  const tag = /<(\/?[\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*\/?>/g
  expect(text.replace(tag, '').replace(/^<\?xml [^>]*\?>/, '')).not.toContain('<')
  return [...text.matchAll(tag)].map(([, name, attributes]) => ({
    name: name!,
    attributes: [...attributes!.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [key!, value!]),
  }))
}

const tags = (text: string) =>
  elements(text).map(({ name, attributes }) => [name, ...attributes.map(([key]) => key)].join(' '))

describe('texts of strangers', () => {
  it('leave JSON with the keys of its harmless twin', () =>
    expectTwins(['.json'], 20, text => Object.entries(shape(JSON.parse(text)) as object)))

  it('leave Markdown with the blocks of its harmless twin', () => {
    // A report for a comment leaves out tables at the end when it would be too long, and escaped texts are longer.
    const cut = (part: unknown) =>
      !/details>|^\[\d+,\d+\]$/.test(typeof part === 'string' ? part : JSON.stringify(part))
    return expectTwins(['.md'], 3, text => blocks(marked.lexer(text)).filter(cut))
  })

  it('leave JUnit with the tags of its harmless twin', () => expectTwins(['.xml'], 1, tags))

  it('leave pictures without a tag or address of theirs', async () => {
    const chosen = ending('.svg')
    expect(chosen.length).toBeGreaterThan(20)
    for (const file of chosen) {
      const svg = await read('hostile', file)
      for (const { name, attributes } of elements(svg)) {
        expect(name).not.toMatch(/^(?:script|foreignObject|iframe|image|animate.*|set|a)$/i)
        for (const [key, value] of attributes) {
          expect(key).not.toMatch(/^on/i)
          if (/href|src/i.test(key)) expect(value).toMatch(/^#/)
          if (!key.startsWith('aria-')) expect(value).not.toMatch(/url\((?!#)|javascript:/)
        }
      }
    }
  })

  it('leave tables with the cells of their harmless twins, none of which begins a formula', async () => {
    await expectTwins(['.csv'], 5, text => records(text).map(cells => cells.length))
    for (const file of ending('.csv'))
      for (const cell of records(await read('hostile', file)).flat())
        if (Number.isNaN(Number(cell))) expect(cell).not.toMatch(/^[\s\p{Cf}]*[=+\-@＝＋－＠\t\r]/u)
  })

  it('leave the PDF without scripts, links of theirs, actions and attachments', async () => {
    const [pdf] = ending('.pdf')
    // Streams are pictures and fonts, compressed; what a reader acts on stands between them.
    const text = (await readFile(join(folder, 'hostile', pdf!), 'latin1')).replace(
      /\bstream\r?\n[\s\S]*?endstream/g,
      '',
    )
    expect(text.startsWith('%PDF-')).toBe(true)
    expect(text).not.toMatch(/\/(?:JavaScript|JS|OpenAction|AA|Launch|SubmitForm|EmbeddedFile|GoToR|RichMedia)\b/)
    expect(
      [...text.matchAll(/\/URI \((.*?)\)/g)].map(m => m[1]).filter(to => !/^https:\/\/(?!example\.org)/.test(to!)),
    ).toEqual([])
  })

  it('leave the terminal and the build server without commands of theirs', () => {
    for (const [n, text] of said.hostile!.entries()) {
      const page = n === 2 * commands.findIndex(command => command.endsWith('html'))
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
      if (!page) expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/)
      const commandsIn = (log: string) => log.split(/\r?\n/).map(line => /^\s*::([\w-]+) ?[\w=,.:%/-]*/.exec(line)?.[1])
      const found = commandsIn(text).filter(name => name !== undefined)
      expect([n, found]).toEqual([n, commandsIn(said.harmless![n]!).filter(name => name !== undefined)])
      expect(text).not.toMatch(/##\w*\[/)
    }
    expect(said.hostile!.some(text => text.startsWith('::'))).toBe(true)
  })
})

/** Records of a CSV text after RFC 4180; a reader of its own, so that the writer is not judged by its twin. */
function records(text: string): string[][] {
  const found: string[][] = [[]]
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy
  for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length; at = cell.lastIndex) {
    cell.lastIndex = at
    const match = cell.exec(text)
    if (!match) throw new Error(`no cell at ${at}: ${JSON.stringify(text.slice(at, at + 80))}`)
    found.at(-1)!.push(match[1]?.replaceAll('""', '"') ?? match[2]!)
    if (match[3] !== ',' && cell.lastIndex < text.length) found.push([])
  }
  return found
}

/** What a reader of Markdown makes of a text: its blocks with their children, without what they say. */
function blocks(tokens: readonly Token[]): unknown[] {
  return tokens.flatMap((token): unknown[] => {
    if (token.type === 'html')
      return [
        token.raw
          .replace(/<!-- -->/g, '')
          .replace(/>[^<]*</g, '><')
          .trim(),
      ]
    if (['text', 'escape', 'space'].includes(token.type))
      return 'tokens' in token && token.tokens ? blocks(token.tokens) : []
    if (token.type === 'table') return [[token.header.length, token.rows.length]]
    if (token.type === 'list') return [['list', token.items.length]]
    return [[token.type, 'tokens' in token && token.tokens ? blocks(token.tokens) : []]]
  })
}

const executablePath = chromiumPath()
const needs = executablePath === undefined ? ' (skipped: no Chromium; set CHROMIUM or put chromium on the PATH)' : ''

describe.skipIf(executablePath === undefined)(`texts of strangers in Chromium${needs}`, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath!, args: quiet })
  })
  afterAll(() => browser?.close())

  it('do nothing on any page, and leave it with the elements of its harmless twin', async () => {
    const pages = ending('.html')
    expect(pages.length).toBeGreaterThanOrEqual(4)
    for (const file of pages) {
      const seen: string[][] = []
      for (const twin of ['hostile', 'harmless']) {
        const drawn = file.endsWith('index.html')
        const { page, complaints, requests } = await openPage(browser, folder, await read(twin, file), { drawn })
        const ready = { state: 'attached', timeout: 60_000 } as const
        if (/explore/.test(file)) await page.waitForSelector('html[data-ready]', ready)
        expect([file, complaints]).toEqual([file, []])
        expect([file, await violationsOf(page)]).toEqual([file, []])
        expect(requests.filter(url => !/^(?:file|data|blob):/.test(url))).toEqual([])
        expect(await page.evaluate(() => '__bitten' in globalThis)).toBe(false)
        const policy = await page.getAttribute('meta[http-equiv="Content-Security-Policy"]', 'content')
        expect(policy).toContain("default-src 'none'")
        expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/)
        // Inside pictures the length of a text moves marks and breaks lines.
        seen.push(
          await page.$$eval('body *:not(svg *)', elements =>
            elements.map(element => [element.localName, ...element.getAttributeNames().sort()].join(' ')),
          ),
        )
        await page.context().close()
      }
      // The explorer goes on computing: what it has drawn by now depends on the machine, that it opened does not.
      if (/explore/.test(file)) expect(seen[0]!.filter(element => /^pre|^div class role$/.test(element))).toEqual([])
      else expectSame(file, seen[0]!, seen[1]!)
    }
  })
})
