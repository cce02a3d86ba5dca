import { spawnSync } from 'node:child_process'
import { mkdirSync, statSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const main = resolve('dist/command/main.js')
const scenario = resolve('scenarios/cis-plus-2030.yaml')
let folder: string
let undisturbed: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
  undisturbed = digestOf(shell(run('undisturbed')))
})
afterAll(() => rm(folder, { recursive: true }))

const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`
const run = (out: string, file = scenario) =>
  [
    process.execPath,
    main,
    'run',
    '--runs',
    '400',
    '--seed',
    's',
    '--no-report',
    '--json',
    '--workers',
    '2',
    '--out',
    out,
    '--',
    file,
  ]
    .map(quoted)
    .join(' ')
const shell = (command: string, env: NodeJS.ProcessEnv = process.env) =>
  spawnSync('bash', ['-c', command], { cwd: folder, env, encoding: 'utf8' })
function digestOf({ stdout, stderr, status }: { stdout: string; stderr: string; status: number | null }): string {
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return JSON.parse(stdout).digest
}

describe('one digest', () => {
  it.each([
    ['in Kathmandu and Turkish', { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8' }],
    ['in Kiritimati and the C locale', { TZ: 'Pacific/Kiritimati', LANG: 'C', LC_ALL: 'C' }],
    ['without HOME and TMPDIR', { HOME: undefined, TMPDIR: undefined }],
    ['with a HOME that does not exist', { HOME: '/nonexistent' }],
    ['on a terminal without abilities', { TERM: 'dumb', NO_COLOR: '1' }],
  ])('comes out %s', (name, env) => {
    expect(digestOf(shell(run(name), { ...process.env, ...env }))).toBe(undisturbed)
  })

  it('comes out without a terminal, in a session of its own, with its input closed', () => {
    expect(digestOf(shell(`setsid --wait ${run('session')} <&-`))).toBe(undisturbed)
  })

  it.each([
    ['spaces', 'a b  c'],
    ['other alphabets', 'Содружество плюс · 联盟 · اتحاد'],
    ['quotes and signs of the shell', `it's "$HOME" & co; #1`],
    ['a leading dash', '-rf'],
    ['a percent sign and a hash', '%2e%2e#frag?query'],
    ['a line break', 'a\nb'],
    ['255 characters', 'x'.repeat(255)],
  ])('comes out in a path with %s', async (_, name) => {
    const place = join(folder, name)
    await mkdir(place, { recursive: true })
    for (const file of ['cis-plus-2030', 'baseline'])
      await copyFile(resolve(`scenarios/${file}.yaml`), join(place, `${file}.yaml`))
    const ended = shell(`cd ./${quoted(name)} && ${run('./out', 'cis-plus-2030.yaml')}`)
    expect(digestOf(ended)).toBe(undisturbed)
  })

  it('comes out when a scenario and a batch begin with a dash', async () => {
    for (const [from, to] of [
      ['cis-plus-2030', '-s'],
      ['baseline', 'baseline'],
    ])
      await copyFile(resolve(`scenarios/${from}.yaml`), join(folder, `${to}.yaml`))
    const ended = shell(run('dashed', '-s.yaml').replace("'--out' 'dashed'", "'--out=-dashed'"))
    expect(digestOf(ended)).toBe(undisturbed)
    expect(await readdir(folder)).toContain('-dashed')
  })

  it('needs a path that is short enough; a longer one is refused', async () => {
    const deep = Array.from({ length: 30 }, () => 'y'.repeat(200)).join('/')
    const { status, stderr } = shell(run(deep))
    expect(status).toBe(73)
    expect(stderr).toContain('too long')
  })
})

describe('a working folder that is gone', () => {
  it('is named, and no bug is claimed', () => {
    const command = [process.execPath, main, 'check', 'x.yaml'].map(quoted).join(' ')
    const { status, stderr } = shell(`mkdir gone && cd gone && rmdir ../gone && ${command}`)
    expect([status, stderr]).toEqual([66, expect.stringContaining('the folder this was started in is gone')])
  })
})

describe('a name that cannot be written to', () => {
  it.each([
    ['a device', '/dev/null', 73, 'expected the name of a file, got a device or pipe'],
    ['a folder', '.', 73, 'expected the name of a file, got a folder'],
    ['a folder that does not exist', 'missing/points.csv', 73, 'its folder missing does not exist'],
  ])('of %s is refused, and left as it is', (_, out, code, words) => {
    const command = [process.execPath, main, 'design', scenario, '--method', 'sobol', '--runs', '64', '--out', out]
    const { status, stderr } = shell(command.map(quoted).join(' '))
    expect(stderr).toContain(words)
    expect(status).toBe(code)
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
  })

  it('that is a pipe in the place of a table is left as it is', () => {
    shell(run('exported'))
    mkdirSync(join(folder, 'tables'))
    spawnSync('mkfifo', [join(folder, 'tables', 'runs.csv')])
    const command = [process.execPath, main, 'export', 'exported', '--out', 'tables']
    const { status, stderr } = shell(command.map(quoted).join(' '))
    expect([status, stderr]).toEqual([73, expect.stringContaining('expected the name of a file, got a device or pipe')])
    expect(statSync(join(folder, 'tables', 'runs.csv')).isFIFO()).toBe(true)
  })

  it.skipIf(process.platform !== 'linux')('where nothing can be made ends at once', () => {
    const { status, stderr } = shell(run('/proc/multivector'))
    expect(stderr).toContain('/proc/multivector')
    expect([73, 74, 77]).toContain(status)
  })
})

describe('a closed pipe', () => {
  it('is no error, and the batch is finished', () => {
    const { stdout, stderr } = shell(
      `${run('piped').replace("'--json' ", '')} 2>&1 | head -c 1; echo " \${PIPESTATUS[0]}"`,
    )
    expect(stdout).toMatch(/^. 0\n$/s)
    expect(stderr).toBe('')
    expect(digestOf(shell(run('piped')))).toBe(undisturbed)
  })

  it('of messages does not stop the work', () => {
    const { stdout } = shell(
      `{ ${run('deaf').replace("'--json' ", '')} 3>&1 1>&2 2>&3 | true; } 2>&1; echo "\${PIPESTATUS[0]}"`,
    )
    expect(stdout).toContain(undisturbed)
  })

  it('that is full is an error with its own code', () => {
    const { status, stderr } = shell(`${run('full')} > /dev/full`)
    expect(status).toBe(74)
    expect(stderr).toContain('no space left')
    expect(stderr).not.toContain('    at ')
  })
})
