import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sealed, unsealed } from '../../sim/store/seal.ts'
import { withHashes } from '../store/with-hashes.js'
import { multivector } from './command.ts'

let folder: string
const run = (...args: string[]) => multivector(args, folder)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
  await symlink(resolve('scenarios'), join(folder, 'scenarios'))
  const range = '[-3.141592653589793, 3.141592653589793]'
  await writeFile(join(folder, 'space.yaml'), `inputs:\n  x1: ${range}\n  x2: ${range}\n  x3: ${range}\n`)
  await writeFile(join(folder, 'formula.yaml'), 'inputs:\n  "=HYPERLINK(1)": [0, 1]\n')
  await writeFile(join(folder, 'steering.yaml'), 'inputs:\n  "a\\e[2Jb\\n::error::x": [0, 1]\n')
})
afterAll(() => rm(folder, { recursive: true }))

/** Adds an outcome to the points of a CSV file: a model that lives elsewhere. */
async function evaluate(from: string, to: string, f: (x: number[]) => number, keepInputs = true): Promise<void> {
  const [header, ...rows] = (await readFile(join(folder, from), 'utf8')).trim().split('\n')
  const lines = rows.map(row => {
    const y = f(row.split(',').map(Number))
    return keepInputs ? `${row},${y}` : String(y)
  })
  await writeFile(join(folder, to), [keepInputs ? `${header},y` : 'y', ...lines].join('\n'))
}

const ishigami = ([a, b, c]: number[]) => Math.sin(a!) + 7 * Math.sin(b!) ** 2 + 0.1 * c! ** 4 * Math.sin(a!)

describe('design and analyse, for a model that lives elsewhere', () => {
  it.each([true, false])(
    'give Sobol’ indices of the Ishigami function within 0.02 (table with its inputs: %s)',
    async keep => {
      const made = await run(
        'design',
        'space.yaml',
        '--method',
        'saltelli',
        '--runs',
        '20480',
        '--out',
        'p.csv',
        '--json',
      )
      expect(JSON.parse(made.stdout)).toMatchObject({
        method: 'saltelli',
        rows: 20_480,
        block: 5,
        inputs: ['x1', 'x2', 'x3'],
      })
      await evaluate('p.csv', 't.csv', ishigami, keep)
      const { code, stdout } = await run(
        ...['analyse', 't.csv', '--inputs', 'x1,x2,x3', '--outcome', 'y'],
        ...['--method', 'sobol', '--design', 'p.csv', '--json'],
      )
      expect(code).toBe(0)
      const { first, total } = JSON.parse(stdout)
      expect(Math.abs(first.x1.value - 0.3139)).toBeLessThan(0.02)
      expect(Math.abs(first.x2.value - 0.4424)).toBeLessThan(0.02)
      expect(Math.abs(total.x3.value - 0.2437)).toBeLessThan(0.02)
      expect(first.x1.lower).toBeLessThan(first.x1.value)
      expect(first.x1.upper).toBeGreaterThan(first.x1.value)
    },
  )

  it('give elementary effects, δ and rank correlations', async () => {
    await run('design', 'space.yaml', '--method', 'morris', '--runs', '400', '--out', 'm.csv', '--quiet')
    await evaluate('m.csv', 'mt.csv', ([a, b]) => 5 * a! + b!)
    const morris = JSON.parse(
      (await run('analyse', 'mt.csv', '--outcome', 'y', '--method', 'morris', '--design', 'm.csv', '--json')).stdout,
    )
    expect(morris.muStar.x1.value).toBeCloseTo(10 * Math.PI, 6)
    expect(morris.sigma.x1.value).toBeCloseTo(0, 6)
    expect(morris.muStar.x3.value).toBe(0)
    await run('design', 'space.yaml', '--method', 'sobol', '--runs', '1024', '--out', 's.csv', '--quiet')
    await evaluate('s.csv', 'st.csv', ([a, b]) => 5 * a! + b!)
    const of = async (method: string) =>
      JSON.parse((await run('analyse', 'st.csv', '--outcome', 'y', '--method', method, '--json')).stdout)
    expect((await of('rank')).correlation.x1.value).toBeGreaterThan(0.95)
    expect((await of('delta')).delta.x1.value).toBeGreaterThan((await of('delta')).delta.x2.value)
  })

  it('find the box a model has, with the documented keys, the same bytes twice', async () => {
    await run('design', 'space.yaml', '--method', 'latin-hypercube', '--runs', '2000', '--out', 'l.csv', '--quiet')
    await evaluate('l.csv', 'lt.csv', ([a, b]) => (a! > 1 && b! < 0 ? 1 : 0))
    const prim = () => run('analyse', 'lt.csv', '--outcome', 'y', '--method', 'prim', '--threshold', '0.5', '--json')
    const { stdout } = await prim()
    const [box] = JSON.parse(stdout).boxes
    expect(box).toMatchObject({ coverage: expect.any(Number), density: expect.any(Number), mass: expect.any(Number) })
    expect(box.limits.x1[0]).toBeCloseTo(1, 0)
    expect(box.limits.x2[1]).toBeCloseTo(0, 0)
    expect(box.quasiP.x1).toBeLessThan(1e-6)
    expect(box.sentence).toContain('x1 is at least')
    for (const key of ['coverage', 'density', 'mass', 'limits', 'quasiP', 'sentence'])
      expect(Object.keys(box.trajectory[1])).toContain(key)
    expect((await prim()).stdout).toBe(stdout)
    const cart = JSON.parse(
      (await run('analyse', 'lt.csv', '--outcome', 'y', '--method', 'cart', '--threshold', '0.5', '--json')).stdout,
    )
    expect(cart.boxes[0].density).toBeGreaterThan(0.9)
    for (const method of ['cart', 'delta', 'rank']) {
      const again = () => run('analyse', 'lt.csv', '--outcome', 'y', '--method', method, '--json')
      expect((await again()).stdout, method).toBe((await again()).stdout)
    }
  })
})

