import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { multivector } from './command.ts'

const scenario = resolve('scenarios/cis-plus-2030.yaml')

describe('the command report', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'multivector-report-'))
    const { code } = await multivector(['run', scenario, '--runs', '60', '--no-report', '--out', 'batch'], folder)
    expect(code).toBe(0)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('writes each format asked for into the batch, and the same bytes again', async () => {
    const call = ['report', 'batch', '--format', 'md,json,html', '--json']
    const { code, stdout } = await multivector(call, folder)
    expect(code).toBe(0)
    const paths = JSON.parse(stdout).reports as string[]
    expect(paths).toEqual(['report.md', 'report.json', 'index.html'].map(name => join(folder, 'batch/report', name)))
    const texts = await Promise.all(paths.map(path => readFile(path, 'utf8')))
    expect(texts[0]).toMatch(/^<!-- multivector:report:cis-plus-2030 -->/)
    expect(JSON.parse(texts[1]!)).toMatchObject({ reportVersion: 1, kind: 'batch', id: 'cis-plus-2030' })
    expect(texts[2]).toMatch(/^<!doctype html>/)
    await multivector(call, folder)
    expect(await Promise.all(paths.map(path => readFile(path, 'utf8')))).toEqual(texts)
  })

  test('writes HTML, and the explorer beside it, where nothing is asked for', async () => {
    await rm(join(folder, 'batch/report'), { recursive: true, force: true })
    const { stdout } = await multivector(['report', 'batch', '--quiet'], folder)
    expect(stdout).toBe(`Report  ${join(folder, 'batch/report/index.html')}\n`)
    expect(await readdir(join(folder, 'batch/report'))).toEqual(['explore.html', 'index.html'])
  })

  test('links to the pages that lie beside it when it is written, and to nothing else there', async () => {
    const report = join(folder, 'batch/report')
    for (const name of ['analysis-gap-delta.html', 'run-7.html', 'notes.txt', '<img src=x>.html'])
      await writeFile(join(report, name), '')
    await multivector(['report', 'batch'], folder)
    const text = await readFile(join(report, 'index.html'), 'utf8')
    const links = [...text.matchAll(/<a href="([^"#]+)">\1<\/a>/g)].map(([, to]) => to)
    expect(links).toEqual(['explore.html', 'analysis-gap-delta.html', 'run-7.html'])
    expect(text).not.toContain('img src=x')
  })

  test('names the formats there are where it knows none of that name', async () => {
    const { code, stderr } = await multivector(['report', 'batch', '--format', 'html,docx'], folder)
    expect([code, stderr]).toEqual([64, expect.stringMatching(/--format: expected html, md, json.*, got "docx"/)])
  })

  test('refuses what is no batch, a batch of somebody else, and a damaged part, with the reason', async () => {
    const none = await multivector(['report', '.'], folder)
    expect([none.code, none.stderr]).toEqual([66, expect.stringContaining('expected a batch directory')])
    const manifest = join(folder, 'batch/manifest.json')
    const text = await readFile(manifest, 'utf8')
    await writeFile(manifest, text.replace('CIS Plus until 2030', 'CIS Plus until 2031'))
    const foreign = await multivector(['report', 'batch'], folder)
    expect([foreign.code, foreign.stderr]).toEqual([65, expect.stringContaining('manifest.json')])
    await writeFile(manifest, text)
    const part = join(folder, 'batch/parts/000000/tallies.bin')
    const bytes = await readFile(part)
    bytes[100]! ^= 1
    await writeFile(part, bytes)
    const damaged = await multivector(['report', 'batch'], folder)
    expect([damaged.code, damaged.stderr]).toEqual([65, expect.stringContaining('does not match its checksum')])
  })
})
