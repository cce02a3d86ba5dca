import { spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storedRow } from '../../sim/analysis/reruns.ts'
import { exitCode } from '../../sim/core/errors.ts'
import { serialExecutor } from '../../sim/execute/serial.ts'
import { openBatch, runBatch, summariseBatch } from '../../sim/experiment.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import type { Batch } from '../../sim/store/batch.ts'
import { exportParquet } from '../../sim/store/export-parquet.ts'
import { mergeParts } from '../../sim/store/merge.ts'
import { sha256 } from '../../sim/store/part.ts'
import { readColumns } from '../../sim/store/parts.ts'
import { sealed, unsealed } from '../../sim/store/seal.ts'
import { verifyBatch } from '../../sim/store/verify.ts'
import { forgedPage } from '../forged-page.ts'
import { shippedDocument } from '../world.ts'
import { withHashes } from './with-hashes.js'

const runs = 600
let folder: string
let document: ScenarioDocument
let undisturbed: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
  document = await shippedDocument('cis-plus-2030')
  undisturbed = (await run(join(folder, 'sound'))).summary.digest
  await run(join(folder, 'other'), '77')
})
afterAll(() => rm(folder, { recursive: true }))

function run(directory: string, seed = '3') {
  return runBatch({ id: 'damage', document, directory, executor: serialExecutor(), runs, seed })
}

/** A copy of the sound batch, to be damaged. */
async function copy(): Promise<string> {
  const directory = await mkdtemp(join(folder, 'copy-'))
  await cp(join(folder, 'sound'), directory, { recursive: true })
  return directory
}

/** Bytes of the part that were changed by somebody who made their checksum and its seal fit. */
async function forgeBytes(
  directory: string,
  kind: 'rows' | 'tallies',
  change: (bytes: Buffer) => Uint8Array,
): Promise<void> {
  const path = part(directory, { rows: 'rows.parquet', tallies: 'tallies.bin' }[kind])
  const bytes = change(await readFile(path))
  await writeFile(path, bytes)
  const { sha256: held } = JSON.parse(await readFile(part(directory, 'part.json'), 'utf8'))
  await forge(part(directory, 'part.json'), { sha256: { ...held, [kind]: sha256(bytes) } })
}

const forgeRows = (directory: string, change: (rows: Buffer) => Uint8Array) => forgeBytes(directory, 'rows', change)

async function flip(path: string, at: number): Promise<void> {
  const bytes = await readFile(path)
  bytes[at]! ^= 1
  await writeFile(path, bytes)
}

/** A sealed file with something changed in it and its seal made to fit, as somebody would who means harm. */
async function forge(path: string, change: object, fitted = (value: object) => value): Promise<void> {
  const value = unsealed(await readFile(path, 'utf8')) as object
  await writeFile(path, sealed(fitted({ ...value, ...change }), 1))
}

/** Something that is no plain file in the place of one. */
async function instead(path: string, place: (path: string) => unknown): Promise<void> {
  await rm(path, { recursive: true })
  await place(path)
}

