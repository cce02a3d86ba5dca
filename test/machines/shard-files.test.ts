import { spawn } from 'node:child_process'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { shardOf } from '../../sim/cli/shard-option.ts'
import { serialExecutor } from '../../sim/execute/serial.ts'
import { runBatch } from '../../sim/experiment.ts'
import { multivector } from '../cli/command.ts'
import { blocksOf } from '../documents.ts'
import { shippedDocument } from '../world.ts'

const blocks = (language: string) => blocksOf('sim/execute/README.md', language)
/** The document has runs for a cluster; four parts will do here. */
const runs = 400
const few = `--runs ${runs} --part-runs 100`
const scaled = (command: string) => command.replace(/--runs \d+/, `${few} --no-report`)
/** How a build server writes the number of the shard. */
const placeholder = '$' + '{{ matrix.shard }}'

let folder: string
let undisturbed: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
  await symlink(resolve('scenarios'), join(folder, 'scenarios'))
  const document = await shippedDocument('cis-plus-2030')
  const single = join(folder, 'single')
  const whole = await runBatch({ id: 'single', document, directory: single, executor: serialExecutor(), runs })
  undisturbed = whole.summary.digest
  // What `npx multivector` runs in these scripts.
  const npx = `#!/bin/sh\nshift\nexec "${process.execPath}" "${resolve('dist/command/main.js')}" "$@"\n`
  await writeFile(join(folder, 'npx'), npx, { mode: 0o755 })
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs a script of the document with some variables set, as the scheduler would. */
function run(script: string, env: Record<string, string> = {}): Promise<{ code: number | null; said: string }> {
  const path = `${folder}:${process.env.PATH}`
  const child = spawn('bash', ['-c', script], { cwd: folder, env: { ...process.env, ...env, PATH: path } })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', piece => {
      said += piece
    })
  return new Promise(done => child.on('close', code => done({ code, said })))
}

/** Two at a time, as on two machines. */
async function inPairs<T>(list: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  for (let n = 0; n < list.length; n += 2) await Promise.all(list.slice(n, n + 2).map(work))
}

async function expectWhole(out: string): Promise<void> {
  const { code, stdout } = await multivector(['verify', out, '--json'], folder)
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ runs: runs, problems: [], digest: undisturbed })
}

describe('the document on several machines has files that make one batch on several machines', () => {
  it('by a Slurm array', async () => {
    const script = blocks('bash').find(block => block.includes('#SBATCH'))!
    const [low, high] = /--array=(\d+)-(\d+)/.exec(script)!.slice(1).map(Number)
    const tasks = Array.from({ length: high! - low! + 1 }, (_, n) => low! + n)
    expect(tasks.length).toBeGreaterThan(2)
    await inPairs(tasks, async task => {
      const { code, said } = await run(scaled(script), {
        SLURM_ARRAY_TASK_ID: String(task),
        SLURM_ARRAY_TASK_MIN: String(low),
        SLURM_ARRAY_TASK_MAX: String(high),
        SLURM_ARRAY_TASK_COUNT: String(tasks.length),
        SLURM_CPUS_PER_TASK: '1',
      })
      expect(said).toContain(`shard ${task}/${tasks.length}`)
      expect(code).toBe(0)
    })
    await expectWhole(/--out (\S+)/.exec(script)![1]!)
  })

  it('by a Kubernetes Indexed Job', async () => {
    const [job] = blocks('yaml')
      .map(text => parse(text))
      .filter(({ kind }) => kind === 'Job')
    const { completionMode, completions, template } = job.spec
    const [container] = template.spec.containers
    expect(completionMode).toBe('Indexed')
    const given = Object.fromEntries(
      container.env.map(({ name, value }: { name: string; value: string }) => [name, value]),
    )
    expect(given.JOB_COMPLETIONS).toBe(String(completions))
    const mounts = container.volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath)
    const [script] = container.args
    expect(container.command).toEqual(['bash', '-c'])
    expect(mounts).toContain('/batches')
    await inPairs([...Array(completions).keys()], async index => {
      const local = scaled(script).replace('/batches/', './volume/')
      const { code, said } = await run(local, { ...given, JOB_COMPLETION_INDEX: String(index) })
      expect(said).toContain(`shard ${index + 1}/${completions}`)
      expect(code).toBe(0)
    })
    await expectWhole('volume/million')
  })

  it('by a matrix on a build server, joined by merge', async () => {
    const [flow] = blocks('yaml')
      .map(text => parse(text))
      .filter(({ jobs }) => jobs?.merge)
    const { shard, merge } = flow.jobs
    const named = (steps: { run?: string }[]) =>
      steps.flatMap(step => (step.run?.includes('multivector') ? [step.run] : []))
    const [command] = named(shard.steps)
    await inPairs(shard.strategy.matrix.shard as number[], async n => {
      const { code } = await run(scaled(command!.replaceAll(placeholder, String(n))))
      expect(code).toBe(0)
    })
    const upload = shard.steps.find((step: { uses?: string }) => step.uses?.includes('upload')).with
    expect(upload.path).toBe(`shard-${placeholder}`)
    const [join] = named(merge.steps)
    expect((await run(`${join} --no-report`)).code).toBe(0)
    await expectWhole('whole')
  })
})