describe('designs and batches of a scenario', () => {
  it('run, are analysed by parameter, outcome and actor, and are compared on the same worlds', async () => {
    const scenario = 'scenarios/cis-plus-2030.yaml'
    const batch = await run('run', scenario, '--runs', '400', '--seed', '3', '--out', 'a', '--no-report', '--json')
    expect(batch.code).toBe(0)
    const rank = await run(
      'analyse',
      'a',
      '--method',
      'rank',
      '--inputs',
      'delivered,ticket',
      '--outcome',
      'KAZ_gap',
      '--json',
    )
    expect(Object.keys(JSON.parse(rank.stdout).correlation)).toEqual(['delivered', 'ticket'])
    const prim = await run('analyse', 'a', '--method', 'prim', '--outcome', 'class=status_quo', '--json')
    expect(JSON.parse(prim.stdout).rows).toBe(400)
    const self = JSON.parse((await run('compare', 'a', 'a', '--json')).stdout).comparisons[0]
    expect(self.same).toBe(true)
    for (const { difference } of self.quantities) expect(difference).toEqual({ value: 0, lower: 0, upper: 0 })
    const other = await run('compare', 'a', 'scenarios/without-cis-plus.yaml', '--json')
    const compared = JSON.parse(other.stdout).comparisons[0]
    expect(compared).toMatchObject({ paired: true, runs: 400 })
    const named = (name: string) => compared.quantities.find(({ quantity }: { quantity: string }) => quantity === name)
    expect(named('ext'), 'counts CIS Plus, which one side does not have').toBeUndefined()
    expect(named('AFG_class=duality')).toMatchObject({ verdict: 'changed' })
    expect(named('AFG_class=duality').difference.upper).toBeLessThan(0)
  })

  it('of explicit points give each run its point, and the same digest for any number of workers', async () => {
    await run(
      'design',
      'scenarios/cis-plus-2030.yaml',
      '--method',
      'sobol',
      '--runs',
      '30',
      '--out',
      'q.csv',
      '--quiet',
    )
    const digest = async (workers: string, more: string[] = []) =>
      JSON.parse(
        (
          await run(
            ...[
              'run',
              'scenarios/cis-plus-2030.yaml',
              '--points',
              'q.csv',
              '--workers',
              workers,
              '--no-report',
              '--json',
            ],
            ...['--out', `q${workers}${more.length}`, ...more],
          )
        ).stdout,
      )
    const [serial, threads] = [await digest('0'), await digest('2')]
    expect(serial).toMatchObject({ design: 'points', runs: 30 })
    expect(threads.digest).toBe(serial.digest)
    const twice = await digest('0', ['--replications', '2'])
    expect(twice).toMatchObject({ runs: 60 })
  })

  it('of Saltelli blocks are analysed as such, and a traced run lives in the world of its block', async () => {
    const args = ['--design', 'saltelli', '--runs', '142', '--no-report', '--out', 'b', '--quiet']
    expect((await run('run', 'scenarios/cis-plus-2030.yaml', ...args)).code).toBe(0)
    const { stdout } = await run('analyse', 'b', '--method', 'sobol', '--outcome', 'gap', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ blocks: 2, rows: 142 })
    const trace = JSON.parse((await run('trace', 'b', '--run', '72', '--json')).stdout)
    expect(trace.run).toBe(1)
  })

  it('stop when the half-widths asked for are met, or say how many runs are needed', async () => {
    const until = (target: string, out: string, runs: string) =>
      run(
        'run',
        'scenarios/cis-plus-2030.yaml',
        '--until',
        target,
        '--runs',
        runs,
        '--no-report',
        '--json',
        '--out',
        out,
      )
    const enough = await until('gap=0.01,share=0.1', 'u', '4000')
    expect(enough.code).toBe(0)
    const { runs, until: found } = JSON.parse(enough.stdout)
    expect(runs).toBeLessThan(4000)
    expect(found.met).toBe(true)
    expect(found.looks.at(-1).halfWidths.gap).toBeLessThanOrEqual(0.01)
    const again = JSON.parse((await until('gap=0.01,share=0.1', 'u', '4000')).stdout)
    expect(again.runs).toBe(runs)
    const named = 'share:council=0.1,KAZ_gap=0.01,KAZ:share:duality=0.1,KAZ_class=duality=0.1'
    const [look] = JSON.parse((await until(named, 'w', '1000')).stdout).until.looks
    expect(Object.keys(look.halfWidths)).toEqual(['share:council', 'KAZ_gap', 'KAZ:share:duality', 'KAZ_class=duality'])
    expect(look.halfWidths['KAZ_class=duality']).toBe(look.halfWidths['KAZ:share:duality'])
    const open = await until('gap=0.00001', 'v', '1000')
    expect(open.code).toBe(3)
    expect(JSON.parse(open.stdout).until.looks.at(-1).needed).toBeGreaterThan(1000)
  })
})