const part = (directory: string, name = '') => join(directory, 'parts', '000001', name)
const damages: [string, (directory: string) => Promise<void>][] = [
  ['with a changed bit in its rows', directory => flip(part(directory, 'rows.parquet'), 5000)],
  ['with a changed bit in its tallies', directory => flip(part(directory, 'tallies.bin'), 500)],
  [
    'with another hash in its record',
    async directory => {
      const text = await readFile(part(directory, 'part.json'), 'utf8')
      await writeFile(part(directory, 'part.json'), text.replace(/"blocks":\["./, '"blocks":["x'))
    },
  ],
  ['cut short', directory => truncate(part(directory, 'rows.parquet'), 1000)],
  ['without its tallies', directory => rm(part(directory, 'tallies.bin'))],
  ['without its record', directory => rm(part(directory, 'part.json'))],
  ['with an empty record', directory => truncate(part(directory, 'part.json'), 0)],
  [
    'of another batch',
    async directory => {
      await rm(part(directory), { recursive: true })
      await cp(part(join(folder, 'other')), part(directory), { recursive: true })
    },
  ],
  [
    'that is the part of other runs',
    async directory => {
      await rm(part(directory), { recursive: true })
      await cp(join(directory, 'parts', '000002'), part(directory), { recursive: true })
    },
  ],
  ['whose record is a pipe', directory => instead(part(directory, 'part.json'), path => spawnSync('mkfifo', [path]))],
  [
    'whose rows are a device without end',
    directory => instead(part(directory, 'rows.parquet'), path => symlink('/dev/zero', path)),
  ],
  [
    'whose tallies lead to themselves',
    directory => instead(part(directory, 'tallies.bin'), path => symlink(path, path)),
  ],
  ['with rows of a terabyte', directory => truncate(part(directory, 'rows.parquet'), 1e12)],
  ['with a forged page of a thousand million rows', directory => forgeRows(directory, forgedPage)],
  [
    'with a forged description of its rows',
    directory => forgeRows(directory, rows => rows.fill(0xff, rows.length - 400, rows.length - 300)),
  ],
  [
    'with forged rows, one byte too many',
    directory => forgeRows(directory, rows => Buffer.concat([rows, rows.subarray(-1)])),
  ],
  ['whose forged rows are no file of rows', directory => forgeRows(directory, () => Buffer.from('PAR1PAR1'))],
  ['with a forged record without blocks', directory => forge(part(directory, 'part.json'), { blocks: null })],
  ['with a forged record of no blocks', directory => forge(part(directory, 'part.json'), { blocks: [] })],
  [
    'that is a file',
    async directory => {
      await rm(part(directory), { recursive: true })
      await writeFile(part(directory), '')
    },
  ],
]

describe('a part', () => {
  it.each(damages)('%s is listed by verify, and made again by the same command', async (_, damage) => {
    const directory = await copy()
    await damage(directory)
    const found = await verifyBatch(await openBatch(directory))
    expect(found).toMatchObject({ runs: 400, digest: null })
    expect(found.problems).toEqual([expect.stringContaining('000001')])
    const again = await run(directory)
    expect(again.added).toBe(200)
    expect(again.damaged).toEqual([expect.stringContaining('000001')])
    expect(again.summary.digest).toBe(undisturbed)
    expect(await verifyBatch(await openBatch(directory))).toMatchObject({ runs, problems: [], digest: undisturbed })
    expect((await readdir(join(directory, 'parts'))).sort()).toEqual(['000000', '000001', '000002'])
  })

  it('that is missing is computed by the same command', async () => {
    const directory = await copy()
    await rm(part(directory), { recursive: true })
    expect(await verifyBatch(await openBatch(directory))).toMatchObject({ runs: 400, parts: 2, planned: 3 })
    const again = await run(directory)
    expect(again).toMatchObject({ added: 200, damaged: [], summary: { digest: undisturbed } })
  })

  it('that a killed process left unfinished is removed', async () => {
    const directory = await copy()
    const [unfinished, note] = ['000001.4711-00000000.tmp', '000001.failed.json.4711-00000000.tmp'].map(name =>
      join(directory, 'parts', name),
    ) as [string, string]
    await mkdir(unfinished)
    await writeFile(join(unfinished, 'rows.parquet'), 'cut')
    for (const path of [note, join(directory, 'manifest.json.4711-00000000.tmp'), join(directory, 'lock.takeover.tmp')])
      await writeFile(path, '{')
    await run(directory)
    expect((await readdir(directory, { recursive: true })).filter(name => name.includes('.tmp'))).toEqual([])
  })
})

describe('a part that was forged with checksums that fit', () => {
  it.each([
    ['counts of more runs than it has', Uint8Array.of(1, 0xff, 0x7f), /tallies count 16383 of 200 runs/],
    ['counts beyond the layout', Uint8Array.of(0xff, 0xff, 0xff, 0x7f, 1), /a cell beyond the layout/],
    ['a number without end', new Uint8Array(60).fill(0xff), /a number that is too long/],
  ])(
    'is refused with its name by whoever adds up, and made again by the same command: %s',
    async (_, tallies, problem) => {
      const directory = await copy()
      await forgeBytes(directory, 'tallies', () => tallies)
      const refused = await summariseBatch(await openBatch(directory)).catch((error: Error) => error)
      expect(refused).toMatchObject({ code: exitCode.badData, message: expect.stringMatching(problem) })
      expect((refused as Error).message).toContain(part(directory))
      expect(await run(directory)).toMatchObject({ added: 200, summary: { digest: undisturbed } })
    },
  )

  it.each<[string, (batch: Batch) => Promise<unknown>]>([
    ['adds up', summariseBatch],
    ['exports', batch => exportParquet(batch, join(batch.directory, 'rows.parquet'))],
    ['explains a run', batch => storedRow(batch, 250)],
    ['analyses', batch => readColumns(batch, 1, ['run'])],
  ])('is refused with its name by whoever %s: a page of a thousand million rows', async (_, read) => {
    const directory = await copy()
    await rm(join(directory, 'parts', '000000'), { recursive: true })
    await forgeRows(directory, forgedPage)
    const refused = await read(await openBatch(directory)).catch((error: Error) => error)
    expect(refused).toMatchObject({
      code: exitCode.badData,
      message: expect.stringMatching(/000001: rows\.parquet cannot be read \(bytes 0 to/),
    })
  })

  it('is left out by a merge, which says so: a page of a thousand million rows', async () => {
    const directory = await copy()
    await forgeRows(directory, forgedPage)
    const target = await openBatch(await copy())
    await rm(part(target.directory), { recursive: true })
    const { missing, damaged } = await mergeParts(target, [await openBatch(directory)], new AbortController().signal)
    expect(missing).toEqual([1])
    expect(damaged).toEqual([expect.stringContaining(part(directory).slice(0, -1))])
  })
})

describe('a manifest', () => {
  const manifest = (directory: string) => join(directory, 'manifest.json')
  it.each([
    ['cut short', (directory: string) => truncate(manifest(directory), 1000)],
    ['empty', (directory: string) => truncate(manifest(directory), 0)],
    [
      'with a changed number',
      async (directory: string) => {
        const text = await readFile(manifest(directory), 'utf8')
        await writeFile(manifest(directory), text.replace(`"runs": ${runs}`, '"runs": 800'))
      },
    ],
  ] as const)('%s is refused by readers, and written again by the same command', async (_, damage) => {
    const directory = await copy()
    await damage(directory)
    await expect(openBatch(directory)).rejects.toMatchObject({ code: exitCode.badData })
    expect(await run(directory)).toMatchObject({ added: 0, summary: { digest: undisturbed } })
    expect(await readFile(manifest(directory), 'utf8')).toBe(await readFile(manifest(join(folder, 'sound')), 'utf8'))
  })

  it.each<[string, (plan: object) => object]>([
    ['without columns', () => ({ columns: undefined })],
    ['without a plan', () => ({ plan: null })],
    ['with a million million runs', plan => ({ plan: { ...plan, runs: 1e12 } })],
    ['with the design of points and none of them', plan => ({ plan: { ...plan, design: 'points' } })],
    ['with points of another design', plan => ({ plan: { ...plan, points: { inputs: [], rows: [[]] } } })],
    [
      'with points that lack a value',
      plan => ({ plan: { ...plan, design: 'points', points: { inputs: ['delivered'], rows: [[]] } } }),
    ],
    ['with parts of no runs', plan => ({ plan: { ...plan, chunkRuns: 0 } })],
  ])('that was forged %s is refused with its name', async (_, change) => {
    const directory = await copy()
    const { plan } = JSON.parse(await readFile(manifest(directory), 'utf8'))
    await forge(manifest(directory), change(plan))
    await expect(openBatch(directory)).rejects.toMatchObject({
      code: exitCode.badData,
      message: expect.stringContaining(manifest(directory)),
    })
  })

  it('with a forged scenario is refused by what guards scenario files', async () => {
    const directory = await copy()
    const { scenario } = JSON.parse(await readFile(manifest(directory), 'utf8'))
    const parameters = { ...scenario.document.parameters, horizon: 1e9 }
    const forged = { scenario: { ...scenario, document: { ...scenario.document, parameters } } }
    await forge(manifest(directory), forged)
    await expect(openBatch(directory)).rejects.toMatchObject({
      code: exitCode.badData,
      message: expect.stringContaining('manifest.json: does not have the hashes of what is in it'),
    })
    await forge(manifest(directory), forged, withHashes)
    await expect(openBatch(directory)).rejects.toMatchObject({
      code: exitCode.mismatch,
      message: expect.stringContaining('horizon'),
    })
  })

  it('that is a pipe keeps nobody waiting', async () => {
    const directory = await copy()
    await instead(manifest(directory), path => spawnSync('mkfifo', [path]))
    await expect(openBatch(directory)).rejects.toMatchObject({ code: exitCode.badData })
  })

  it('that is missing is written again, but not over the parts of another batch', async () => {
    const directory = await copy()
    await rm(manifest(directory))
    await expect(run(directory, '77')).rejects.toMatchObject({ code: exitCode.mismatch })
    expect(await readdir(join(directory, 'parts'))).toHaveLength(3)
    expect(await run(directory)).toMatchObject({ added: 0, summary: { digest: undisturbed } })
  })

  it('of another batch is refused with both hashes and what differs', async () => {
    const [own, other] = await Promise.all(['sound', 'other'].map(name => openBatch(join(folder, name))))
    const refused = await run(join(folder, 'sound'), '77').catch((error: Error) => error)
    expect(refused).toMatchObject({ code: exitCode.mismatch })
    for (const piece of [own!.manifest.batch, other!.manifest.batch, 'seed 3 there, 77 asked for'])
      expect((refused as Error).message).toContain(piece)
  })
})
