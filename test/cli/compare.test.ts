import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { annotationText } from '../../sim/cli/print.ts'
import { multivector } from './command.ts'

let folder: string
// A few hundred runs are done sooner than a thread is up.
const run = (...args: string[]) => multivector([...args, '--workers', '0'], folder)
const write = (name: string, expectations: string, more = '') =>
  writeFile(
    join(folder, 'scenarios', name),
    `extends: cis-plus-2030.yaml\nbatch: { runs: 400 }\n${more}\nexpect:\n${expectations}\n`,
  )

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
  await cp('scenarios', join(folder, 'scenarios'), { recursive: true })
  await symlink(resolve('node_modules'), join(folder, 'node_modules'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('the gate', () => {
  it.each([
    ['met', '  a: { share: duality, at_most: 0.4 }\n  b: { failed: 0 }\n  c: { median: gap, at_least: 0.1 }', 0],
    ['not met', '  a: { share: duality, at_most: 0.4 }\n  b: { share: status_quo, of: KAZ, at_least: 0.9 }', 1],
    ['inconclusive', '  a: { share: duality, at_most: 0.4 }\n  b: { mean: gap, at_least: 0.2055 }', 3],
  ])('is %s', async (verdict, expectations, code) => {
    await write('one.yaml', expectations)
    const ended = await run('compare', 'scenarios/one.yaml', '--gate', '--json')
    expect(ended.stderr).toBe('')
    const { gate, comparisons } = JSON.parse(ended.stdout)
    expect(gate).toBe(verdict)
    expect(ended.code).toBe(code)
    expect(comparisons[0].expectations.map(({ name }: { name: string }) => name)).toEqual(
      expectations.match(/^ {2}\w/gm)!.map(name => name.trim()),
    )
    if (code === 3) expect(comparisons[0].expectations[1].runsNeeded).toBeGreaterThan(400)
    if (code !== 1) return
    // Without the flag the same is said, and the command is done.
    const told = await run('compare', 'scenarios/one.yaml')
    expect(told.code).toBe(0)
    expect(told.stdout).toContain('1 of 2 expectations is not met: b (share of runs in status quo for Kazakhstan')
  })

  it('that looks at nothing, or has nothing to compare with, says so', async () => {
    const nothing = await run('compare', 'scenarios/baseline.yaml', '--runs', '40', '--gate')
    expect(nothing.code).toBe(65)
    expect(nothing.stderr).toContain('expected something under `expect`')
    await write('near.yaml', '  near: { mean: gap, of: KAZ, within: 0.05 }')
    const alone = await run('compare', 'scenarios/near.yaml', '--gate')
    expect(alone.code).toBe(64)
    expect(alone.stderr).toContain('scenarios/near.yaml:5')
    expect(alone.stderr).toContain('--baseline FILE')
  })

  it('needs runs that are a sample', async () => {
    await write('one.yaml', '  a: { failed: 0 }')
    await run(
      'run',
      'scenarios/one.yaml',
      '--design',
      'morris',
      '--runs',
      '140',
      '--no-report',
      '--out',
      'm',
      '--quiet',
    )
    const ended = await run('compare', 'm', '--gate')
    expect(ended.code).toBe(65)
    expect(ended.stderr).toContain('got design morris')
  })
})

describe('a baseline', () => {
  const compare = async (scenario: string, ...more: string[]) =>
    JSON.parse((await run('compare', scenario, '--baseline', 'b.json', '--json', ...more)).stdout).comparisons[0]

  it('is small, the same bytes whenever the same batch is recorded, and as good as the batch', async () => {
    await write('one.yaml', '  near: { mean: gap, of: KAZ, within: 0.02 }\n  same: { unchanged: all }')
    expect((await run('baseline', 'scenarios/one.yaml', '--out', 'b.json')).code).toBe(0)
    const first = await readFile(join(folder, 'b.json'), 'utf8')
    expect(first.length).toBeLessThan(20_000)
    await rm(join(folder, 'batches'), { recursive: true })
    await run('baseline', 'scenarios/one.yaml', '--out', 'b.json', '--workers', '2')
    expect(await readFile(join(folder, 'b.json'), 'utf8')).toBe(first)
    const ended = await run('compare', 'scenarios/one.yaml', '--baseline', 'b.json', '--gate')
    expect(ended.code).toBe(0)
    expect(ended.stdout).toMatch(/^Unchanged: .* gives the same numbers as b\.json in every one of 400 runs\./)
    const same = await compare('scenarios/one.yaml')
    expect(same).toMatchObject({ verdict: 'identical', same: true, gate: 'met' })
    for (const { difference } of same.quantities) expect(difference).toEqual({ value: 0, lower: 0, upper: 0 })
  })

  it('of which the scenario has changed is compared without pairs, and the state is named', async () => {
    await write('one.yaml', '  same: { unchanged: all }', 'levers: { delivered: { distribution: fixed, value: 0 } }')
    const found = await compare('scenarios/one.yaml')
    expect(found).toMatchObject({ verdict: 'changed', paired: false, gate: 'not met', changes: null })
    expect(found.notes.join()).toContain('holds no runs')
    expect(found.most.name).toMatch(/^[A-Z]\w+/)
  })

  it('with another seed raises no alarm, and says that the worlds are others', async () => {
    await write('one.yaml', '  near: { mean: gap, within: 0.05 }')
    const found = await compare('scenarios/one.yaml', '--seed', '99')
    expect(found).toMatchObject({ paired: false, gate: 'met', counts: { changed: 0 } })
    expect(found.notes.join()).toContain('Other random worlds: seed 20251010 there, seed 99 here')
  })

  it('of another model version says that differences may come from it', async () => {
    const { sealed } = await import('../../sim/store/seal.ts')
    const { seal: _, ...baseline } = JSON.parse(await readFile(join(folder, 'b.json'), 'utf8'))
    await writeFile(join(folder, 'old.json'), sealed({ ...baseline, model: '0.9', digest: 'a'.repeat(64) }))
    const ended = await run('compare', 'scenarios/one.yaml', '--baseline', 'old.json')
    expect(ended.stdout).toContain('other versions (model 0.9 there, 1.0 here)')
  })
})

describe('formats', () => {
  it('of a comparison hold the verdict, and `--out` has all of them', async () => {
    await write('one.yaml', '  shell: { share: shell, at_most: 0.05, why: "50 % is, too, much" }')
    const args = ['compare', 'scenarios/cis-plus-2030.yaml', 'scenarios/one.yaml', '--runs', '400', '--gate']
    const summary = join(folder, 'summary.md')
    process.env.GITHUB_STEP_SUMMARY = summary
    const github = await run(...args, '--format', 'github', '--out', 'o').finally(
      () => delete process.env.GITHUB_STEP_SUMMARY,
    )
    expect(github.code).toBe(1)
    const lines = github.stdout.trim().split('\n')
    expect(lines[0]).toMatch(
      /^::error file=scenarios\/one\.yaml,line=5,title=shell%3A not met::expected share of runs in symbolic shell at most 5.%25, found /,
    )
    expect(lines[1]).toMatch(/^::notice title=Comparison::Unchanged/)
    expect(lines).toHaveLength(2)
    const markdown = await readFile(join(folder, 'o', 'comparison.md'), 'utf8')
    expect(await readFile(summary, 'utf8')).toBe(`${markdown}\n`)
    expect(markdown.split('\n')[0]).toBe('<!-- multivector:comparison:one -->')
    const page = await readFile(join(folder, 'o', 'comparison.html'), 'utf8')
    expect((await run(...args, '--format', 'html')).stdout).toBe(page)
    expect(JSON.parse(await readFile(join(folder, 'o', 'comparison.json'), 'utf8')).kind).toBe('comparison')
    expect(await readFile(join(folder, 'o', 'junit.xml'), 'utf8')).toContain('<failure message="expected share of runs')
  })

  it('for people say what the figures are, and from where on a difference matters', async () => {
    const { stdout } = await run(
      ...['compare', 'scenarios/cis-plus-2030.yaml', 'scenarios/win-win-in-words.yaml', '--runs', '100'],
      ...['--smallest', 'share=0.03,count=0.1,gap=0.005,KAZ_gap=0.005'],
    )
    expect(stdout).toContain(
      '\n\nFigures are means over runs, or shares of runs. A difference matters from 3 points for a share, 0.01 for an index, 0.005 for gap and KAZ_gap and 0.1 for a count (--smallest).\n\n',
    )
  })

  it('of three are one report, and a baseline may come first', async () => {
    const { stdout, code } = await run('compare', 'b.json', 'scenarios/win-win-in-words.yaml', 'm', '--format', 'md')
    expect(code).toBe(0)
    expect(stdout).toContain('# 2 comparisons')
    expect(stdout.match(/^> (Changed|Unchanged)/gm)).toHaveLength(2)
  })
})

describe('an annotation', () => {
  it.each([
    ['a\n::error::b\r%0A', '::error title=t::a%0A::error::b%0D%250A'],
    ['\u001b]0;x\u0007\u2028', '::error title=t::\ufffd]0;x\ufffd\ufffd'],
  ])('of %j is one command on one line', (message, line) => {
    expect(annotationText({ level: 'error', title: 't', message })).toBe(line)
  })

  it('keeps a title and a file from ending their property', () => {
    const text = annotationText({ level: 'warning', title: 'a,line=9::x', message: 'm', file: 'a:b,c.yaml', line: 3 })
    expect(text).toBe('::warning file=a%3Ab%2Cc.yaml,line=3,title=a%2Cline=9%3A%3Ax::m')
  })
})
