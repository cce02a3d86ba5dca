import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { multivector, start } from './command.ts'

const scenario = resolve('scenarios/cis-plus-2030.yaml')
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
  await copyFile('scenarios/baseline.yaml', join(folder, '...yaml'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('run', () => {
  it('prints the documented JSON, leaves a report, and the same digest for any number of workers', async () => {
    const run = (workers: string) =>
      multivector(
        ['run', scenario, '--runs', '300', '--seed', '5', '--workers', workers, '--out', `w${workers}`, '--json'],
        folder,
      )
    const two = await run('2')
    expect(two.code).toBe(0)
    const document = JSON.parse(two.stdout)
    expect(document).toMatchObject({
      runs: 300,
      planned: 300,
      failed: 0,
      complete: true,
      seed: '5',
      design: 'monte-carlo',
      out: 'w2',
    })
    expect(Object.keys(document.outcomes)).toEqual([
      'status_quo',
      'duality',
      'council',
      'shell',
      'consolidation',
      'realignment',
    ])
    const shares: { share: number; lower: number; upper: number }[] = Object.values(document.outcomes)
    expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12)
    for (const { share, lower, upper } of shares) expect(lower <= share && share <= upper).toBe(true)
    expect(document.seconds).toBeGreaterThan(0)
    const page = await readFile(document.report, 'utf8')
    expect(page).toContain('<!doctype html>')
    // Waterfalls for the core, its nine states and the one state in depth.
    expect(page.match(/data-chart="waterfall"/g)).toHaveLength(11)
    expect(JSON.parse((await run('0')).stdout).digest).toBe(document.digest)
  })

  it('answers people with a sentence, shares with intervals, actors, failures, the digest and where the report lies', async () => {
    const { code, stdout, stderr } = await multivector(['run', scenario, '--runs', '200', '--out', 'people'], folder)
    expect(code).toBe(0)
    for (const piece of [
      'status quo',
      '95 %',
      'ambiguous',
      'vitality of CIS Plus',
      'leadership',
      'Kazakhstan',
      'Central Asia',
      'Failed  0 of 200',
      'Digest',
      'Report',
    ]) {
      expect(stdout).toContain(piece)
    }
    expect(stdout + stderr).not.toMatch(/probabilit/i)
    expect(stdout).not.toContain('\u001b')
  })

  it('says that a complete batch is complete, and computes nothing', async () => {
    const again = await multivector(['run', scenario, '--runs', '200', '--out', 'people'], folder)
    expect(again.code).toBe(0)
    expect(again.stdout).toContain('complete before this call, nothing computed')
  })

  it('runs several scenarios in turns, with the digests each has alone', async () => {
    const other = resolve('scenarios/without-cis-plus.yaml')
    const args = ['--runs', '1100', '--workers', '1', '--no-report', '--json']
    const together = await multivector(['run', scenario, other, ...args, '--out', 'both'], folder)
    expect(together.code).toBe(0)
    const { batches } = JSON.parse(together.stdout)
    expect(batches.map(({ out }: { out: string }) => out)).toEqual(['both/cis-plus-2030', 'both/without-cis-plus'])
    const alone = await multivector(['run', other, ...args, '--out', 'alone'], folder)
    expect(batches[1].digest).toBe(JSON.parse(alone.stdout).digest)
    const checked = await multivector(['check', scenario, other, '--json', '--json'], folder)
    expect(checked.stdout).toContain('without-cis-plus')
    expect(checked.stdout).toContain('cis-plus-2030')
    const twice = await multivector(['run', scenario, scenario, ...args], folder)
    expect(twice.code).toBe(64)
    expect(twice.stderr).toContain('expected each scenario once')
  })

  it('keeps several scenarios about equally far when they are cut short', async () => {
    const other = resolve('scenarios/without-cis-plus.yaml')
    const args = ['run', scenario, other, '--runs', '20000', '--workers', '2', '--no-report', '--out', 'cut']
    const { child, ended } = start(args, folder)
    const stored = async (name: string) =>
      (await readdir(join(folder, 'cut', name, 'parts')).catch(() => [])).filter(part => /^\d+$/.test(part)).length
    for (let tries = 0; tries < 1000 && (await stored('without-cis-plus')) < 4; tries++)
      await new Promise(later => setTimeout(later, 50))
    child.kill('SIGINT')
    expect((await ended).code).toBe(130)
    const [first, second] = [await stored('cis-plus-2030'), await stored('without-cis-plus')]
    expect(Math.abs(first - second)).toBeLessThanOrEqual(20)
    expect(first + second).toBeLessThan(80)
  })

  it('stops at an interrupt with everything finished kept, and goes on at the same command', async () => {
    const args = ['run', scenario, '--runs', '30000', '--no-report', '--out', 'stopped', '--workers', '2', '--json']
    const { child, ended } = start(args, folder)
    const parts = join(folder, 'stopped', 'parts')
    for (;;) {
      const stored = await readdir(parts).catch(() => [])
      if (stored.some(name => /^\d+$/.test(name))) break
      await new Promise(wake => setTimeout(wake, 20))
    }
    child.kill('SIGINT')
    const stopped = await ended
    expect(stopped.code).toBe(130)
    expect(stopped.stderr).toContain('run the same command again')
    const { runs, complete } = JSON.parse(stopped.stdout)
    expect(complete).toBe(false)
    expect(runs).toBeGreaterThan(0)
    expect(await readdir(join(folder, 'stopped'))).not.toContain('lock')
    // A smaller batch of the same kind shows the digest does not depend on the stop; see the agreement tests for this one.
    const other = await multivector(['run', scenario, '--runs', '200', '--no-report', '--out', 'stopped'], folder)
    expect(other.code).toBe(76)
  })

  it('refuses a directory another process works in', async () => {
    const { child, ended } = start(
      ['run', scenario, '--runs', '30000', '--no-report', '--out', 'shared', '--quiet'],
      folder,
    )
    const parts = join(folder, 'shared', 'lock')
    while ((await readFile(parts, 'utf8').catch(() => '')) === '') await new Promise(wake => setTimeout(wake, 20))
    const second = await multivector(
      ['run', scenario, '--runs', '30000', '--no-report', '--out', 'shared', '--quiet'],
      folder,
    )
    expect(second.code).toBe(75)
    expect(second.stderr).toContain(`process ${child.pid}`)
    child.kill('SIGTERM')
    expect((await ended).code).toBe(143)
  })
})

describe('bad input', () => {
  it('lists every problem of a scenario with file, line and column, exits with 65 and writes nothing', async () => {
    await mkdir(join(folder, 'bad'))
    await writeFile(
      join(folder, 'bad', 'bad.yaml'),
      'title: x\nquestion: y\noptoins: [russia]\nlevers:\n  delivered: {distribution: uniform, low: 2, high: 1}\n',
    )
    const { code, stderr, stdout } = await multivector(['run', 'bad.yaml', '--out', 'out'], join(folder, 'bad'))
    expect(code).toBe(65)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/bad\.yaml:3:1: error/)
    expect(stderr).toContain('options')
    expect(stderr).toMatch(/bad\.yaml:5:\d+: error/)
    expect(await readdir(join(folder, 'bad'))).toEqual(['bad.yaml'])
  })

  it.each([
    [['run', 'missing.yaml'], 66, 'missing.yaml'],
    [['run', '...yaml'], 64, 'a name before the ending'],
    [['run', scenario, '--runs', '0'], 64, 'whole number from 1'],
    [['run', scenario, '--runs', '1e18'], 64, '1000000000'],
    [['run', scenario, '--sed', '1'], 64, 'did you mean --seed'],
    [['run', scenario, '--no-out'], 64, 'no-out'],
    [['run', scenario, '--no-seed'], 64, 'no-seed'],
    [['run', scenario, '--out.x=1'], 64, 'out.x'],
    [['run', scenario, '--design', 'grid'], 64, 'monte-carlo'],
    [['rnu', scenario], 64, 'run'],
    [[], 64, 'expected a command'],
    [['report', '.'], 66, 'manifest.json'],
    [['trace', scenario, '--set', 'delivred=1'], 64, 'got delivred; did you mean `delivered`?'],
    [['trace', scenario, '--set', 'delivered=2'], 64, 'from 0 to 1'],
  ])('exits with the code for %j', async (args, code, text) => {
    const ended = await multivector(args as string[], folder)
    expect(ended.code).toBe(code)
    expect(ended.stderr).toContain(text)
    expect(ended.stderr).not.toContain('    at ')
  })

  it('names an output that cannot be made', async () => {
    await writeFile(join(folder, 'file'), '')
    const under = await multivector(['run', scenario, '--runs', '100', '--out', 'file/batch'], folder)
    expect(under.code).toBe(73)
    expect(under.stderr).toContain('file')
    await mkdir(join(folder, 'locked'))
    await chmod(join(folder, 'locked'), 0o555)
    const locked = await multivector(['run', scenario, '--runs', '100', '--out', 'locked/batch'], folder)
    // Root may write everywhere.
    expect(locked.code).toBe(process.getuid?.() === 0 ? 0 : 77)
  })

  it.skipIf(process.platform !== 'linux')(
    'does not take a folder that cannot be made for one that is gone',
    async () => {
      const ended = await multivector(['run', scenario, '--runs', '100', '--out', '/proc/self/batch'], folder)
      expect(ended.code).toBe(73)
      expect(ended.stderr).toContain('/proc/self/batch: cannot be created')
    },
  )
})

