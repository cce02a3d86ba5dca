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
  const scripts = {
    start: 'node dist/sim/cli/main.js run scenarios/cis-plus-2030.yaml --runs 40000 --no-report --out npm',
  }
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'elsewhere', type: 'module', scripts }))
})
afterAll(() => rm(folder, { recursive: true }))

const main = resolve('dist/sim/cli/main.js')
const command = (out: string) => [
  main,
  'run',
  'scenarios/cis-plus-2030.yaml',
  '--runs',
  '40000',
  '--no-report',
  '--out',
  out,
]

/** Tests run under npm; what they start does not. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')))

/** A process in a group of its own, as a shell starts it. */
function start(program: string, args: readonly string[]) {
  const child = spawn(program, args, { cwd: folder, env, detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
  let stderr = ''
  child.stderr!.on('data', piece => {
    stderr += piece
  })
  const ended = new Promise<{ code: number | null; stderr: string }>(done =>
    child.on('close', code => done({ code, stderr })),
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
const group = (child: ChildProcess, signal: NodeJS.Signals) => process.kill(-child.pid!, signal)

async function expectSound(out: string): Promise<number> {
  const found = await verifyBatch(await openBatch(join(folder, out)))
  expect(found.problems).toEqual([])
  expect(found.runs).toBeGreaterThan(0)
  expect(found.runs).toBeLessThan(40_000)
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
    expect(stderr).toMatch(/node \S*main\.js run scenarios\/cis-plus-2030\.yaml --runs 40000 --no-report --out SIG/)
    expect(await readdir(join(folder, signal))).not.toContain('lock')
    await expectSound(signal)
  })

  it('given a second time stops at once, and what is stored is sound', async () => {
    const { child, ended, said } = start(process.execPath, command('twice'))
    await until(() => stored('twice'))
    child.kill('SIGINT')
    await until(() => said().includes('interrupt again'))
    const again = setInterval(() => child.kill('SIGINT'), 50)
    const { code } = await ended
    clearInterval(again)
    expect(code).toBe(130)
    const found = await verifyBatch(await openBatch(join(folder, 'twice')))
    expect(found.problems).toEqual([])
  })

  it('to everybody, as a terminal sends it under npm, is one interrupt', async () => {
    const { child, ended } = start('npm', ['start'])
    await until(() => stored('npm'))
    group(child, 'SIGINT')
    const { stderr } = await ended
    expect(stderr).toContain('SIGINT: finishing the parts under way')
    expect(stderr).toContain('npx multivector run scenarios/cis-plus-2030.yaml --runs 40000')
    await expectSound('npm')
  })
})
