import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { lutimes, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exitCode } from '../../sim/core/errors.ts'
import { withLock } from '../../sim/store/lock.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
})
afterAll(() => rm(folder, { recursive: true }))

const directory = () => mkdtemp(join(folder, 'b-'))
const holder = (more: object) =>
  JSON.stringify({ pid: 1, host: hostname(), since: '2026-01-01T00:00:00.000Z', token: 'theirs', ...more })
/** Nobody who lives is silent for as long as this, in these tests. */
const quick = { beat: 20, stale: 60_000, watch: 400 }
/** The number of a process that has ended. */
async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  return child.pid!
}

describe('a lock', () => {
  it('lets one of many in at a time, also when all find it stale', async () => {
    const at = await directory()
    await writeFile(join(at, 'lock'), holder({ pid: await endedProcess() }))
    let inside = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++inside)
      await readdir(at)
      inside--
    }
    const ended = await Promise.allSettled(Array.from({ length: 20 }, () => withLock(at, work)))
    expect(most).toBe(1)
    expect(ended.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
    for (const end of ended)
      if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: exitCode.resumable })
    expect(await readdir(at)).toEqual([])
  })

  it('of a living process is refused with its number, host and start', async () => {
    const at = await directory()
    await writeFile(join(at, 'lock'), holder({ pid: process.ppid }))
    await expect(withLock(at, async () => undefined)).rejects.toThrow(
      `in use by process ${process.ppid} on ${hostname()} since 2026-01-01`,
    )
    expect(await readFile(join(at, 'lock'), 'utf8')).toContain('theirs')
  })

  it.each([
    ['of a process that has ended', async () => holder({ pid: await endedProcess() }), 0],
    ['of an earlier process with our own number, as in a container', async () => holder({ pid: process.pid }), 0],
    ['of another machine without a sign of life for a minute', async () => holder({ host: 'elsewhere' }), 61],
    ['of a living process without a sign of life for a minute', async () => holder({ pid: process.ppid }), 61],
    ['that a power cut left empty', async () => '', 3],
  ])('%s is taken over', async (_, text, age) => {
    const at = await directory()
    await writeFile(join(at, 'lock'), await text())
    const then = new Date(Date.now() - age * 1000)
    await utimes(join(at, 'lock'), then, then)
    expect(await withLock(at, async () => 'worked', undefined, quick)).toBe('worked')
    expect(await readdir(at)).toEqual([])
  })

  it.each([
    ['ahead', -3600],
    ['behind', 3600],
  ])(
    'of a machine whose clock is an hour %s is refused while it moves, and taken over when it does not',
    async (_, age) => {
      const at = await directory()
      for (const name of ['lock', 'lock-1-of-2']) await writeFile(join(at, name), holder({ host: 'elsewhere' }))
      let beats = 0
      const beat = async () => {
        const then = new Date(Date.now() - age * 1000 + ++beats)
        for (const name of ['lock', 'lock-1-of-2']) await utimes(join(at, name), then, then)
      }
      await beat()
      const living = setInterval(() => void beat().catch(() => undefined), 20)
      const long = { ...quick, watch: 60_000 }
      const refused = [undefined, { index: 1, count: 2 }].map(shard => withLock(at, async () => undefined, shard, long))
      for (const each of await Promise.allSettled(refused))
        expect(each).toMatchObject({ status: 'rejected', reason: { code: exitCode.resumable } })
      clearInterval(living)
      expect((await readdir(at)).sort()).toEqual(['lock', 'lock-1-of-2'])
      expect(await withLock(at, async () => 'worked', undefined, quick)).toBe('worked')
      expect(await readdir(at)).toEqual([])
    },
  )

  it('of a time to come that cannot be read is taken over', async () => {
    const at = await directory()
    await writeFile(join(at, 'lock'), 'no lock of ours')
    await utimes(join(at, 'lock'), new Date('2040-01-01'), new Date('2040-01-01'))
    expect(await withLock(at, async () => 'worked', undefined, quick)).toBe('worked')
  })

  it.each(['nowhere', '../of-somebody'])('that is a link to %s is taken over, and not followed', async target => {
    const at = await directory()
    const theirs = join(folder, 'of-somebody')
    await writeFile(theirs, holder({ pid: process.ppid }))
    await utimes(theirs, 1, 1)
    await symlink(target, join(at, 'lock'))
    await symlink(target, join(at, 'lock.takeover.tmp'))
    await lutimes(join(at, 'lock.takeover.tmp'), new Date('2040-01-01'), new Date('2040-01-01'))
    expect(await withLock(at, async () => 'worked', undefined, quick)).toBe('worked')
    expect(await readdir(at)).toEqual([])
    expect([await readFile(theirs, 'utf8'), (await stat(theirs)).mtimeMs]).toEqual([
      holder({ pid: process.ppid }),
      1000,
    ])
  })

  it('of another machine with a fresh sign of life is refused', async () => {
    const at = await directory()
    await writeFile(join(at, 'lock'), holder({ host: 'elsewhere' }))
    await expect(withLock(at, async () => undefined)).rejects.toMatchObject({ code: exitCode.resumable })
  })

  it('that another process took is not removed at the end', async () => {
    const at = await directory()
    await withLock(at, () => writeFile(join(at, 'lock'), holder({ host: 'elsewhere' })))
    expect(await readFile(join(at, 'lock'), 'utf8')).toContain('theirs')
  })

  it('is gone after work that failed', async () => {
    const at = await directory()
    await expect(withLock(at, () => Promise.reject(new Error('planted')))).rejects.toThrow('planted')
    expect(await readdir(at)).toEqual([])
  })
})