describe('trace', () => {
  it('prints one run without sampling under the names of the model document', async () => {
    const { code, stdout } = await multivector(
      [
        'trace',
        resolve('scenarios/baseline.yaml'),
        '--seed',
        '1',
        '--run',
        '0',
        '--set',
        'delivered=0.9',
        'declared=0.9',
        'support=0.9',
        '--json',
      ],
      folder,
    )
    expect(code).toBe(0)
    const trace = JSON.parse(stdout)
    expect(trace.label).toBe('council')
    expect(trace.ambiguous).toBe(true)
    expect(trace.indices.gap).toHaveLength(21)
    expect(trace.indices.ID[0]).toBeCloseTo(0.5714899831711, 12)
    expect(trace.actorLabels.KAZ).toMatch(/^(status_quo|duality|reverse_duality|consolidation|realignment)$/)
    expect(trace.final.tiers.ARM.CSTO).toBe(1)
    expect(Object.keys(trace.final)).toEqual(['alignment', 'tiers', 'vitality', 'threat', 'credibility'])
    // All CIS states are the core of this scenario, so that the means of the group are those of the system.
    expect(Object.keys(trace.groups.cis_core)).toHaveLength(12)
    for (const [name, path] of Object.entries<number[]>(trace.groups.cis_core))
      path.forEach((value, tick) => {
        expect(value, `${name} ${tick}`).toBeCloseTo(trace.indices[name][tick], 12)
      })
  })

  it('shows people the quarters, and the events that happened in them', async () => {
    const { code, stdout } = await multivector(
      ['trace', resolve('scenarios/cis-plus-2030.yaml'), '--seed', '3', '--run', '4'],
      folder,
    )
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ {3}4 {2}2026Q4 {4}0\.\d{4}/m)
    expect(stdout).toMatch(/^ {2}2026Q2 on {9}Trade deal of the EAEU with Mongolia takes effect$/m)
    expect(stdout).toMatch(/^ {2}2026Q2 to 2028Q1 {2}Conference of parliaments/m)
    const none = await multivector(['trace', resolve('scenarios/baseline.yaml')], folder)
    expect(none.stdout).toContain('no event happened')
  })

  it('names each column in words', async () => {
    const shown = async (name: string) => {
      const { stdout } = await multivector(['trace', resolve(`scenarios/${name}.yaml`)], folder)
      return stdout.split('\n').find(line => line.startsWith('ID '))
    }
    const first = 'ID institutional alignment, OP operational alignment, gap ID less OP, '
    const leads = 'lead_RU Russia’s share of leadership'
    expect(await shown('baseline')).toBe(`${first}v vitality of CIS Plus, ${leads}, ext outsiders in CIS Plus`)
    expect(await shown('without-cis-plus')).toBe(first + leads)
  })

  it('says how many sampled parameters are at their defaults, to people only and of sampled ones only', async () => {
    const said = async (...args: string[]) => (await multivector(['trace', ...args], folder)).stderr
    expect(await said(scenario)).toMatch(/^69 sampled parameters are at their defaults; --set name=value changes one/)
    expect(await said(scenario, '--set', 'delivered=0.2')).toMatch(/^68 sampled/)
    expect(await said(resolve('scenarios/no-buffer.yaml'))).toMatch(/^68 sampled/)
    for (const quiet of ['--quiet', '--json']) expect(await said(scenario, quiet)).toBe('')
    expect(await said(resolve('scenarios/baseline.yaml'))).toBe('')
  })
})
