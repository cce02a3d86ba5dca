import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { multivector } from '../cli/command.ts'

const scenario = resolve('scenarios/cis-plus-2030.yaml')
const run = (out: string) => ['run', scenario, '--runs', '400', '--workers', '0', '--no-report', '--json', '--out', out]
let folder: string
let undisturbed: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
  undisturbed = JSON.parse((await multivector(run('sound'), folder)).stdout).digest
})
afterAll(() => rm(folder, { recursive: true }))

/** A folder of somebody, with a file of every name that we write and ones that look unfinished. */
const names = ['index.html', 'explore.html', 'keep.tmp/file', 'a.tmp', '000007/rows.parquet', '000001/own', 'runs.csv']
beforeEach(async () => {
  await rm(join(folder, 'victim'), { recursive: true, force: true })
  await rm(join(folder, 'b'), { recursive: true, force: true })
  await cp(join(folder, 'sound'), join(folder, 'b'), { recursive: true })
  for (const name of names) {
    await mkdir(join(folder, 'victim', name, '..'), { recursive: true })
    await writeFile(join(folder, 'victim', name), 'precious')
  }
})

async function expectUntouched(): Promise<void> {
  const found = await readdir(join(folder, 'victim'), { recursive: true, withFileTypes: true })
  expect(found.filter(entry => entry.isFile())).toHaveLength(names.length)
  for (const name of names) expect(await readFile(join(folder, 'victim', name), 'utf8')).toBe('precious')
}

/** Puts a link in the place of something in the batch. */
async function linked(name: string, target: string): Promise<void> {
  await rm(join(folder, 'b', name), { recursive: true, force: true })
  await symlink(target, join(folder, 'b', name))
}

const toReport: [string, string[]][] = [
  ['report', ['report', 'b']],
  ['report as tables', ['report', 'b', '--format', 'csv']],
  ['export', ['export', 'b']],
  ['analyse', ['analyse', 'b', '--outcome', 'gap', '--method', 'rank', '--page']],
  ['explain a run', ['explain', 'b', '--run', '7', '--page']],
  ['explain the storylines', ['explain', 'b', '--storylines', '--sample', '4']],
  ['run', run('b')],
]

describe('a link that leads out of a batch directory', () => {
  it.each(toReport)('in the place of its report is refused by %s, and nothing there is touched', async (_, args) => {
    await linked('report', '../victim')
    const { code, stderr } = await multivector(args, folder)
    expect(code).toBe(65)
    expect(stderr).toContain('b/report: expected a link to stay in the batch directory, got one that leads elsewhere')
    expect(stderr).not.toMatch(/victim|precious/)
    await expectUntouched()
  })

  it.each([
    ['the parts', 'parts', '../victim'],
    ['a part', 'parts/000001', '../../victim/000001'],
    ['a part, to a place that is not there', 'parts/000001', 'nowhere'],
    ['an unfinished part', 'parts/000001.4711-00c0ffee.tmp', '../../victim/000001'],
    ['the manifest', 'manifest.json', '../victim/index.html'],
    ['a page of the report', 'report/index.html', '../../victim/index.html'],
    ['a folder of the report', 'report/tables', '../../victim'],
  ])('in the place of %s is refused by whoever writes there', async (_, name, target) => {
    await mkdir(join(folder, 'b', 'report'))
    await linked(name, target)
    // A report is refused already for what it reads behind the link.
    const reader = ['report', 'b']
    for (const args of [run('b'), ['run', 'b', '--no-report'], ['merge', 'sound', '--out', 'b'], reader]) {
      const { code, stderr } = await multivector(args, folder)
      const words = `b/${name}${args === reader ? '' : ': expected a link to stay'}`
      expect([args[0], code, stderr]).toEqual([args[0], 65, expect.stringContaining(words)])
      expect(stderr).not.toMatch(/victim|precious/)
    }
    await expectUntouched()
  })

  it('in the place of a file of a part is damage: the link is removed, and what it leads to is not', async () => {
    await linked('parts/000001/rows.parquet', '../../../victim/a.tmp')
    const { code, stdout } = await multivector(run('b'), folder)
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ digest: undisturbed, repaired: 1 })
    await expectUntouched()
  })
})

describe('a link that is refused nowhere', () => {
  it('is the batch directory itself, and one that stays inside', async () => {
    await rename(join(folder, 'b', 'parts'), join(folder, 'b', 'more-parts'))
    await linked('parts', 'more-parts')
    const link = await mkdtemp(join(folder, 'elsewhere-'))
    await symlink(join(folder, 'b'), join(link, 'linked'))
    const at = join(basename(link), 'linked')
    const { code, stdout } = await multivector(run(at), folder)
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ digest: undisturbed, complete: true })
    expect((await multivector(['report', at, '--format', 'json'], folder)).code).toBe(0)
  })
})
