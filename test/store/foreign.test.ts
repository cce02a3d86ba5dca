import { cp, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exitCode } from '../../sim/core/errors.ts'
import { serialExecutor } from '../../sim/execute/serial.ts'
import { runBatch } from '../../sim/experiment.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { shippedDocument } from '../world.ts'

let folder: string
let document: ScenarioDocument
let undisturbed: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
  document = await shippedDocument('baseline')
  undisturbed = (await run(join(folder, 'sound'))).summary.digest
})
afterAll(() => rm(folder, { recursive: true }))

const run = (directory: string) =>
  runBatch({ id: 'foreign', document, directory, executor: serialExecutor(), runs: 400, seed: '1' })

/** A directory with files, each with its own name in it; a name that ends in a slash is an empty folder. */
async function filled(names: readonly string[], directory = mkdtemp(join(folder, 'd-'))): Promise<string> {
  const place = await directory
  for (const name of names) {
    const path = join(place, name)
    await mkdir(name.endsWith('/') ? path : dirname(path), { recursive: true })
    if (!name.endsWith('/')) await writeFile(path, name)
  }
  return place
}

async function copyOfSound(...without: string[]): Promise<string> {
  const directory = await mkdtemp(join(folder, 'copy-'))
  await cp(join(folder, 'sound'), directory, { recursive: true })
  for (const name of without) await rm(join(directory, name), { recursive: true })
  return directory
}

const everything = async (directory: string) => (await readdir(directory, { recursive: true })).sort()

describe('a directory of something else', () => {
  it.each([
    ['notes.tmp', ['notes.tmp', 'work.tmp/thesis.txt']],
    ['lock.tmp', ['lock.tmp']],
    ['manifest.json.1-00c0ffee.tmp', ['manifest.json.1-00c0ffee.tmp/thesis.txt']],
    ['manifest.json', ['manifest.json']],
    ['report', ['report/index.html', 'parts/']],
    ['parts/000000', ['parts/000000/drawing.dwg', 'parts/000001/sub/x']],
    ['parts/000000', ['parts/000000/rows.parquet', 'parts/000000/tallies.bin', 'parts/000000/part.json']],
    ['parts/000000', ['parts/000000']],
    ['parts/000000.1-00c0ffee.tmp', ['parts/000000.1-00c0ffee.tmp/drawing.dwg']],
    ['parts/000000.failed.json', ['parts/000000.failed.json']],
    ['parts/seven.tmp', ['parts/seven.tmp']],
  ])('is refused by the name of %s, and nothing in it is touched: %j', async (name, names) => {
    const directory = await filled(names)
    const before = await everything(directory)
    const refused = await run(directory).catch((error: Error) => error)
    expect(refused).toMatchObject({ code: exitCode.cannotCreate })
    expect((refused as Error).message).toContain(`${directory}: expected an empty or new directory, found ${name}`)
    expect(await everything(directory)).toEqual(before)
    for (const each of names.filter(one => !one.endsWith('/')))
      expect(await readFile(join(directory, each), 'utf8')).toBe(each)
  })

  it('is refused also with a sound part in it, where there is no manifest', async () => {
    const directory = await filled(['report/index.html'], copyOfSound('manifest.json'))
    await expect(run(directory)).rejects.toThrow('found report')
    expect(await readFile(join(directory, 'report/index.html'), 'utf8')).toBe('report/index.html')
  })
})

describe('what a killed process leaves before there is a manifest', () => {
  it.each([
    ['an empty folder of parts', ['parts/']],
    ['a lock, and one that was not finished', ['lock', 'lock.4711-00c0ffee.tmp', 'lock-1-of-2']],
    ['a right to take over', ['lock.takeover.tmp', 'lock-1-of-2.takeover.tmp']],
    ['a manifest that was not finished', ['manifest.json.4711-00c0ffee.tmp', 'parts/']],
  ])('is %s, and the same command finishes the batch', async (_, names) => {
    const directory = await filled(names)
    // Older than a lock that is being written.
    for (const name of names.filter(one => !one.endsWith('/'))) await utimes(join(directory, name), 1, 1)
    expect((await run(directory)).summary.digest).toBe(undisturbed)
    expect(await everything(directory)).toEqual(await everything(join(folder, 'sound')))
  })
})

describe('in a batch directory', () => {
  it('what has no name of ours stays, whatever it ends in', async () => {
    const names = ['notes.tmp', 'work.tmp/thesis.txt', 'parts/seven.tmp', 'parts/000009.old.tmp/x', 'lock.old']
    const directory = await filled(names, copyOfSound('parts/000001'))
    expect((await run(directory)).summary.digest).toBe(undisturbed)
    for (const name of names) expect(await readFile(join(directory, name), 'utf8')).toBe(name)
  })

  it('an unfinished part with something else in it stays', async () => {
    const name = 'parts/000001.4711-00c0ffee.tmp/drawing.dwg'
    const directory = await filled([name], copyOfSound())
    await run(directory)
    expect(await readFile(join(directory, name), 'utf8')).toBe(name)
  })

  it.each(['parts/000001/drawing.dwg', 'parts/000001/rows.parquet/x', 'parts/000001'])(
    'a damaged part with something else in it is not removed: %s is named',
    async name => {
      const directory = await filled([name], copyOfSound('parts/000001'))
      const refused = await run(directory).catch((error: Error) => error)
      expect(refused).toMatchObject({ code: exitCode.cannotCreate })
      expect((refused as Error).message).toContain(join(directory, name))
      expect(await readFile(join(directory, name), 'utf8')).toBe(name)
    },
  )

  it('a manifest that cannot be read is ours where the parts are, and so is the report', async () => {
    const directory = await filled(['manifest.json', 'report/index.html'], copyOfSound('manifest.json'))
    expect((await run(directory)).summary.digest).toBe(undisturbed)
  })
})
