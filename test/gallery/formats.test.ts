import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium } from '../../reports/render/pdf.ts'
import { chromiumPath } from '../browser/chromium.ts'
import { multivector } from '../cli/command.ts'

const needs = chromiumPath() === undefined ? ' (skipped: no Chromium; set CHROMIUM or put chromium on the PATH)' : ''

describe('the command report', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'multivector-formats-'))
    await cp('test/store/fixtures/format-1', join(folder, 'batch'), { recursive: true })
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const written = (name: string) => readdir(join(folder, 'batch/report', name))

  test('writes every chart as SVG, PNG, slide and specification, and the tables with their dictionary', async () => {
    const call = ['report', 'batch', '--format', 'svg,png,specs,csv,parquet', '--json']
    const { code, stdout, stderr } = await multivector(call, folder)
    expect([code, stderr]).toEqual([0, ''])
    expect(JSON.parse(stdout).reports).toEqual(
      ['pictures', 'slides', 'specs', 'tables/runs.csv', 'tables/runs.parquet'].map(name =>
        join(folder, 'batch/report', name),
      ),
    )
    const ids = (await written('specs')).map(name => name.replace('.vl.json', '')).sort()
    expect(ids.length).toBeGreaterThan(15)
    expect(ids).toContain('duality-plane')
    expect(await written('pictures')).toEqual(ids.flatMap(id => [`${id}.png`, `${id}.svg`]).sort())
    expect((await written('slides')).sort()).toEqual(ids.map(id => `${id}.png`))
    expect(await written('tables')).toEqual(expect.arrayContaining(['columns.md', 'columns.json', 'outcomes.csv']))
    expect(await readFile(join(folder, 'batch/report/pictures/gap-map.svg'), 'utf8')).toContain('12 runs · seed')
  })

  test('draws light on dark where it is asked for', async () => {
    const { code } = await multivector(['report', 'batch', '--format', 'svg', '--dark', '--quiet'], folder)
    expect(code).toBe(0)
    const svg = await readFile(join(folder, 'batch/report/pictures/gap-map.svg'), 'utf8')
    expect(svg).toContain('<rect width="100%" height="100%" fill="#15181c"/>')
  })

  test.skipIf(needs !== '')(`prints the page as PDF with Chromium, and leaves nothing else${needs}`, async () => {
    const before = await written('.')
    const { code, stderr } = await multivector(['report', 'batch', '--format', 'pdf', '--quiet'], folder)
    expect([code, stderr]).toEqual([0, ''])
    const pdf = await readFile(join(folder, 'batch/report/report.pdf'), 'latin1')
    expect(pdf.slice(0, 5)).toBe('%PDF-')
    // Without its charts, which the script draws before it is printed, the page is far shorter.
    expect(pdf.match(/\/Type\s*\/Page\b/g)!.length).toBeGreaterThanOrEqual(8)
    expect((await written('.')).sort()).toEqual([...before, 'report.pdf'].sort())
  })

  test('says without Chromium what to install, and writes nothing', async () => {
    const { CHROMIUM, PATH } = process.env
    const before = await written('.')
    process.env.PATH = folder
    delete process.env.CHROMIUM
    try {
      const { code, stderr } = await multivector(['report', 'batch', '--format', 'pdf'], folder)
      expect([code, stderr]).toEqual([
        69,
        expect.stringMatching(/PDF needs Chromium.*install it.*apt-get install chromium/),
      ])
      expect(await written('.')).toEqual(before)
      expect(() => findChromium({ CHROMIUM: '/nowhere/chromium' })).toThrow(/CHROMIUM: expected the path of a browser/)
    } finally {
      process.env.PATH = PATH
      if (CHROMIUM !== undefined) process.env.CHROMIUM = CHROMIUM
    }
  })
})
