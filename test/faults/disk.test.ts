import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBatch } from '../../sim/experiment.ts'
import { verifyBatch } from '../../sim/store/verify.ts'

const main = resolve('dist/command/main.js')
let folder: string
let undisturbed: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
  undisturbed = JSON.parse(run('undisturbed').stdout).digest
})
afterAll(() => rm(folder, { recursive: true }))

/** Three parts of 400 kB, under a program that limits the command. */
function run(out: string, under: readonly string[] = [], env = process.env, more: readonly string[] = []) {
  const scenario = resolve('scenarios/cis-plus-2030.yaml')
  const args = ['run', scenario, '--runs', '600', '--seed', 'disk', '--no-report', '--json', '--out', out, ...more]
  const [program, ...rest] = [...under, process.execPath, main, ...args]
  return spawnSync(program!, rest, { cwd: folder, encoding: 'utf8', env })
}

const isRoot = process.getuid?.() === 0
const succeeds = (program: string, ...args: string[]) => spawnSync(program, args).status === 0
const mountable = isRoot && succeeds('unshare', '--mount', 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir())
const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
const limitable = succeeds('prlimit', '--version')

const leftovers = async (out: string) =>
  (await readdir(join(folder, out), { recursive: true })).filter(name => name.endsWith('.tmp') || name === 'lock')

describe('a full disk', () => {
  it.skipIf(!limitable)(
    'of files that cannot grow is named, leaves nothing behind, and is resumed (needs prlimit)',
    async () => {
      const { status, stderr } = run('short', ['prlimit', '--fsize=100000'])
      expect(status).toBe(74)
      expect(stderr).toMatch(/short\S*: no space left \(EFBIG\)/)
      expect(stderr).not.toContain('    at ')
      expect(await leftovers('short')).toEqual([])
      expect(JSON.parse(run('short').stdout).digest).toBe(undisturbed)
    },
  )

  it.skipIf(!mountable)(
    'keeps the parts that fit, and is resumed when there is space (needs root and mount)',
    async () => {
      const place = join(folder, 'small')
      await mkdir(place)
      try {
        expect(succeeds('mount', '-t', 'tmpfs', '-o', 'size=1100k', 'tmpfs', place)).toBe(true)
        const refused = run('small/batch')
        expect(refused.stderr).toMatch(/small: expected 1\.?\d* MB free for 600 runs, got 1 MB; make room/)
        expect(refused.status).toBe(74)
        expect(await readdir(place)).toEqual([])
        const { status, stderr } = run('small/batch', [], process.env, ['--allow-large'])
        expect(status).toBe(74)
        expect(stderr).toMatch(/small\/batch\S*: no space left \(ENOSPC\)/)
        expect(await leftovers('small/batch')).toEqual([])
        const kept = await verifyBatch(await openBatch(join(place, 'batch')))
        expect(kept.problems).toEqual([])
        expect(kept.runs).toBeGreaterThan(0)
        expect(succeeds('mount', '-o', 'remount,size=16m', place)).toBe(true)
        expect(JSON.parse(run('small/batch').stdout).digest).toBe(undisturbed)
        expect(succeeds('mount', '-o', 'remount,ro', place)).toBe(true)
        expect(run('small/other').status).toBe(77)
        // A disk that cannot be written to is no trouble for readers.
        expect((await verifyBatch(await openBatch(join(place, 'batch')))).digest).toBe(undisturbed)
      } finally {
        spawnSync('umount', [place])
      }
    },
  )
})

describe('a folder without permission', () => {
  it('is named with the code 77 (by an ordinary user, or by root as one)', async () => {
    await chmod(folder, 0o755)
    await mkdir(join(folder, 'locked'))
    await chmod(join(folder, 'locked'), 0o555)
    const under = isRoot ? nobody : []
    if (isRoot && !succeeds(nobody[0]!, ...nobody.slice(1), 'test', '-r', main)) return
    accessSync(main, constants.R_OK)
    const { status, stderr } = run('locked/batch', under)
    expect(stderr).toMatch(/locked\/batch\S*: no permission/)
    expect(status).toBe(77)
    expect(await readdir(join(folder, 'locked'))).toEqual([])
  })
})

describe('a chunk that no worker can finish', () => {
  it('makes run end with 1 and say so; the same command tries it again', async () => {
    const marks = await mkdtemp(join(folder, 'marks-'))
    const plant = ['--import', resolve('test/faults/plant-worker.js')].join(' ')
    const PLANTED = JSON.stringify({ fault: 'exit', chunk: '1', times: 1000, marks })
    const { status, stderr, stdout } = run('poison', [], { ...process.env, NODE_OPTIONS: plant, PLANTED })
    expect(stderr).toContain(
      'runs 200 to 399 (part 1) are missing after 3 attempts; the last one its thread exited with code 3',
    )
    expect(stderr).toContain('run the same command again')
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ runs: 400, complete: false, failedChunks: [{ chunk: 1, attempts: 3 }] })
    const found = spawnSync(process.execPath, [main, 'verify', 'poison'], { cwd: folder, encoding: 'utf8' })
    expect(found.status).toBe(1)
    expect(found.stderr).toContain('part 1 is missing after 3 attempts')
    expect(JSON.parse(run('poison').stdout)).toMatchObject({ digest: undisturbed, failedChunks: [] })
  })
})