describe('bad input', () => {
  it.each([
    ['a,y\n1,2\n,3\n', ['--inputs', 'a'], 65, 'row 2 (line 3), column a: expected a number, got an empty cell'],
    ['a,y\n1,2\nx,3\n', ['--inputs', 'a'], 65, 'row 2 (line 3), column a: expected a number, got "x"'],
    ['alpha,y\n1,2\n2,3\n', ['--inputs', 'alpa'], 64, 'did you mean `alpha`'],
    ['a,y\n1,2\n2,3\n', ['--inputs', 'a'], 65, 'expected at least'],
    ['a,y\n1,2\n2,3\n', ['--threshold', 'high'], 64, '--threshold'],
  ])('%j with %j exits with %i', async (text, args, code, message) => {
    await writeFile(join(folder, 'bad.csv'), text)
    const ended = await run('analyse', 'bad.csv', '--outcome', 'y', '--method', 'prim', ...args)
    expect(ended.stderr).toContain(message)
    expect(ended.code).toBe(code)
    expect(ended.stdout).toBe('')
  })

  it.each([
    [['design', 'space.yaml', '--method', 'saltelli', '--runs', '9'], 64, 'at least 10 (two blocks of 3 + 2) runs'],
    [['design', 'space.yaml', '--inputs', 'x9'], 64, 'x9'],
    [['design', 'formula.yaml'], 65, 'formula.yaml:2:3: error[input-name]'],
    [['design', 'steering.yaml'], 65, 'steering.yaml:2:3: error[input-name]'],
    [['design', 'none.yaml'], 66, 'no such file'],
    [['analyse', 'none.csv', '--method', 'rank', '--outcome', 'y'], 66, 'no such file'],
    [['analyse', 'space.yaml', '--method', 'rank'], 64, '--outcome'],
    [['compare', 'space', 'space'], 66, 'no such batch'],
    [['run', 'scenarios/cis-plus-2030.yaml', '--until', 'gapp=1'], 64, 'did you mean `gap`'],
    [['run', 'scenarios/cis-plus-2030.yaml', '--until', 'KZA:share:duality=1'], 64, 'did you mean `KAZ:share:duality`'],
    [['run', 'scenarios/cis-plus-2030.yaml', '--until', 'class=councl=1'], 64, 'did you mean `share:council`'],
    [['run', 'scenarios/cis-plus-2030.yaml', '--points', 'space.yaml'], 65, 'space.yaml'],
  ])('%j exits with %i', async (args, code, message) => {
    const ended = await run(...args)
    expect(ended.stderr).toContain(message)
    expect(ended.code).toBe(code)
  })

  it.each(['prim', 'cart', 'sobol', 'morris', 'delta', 'rank'])(
    'nothing to explain it by is said of %s',
    async method => {
      const rows = Array.from({ length: 100 }, (_, n) => n).join('\n')
      await writeFile(join(folder, 'alone.csv'), `y\n${rows}\n`)
      const ended = await run('analyse', 'alone.csv', '--outcome', 'y', '--method', method, '--threshold', '50')
      expect(ended).toMatchObject({ code: 65, stdout: '' })
      expect(ended.stderr).toContain('alone.csv: expected a column of an input beside "y", got none')
    },
  )

  it('a batch that samples nothing has nothing to explain an outcome by', async () => {
    await run('run', 'scenarios/baseline.yaml', '--runs', '100', '--out', 'unsampled', '--no-report')
    const ended = await run('analyse', 'unsampled', '--method', 'rank')
    expect(ended).toMatchObject({ code: 65, stdout: '' })
    expect(ended.stderr).toContain('unsampled: expected a batch that samples parameters')
  })

  it('a range the wrong way round is shown with its place', async () => {
    await writeFile(join(folder, 'wrong.yaml'), 'inputs:\n  a: [0, 1]\n  b: [2, 1]\n')
    const ended = await run('design', 'wrong.yaml')
    expect(ended.code).toBe(65)
    expect(ended.stderr).toContain('wrong.yaml:3:')
    expect(ended.stderr).toContain('expected low below high')
  })

  it('a batch of another model version names the remedy', async () => {
    await run('run', 'scenarios/baseline.yaml', '--runs', '50', '--out', 'old', '--no-report', '--quiet')
    const file = join(folder, 'old', 'manifest.json')
    const manifest = unsealed(await readFile(file, 'utf8')) as object
    await writeFile(file, sealed(withHashes({ ...manifest, model: '0.9' }), 1))
    const ended = await run('analyse', 'old', '--method', 'rank', '--outcome', 'gap')
    expect(ended.code).toBe(76)
    expect(ended.stderr).toContain('got one of model 0.9; run its scenario again')
  })
})
