import { type ChildProcess, spawn } from 'node:child_process'
import { cp, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBatch } from '../../sim/experiment.ts'
import { verifyBatch } from '../../sim/store/verify.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
  await cp(resolve('scenarios'), join(folder, 'scenarios'), { recursive: true })
  await symlink(resolve('dist'), join(folder, 'dist'))
  const bin = { multivector: 'dist/command/main.js' }
  const scripts = { start: `node ${bin.multivector} ${words('npm').join(' ')}` }
  const manifest = { name: 'multivector', version: '0.0.0', type: 'module', bin, scripts }
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
})
afterAll(() => rm(folder, { recursive: true }))

const main = resolve('dist/command/main.js')
const words = (out: string) => ['run', 'scenarios/cis-plus-2030.yaml', '--runs', '20000', '--no-report', '--out', out]
const command = (out: string) => [main, ...words(out)]
/** Through npx, with a cache of its own, which also serves where HOME cannot be written. */
const npx = (out: string) => ['--offline', '--cache', 'cache', 'multivector', ...words(out)]

/** Tests run under npm; what they start does not. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')))

/** A process in a group of its own, as a shell starts it. */
function start(program: string, args: readonly string[]) {
  const child = spawn(program, args, { cwd: folder, env, detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
  let stderr = ''
  child.stderr!.on('data', piece => {
    stderr += piece
  })
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null; stderr: string }>(done =>
    child.on('close', (code, signal) => done({ code, signal, stderr })),
  )
  return { child, ended, said: () => stderr }
}

/** Waits until something is so, looking again and again. */
async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await new Promise(wake => setTimeout(wake, 20))
}

const stored = (out: string) =>
  readdir(join(folder, out, 'parts')).then(
    names => names.some(name => /^\d+$/.test(name)),
    () => false,
  )
const group = (child: ChildProcess, signal: NodeJS.Signals) => {
  try {
    process.kill(-child.pid!, signal)
  } catch {
    // All of it has ended.
  }
}

async function expectSound(out: string): Promise<number> {
  const found = await verifyBatch(await openBatch(join(folder, out)))
  expect(found.problems).toEqual([])
  expect(found.runs).toBeGreaterThan(0)
  expect(found.runs).toBeLessThan(20_000)
  expect((await readdir(join(folder, out), { recursive: true })).filter(name => name.endsWith('.tmp'))).toEqual([])
  return found.runs
}

describe('a signal', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s stops after a checkpoint with the code %i and says how to go on', async (signal, code) => {
    const { child, ended } = start(process.execPath, command(signal))
    await until(() => stored(signal))
    child.kill(signal)
    const { code: got, stderr } = await ended
    expect(got).toBe(code)
    expect(stderr).toMatch(/node \S*main\.js run scenarios\/cis-plus-2030\.yaml --runs 20000 --no-report --out SIG/)
    expect(await readdir(join(folder, signal))).not.toContain('lock')
    await expectSound(signal)
  })

  it('that comes when only the report is missing never ends with 0 without it', async () => {
    const args = [main, 'run', 'scenarios/cis-plus-2030.yaml', '--runs', '2000', '--out', 'late']
    await start(process.execPath, [...args, '--no-report']).ended
    const page = join(folder, 'late', 'report', 'index.html')
    let stopped = 0
    // It may also come when the report is already being written.
    for (let attempt = 0; attempt < 10 && stopped === 0; attempt++) {
      await rm(page, { force: true })
      const { child, ended, said } = start(process.execPath, args)
      await until(() => said().includes('2000 runs'))
      child.kill('SIGINT')
      const { code, stderr } = await ended
      const written = await readdir(join(page, '..')).then(
        names => names.includes('index.html'),
        () => false,
      )
      expect(code).toBe(written ? 0 : 130)
      if (written) continue
      expect(stderr).toContain('multivector report late')
      stopped++
    }
    expect(stopped).toBe(1)
  })

  it.each([
    ['compare', ['scenarios/baseline.yaml', 'scenarios/free-ticket.yaml']],
    ['baseline', ['scenarios/baseline.yaml', '--out', 'base.json']],
  ])('%s keeps what is finished of the scenario it runs, and leaves no lock', async (command, words) => {
    const { child, ended, said } = start(process.execPath, [main, command, ...words, '--runs', '40000'])
    const batches = join(folder, 'batches')
    const begun = async () => (await readdir(batches).catch(() => [])).filter(name => name.startsWith('baseline-'))
    await until(async () => (await begun()).length > 0 && (await stored(join('batches', (await begun())[0]!))))
    child.kill('SIGINT')
    const { code, stderr } = await ended
    expect([code, said()]).toEqual([130, expect.stringContaining('everything finished is kept')])
    const directory = join(batches, (await begun())[0]!)
    expect(stderr).toContain((await begun())[0]!)
    expect(await readdir(directory)).not.toContain('lock')
    expect((await verifyBatch(await openBatch(directory))).problems).toEqual([])
    await rm(batches, { recursive: true })
  })

  it('given a second time stops at once, and what is stored is sound', async () => {
    const { child, ended, said } = start(process.execPath, command('twice'))
    await until(() => stored('twice'))
    child.kill('SIGINT')
    await until(() => said().includes('interrupt again'))
    const again = setInterval(() => child.kill('SIGINT'), 50)
    const { code, signal } = await ended
    clearInterval(again)
    // One that comes when all is done ends the process itself.
    expect(code === 130 || signal === 'SIGINT').toBe(true)
    const found = await verifyBatch(await openBatch(join(folder, 'twice')))
    expect(found.problems).toEqual([])
  })

  it.each([
    ['npm', ['start'], 'npm'],
    ['npx', npx('npx'), 'npx'],
  ])('to everybody, as a terminal sends it under %s, is one interrupt', async (program, args, out) => {
    const { child, ended } = start(program, args)
    await until(() => stored(out))
    group(child, 'SIGINT')
    const { code, signal, stderr } = await ended
    expect(stderr).toContain('SIGINT: finishing the parts under way')
    expect(stderr).toContain(`npx multivector run scenarios/cis-plus-2030.yaml --runs 20000 --no-report --out ${out}`)
    // npm ends as its child did, or by the same signal: a shell makes 130 of either.
    expect(code === 130 || signal === 'SIGINT').toBe(true)
    await expectSound(out)
  })

  it('to everybody under npx a second time stops at once, and what is stored is sound', async () => {
    const { child, ended, said } = start('npx', npx('npx-twice'))
    await until(() => stored('npx-twice'))
    group(child, 'SIGINT')
    await until(() => said().includes('interrupt again'))
    const again = setInterval(() => group(child, 'SIGINT'), 50)
    child.on('exit', () => clearInterval(again))
    await ended
    expect((await verifyBatch(await openBatch(join(folder, 'npx-twice')))).problems).toEqual([])
  })

  it('that ends npx alone stops the run behind it after a checkpoint', async () => {
    const { child, ended } = start('npx', npx('alone'))
    await until(() => stored('alone'))
    child.kill('SIGTERM')
    // The pipes close when the last of them has ended.
    const { stderr } = await ended
    expect(stderr).toContain('SIGTERM: finishing the parts under way')
    expect(stderr).toContain('run the same command again to go on')
    await expectSound('alone')
  })
})