describe('--shard', () => {
  const slurm = (id: number, low: number, high: number, count = high - low + 1) => ({
    SLURM_ARRAY_TASK_ID: String(id),
    SLURM_ARRAY_TASK_MIN: String(low),
    SLURM_ARRAY_TASK_MAX: String(high),
    SLURM_ARRAY_TASK_COUNT: String(count),
  })

  it('auto knows arrays from 0 and from 1', () => {
    expect(shardOf('auto', slurm(0, 0, 7))).toEqual({ index: 1, count: 8 })
    expect(shardOf('auto', slurm(8, 1, 8))).toEqual({ index: 8, count: 8 })
    expect(shardOf(undefined, slurm(8, 1, 8))).toBeUndefined()
  })

  it.each<[text: string, env: Record<string, string>, message: RegExp]>([
    ['0/3', {}, /i from 1 to n/],
    ['4/3', {}, /i from 1 to n/],
    ['1', {}, /expected i\/n/],
    ['1/1000000', {}, /at most 100000/],
    ['-1/3', {}, /expected i\/n/],
    ['auto', {}, /found neither/],
    ['auto', slurm(3, 3, 7, 2), /without gaps/],
    ['auto', slurm(5, 5, 6), /from 0 or 1/],
    ['auto', slurm(9, 1, 8), /without gaps/],
    ['auto', { SLURM_ARRAY_TASK_ID: 'x' }, /whole number in SLURM_ARRAY_TASK_ID/],
    ['auto', { JOB_COMPLETION_INDEX: '0' }, /JOB_COMPLETIONS/],
    ['auto', { JOB_COMPLETION_INDEX: '4', JOB_COMPLETIONS: '4' }, /above JOB_COMPLETION_INDEX/],
  ])('%s with %o is refused with what was expected', (text, env, message) => {
    expect(() => shardOf(text, env)).toThrow(message)
  })

  it('leaves a batch without an answer until the last one, and merge says what is missing and what makes it', async () => {
    const args = [...few.split(' '), '--shard', '2/4', '--out', 'lone', '--json']
    const { code, stdout } = await multivector(['run', 'scenarios/cis-plus-2030.yaml', ...args], folder)
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ shard: '2/4', parts: { asked: 1, stored: 1 }, complete: false })
    const merged = await multivector(['merge', 'lone', '--out', 'of lone'], folder)
    expect(merged.code).toBe(1)
    expect(merged.stderr).toContain('3 parts are missing: 0 (runs 0 to 99), 2 to 3 (runs 200 to 399)')
    const [, command] = /^ {2}multivector (.*)$/m.exec(merged.stderr)!
    expect((await run(`npx multivector ${command} --no-report`)).code).toBe(0)
    await expectWhole('of lone')
  })
})
