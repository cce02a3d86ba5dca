import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exitCode } from '../../sim/core/errors.ts'
import { openBatch, summariseBatch } from '../../sim/experiment.ts'
import { newestFormat } from '../../sim/store/formats.ts'
import { sealed, unsealed } from '../../sim/store/seal.ts'
import { verifyBatch } from '../../sim/store/verify.ts'
import { multivector } from '../cli/command.ts'
import { withHashes } from './with-hashes.js'

/**
 * Batches of every format there has been, as they were written. A new format brings the last batch of the old one; an
 * old batch is never written again, since it stands for those that people have.
 */
const fixtures = 'test/store/fixtures'
const digests: Readonly<Record<string, string>> = {
  'format-1': '68dd93b94b9fff90c4fee0c130a10524727e54e3a381f644d6aba4b7d1382a76',
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-formats-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A copy of an old batch whose manifest is changed and sealed again. */
async function changed(change: (manifest: Record<string, unknown>) => unknown): Promise<string> {
  const directory = await mkdtemp(join(folder, 'copy-'))
  await cp(join(fixtures, 'format-1'), directory, { recursive: true })
  const path = join(directory, 'manifest.json')
  const manifest = unsealed(await readFile(path, 'utf8')) as Record<string, unknown>
  await writeFile(path, sealed(withHashes(change(manifest) as object), 1))
  return directory
}

const refusal = (directory: string) =>
  openBatch(directory).then(
    () => undefined,
    (error: { code: number; message: string }) => error,
  )

describe('batches of every format', () => {
  test('are kept, up to the one before the newest and the newest itself', async () => {
    const formats = Array.from({ length: newestFormat }, (_, n) => `format-${n + 1}`)
    expect((await readdir(fixtures)).sort()).toEqual(formats)
    expect(Object.keys(digests)).toEqual(formats)
  })

  test.each(Object.entries(digests))('%s opens, is sound and has the digest it always had', async (name, digest) => {
    const batch = await openBatch(join(fixtures, name))
    expect(await verifyBatch(batch)).toMatchObject({ runs: 12, problems: [], digest })
    const { outcomes, actors } = await summariseBatch(batch)
    expect(outcomes.reduce((sum, { count }) => sum + count, 0)).toBe(12)
    expect(actors.map(({ id }) => id)).toEqual(['KAZ', 'UZB', 'CHN'])
  })

  test.each(Object.keys(digests))('%s is rendered in every format', async name => {
    const directory = join(folder, name)
    await cp(join(fixtures, name), directory, { recursive: true })
    const call = ['report', directory, '--format', 'html,md,json,svg,specs,csv,parquet', '--quiet']
    const { code, stderr } = await multivector(call, folder)
    expect([code, stderr]).toEqual([0, ''])
    expect(await readFile(join(directory, 'report/index.html'), 'utf8')).toContain('A world of three')
    expect((await readdir(join(directory, 'report/pictures'))).length).toBeGreaterThan(10)
  })
})

describe('a directory that this version cannot read', () => {
  test('of a newer format is refused with the version that reads it', async () => {
    const found = await refusal(await changed(manifest => ({ ...manifest, format: 99, engine: '7.1.0' })))
    expect(found?.code).toBe(exitCode.mismatch)
    expect(found?.message).toMatch(/expected batch format 1 or older, got 99; use multivector 7\.1\.0 or newer/)
  })

  test('with another seal than today is called newer where it says so, and damaged where it does not', async () => {
    const directory = await changed(manifest => manifest)
    const path = join(directory, 'manifest.json')
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replace('"format": 1', '"format": 2'))
    expect((await refusal(directory))?.code).toBe(exitCode.mismatch)
    await writeFile(path, text.replace('"seed": "7"', '"seed": "8"'))
    expect(await refusal(directory)).toMatchObject({ code: exitCode.badData, message: expect.stringMatching(/seal/) })
  })

  test.each([0, -1, 1.5, '1', null])('of a format %s that never was is damaged', async format => {
    const found = await refusal(await changed(manifest => ({ ...manifest, format })))
    expect(found).toMatchObject({ code: exitCode.badData })
    expect(found?.message).toContain('expected a batch format from 1 to')
  })

  test('of another model with other columns, or with a scenario of another shape, names the version that made it', async () => {
    const columns = await refusal(
      await changed(manifest => ({ ...manifest, engine: '0.0.9', columns: (manifest.columns as unknown[]).slice(1) })),
    )
    expect(columns).toMatchObject({
      code: exitCode.mismatch,
      message: expect.stringMatching(/columns.*multivector 0\.0\.9/),
    })
    const shape = await refusal(
      await changed(manifest => ({
        ...manifest,
        scenario: { ...(manifest.scenario as object), document: { actors: 3 } },
      })),
    )
    expect(shape).toMatchObject({ code: exitCode.mismatch, message: expect.stringContaining('cannot be read') })
  })

  test('of something else is refused, and nothing is written into it', async () => {
    const foreign = join(folder, 'web')
    await mkdir(foreign)
    await writeFile(join(foreign, 'manifest.json'), '{ "name": "A web page", "icons": [] }')
    await writeFile(join(foreign, 'index.html'), '')
    for (const command of [
      ['report', foreign],
      ['run', resolve('scenarios/baseline.yaml'), '--runs', '5', '--out', foreign],
    ]) {
      const { code, stderr } = await multivector(command, folder)
      expect([code, stderr]).toEqual([
        65,
        expect.stringContaining('expected the manifest of a batch, got a file of something else'),
      ])
    }
    expect((await readdir(foreign)).sort()).toEqual(['index.html', 'manifest.json'])
    const none = await multivector(['report', folder], folder)
    expect([none.code, none.stderr]).toEqual([
      66,
      expect.stringContaining('expected a batch directory with manifest.json'),
    ])
  })

  test('with a damaged part names the file', async () => {
    const directory = await changed(manifest => manifest)
    const path = join(directory, 'parts/000000/rows.parquet')
    const bytes = await readFile(path)
    bytes[3000]! ^= 1
    await writeFile(path, bytes)
    const { code, stderr } = await multivector(['export', directory, '--out', join(folder, 'out')], folder)
    expect([code, stderr]).toEqual([
      65,
      expect.stringMatching(/parts\/000000: rows\.parquet does not match its checksum/),
    ])
    expect(await readdir(folder)).not.toContain('out')
  })
})
