import { spawnSync } from 'node:child_process'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clean, cleanJson } from '../../sim/cli/print.ts'
import { resumeCommand } from '../../sim/cli/resume-command.ts'
import { sourceFiles } from '../source-files.ts'
import { multivector } from './command.ts'

/** What would steer a terminal or a build server, as a scenario can write it. */
const hostile = [
  '\u001b[2J',
  '\u009b31m',
  '\u202e',
  '\u2066',
  '\u061c',
  '\ufeff',
  '\u2028',
  '##[error]',
  '##vso[task.x]',
]
const steering =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|##\w*\[|^\s*::/m

describe('printed text', () => {
  it.each([...hostile, '::error file=x::y', '  ::set-output name=a::b', 'ok\n::stop-commands::x'])(
    'has nothing left of %j that steers',
    text => {
      expect(text).toMatch(steering)
      expect(clean(text)).not.toMatch(steering)
      expect(clean(`before ${text}`)).not.toMatch(/##\w*\[/)
    },
  )

  it('keeps every character of JSON for whoever parses it', () => {
    const value = { title: hostile.join(' '), list: hostile }
    expect(cleanJson(value)).not.toMatch(steering)
    expect(JSON.parse(cleanJson(value))).toEqual(value)
  })

  it('leaves other text alone', () => {
    const text = 'Қазақстан · a::b\n\t## heading [1]\n41 % (39–42 %)'
    expect(clean(text)).toBe(text)
  })

  it('goes through one door: nothing else writes to the streams', () => {
    const files = sourceFiles(['sim'])
    const writers = [...files].filter(([, source]) => /\bstd(?:out|err)\.write\(|console\.\w+\(/.test(source))
    // These two print a file as it is: the schema, which is ours, and the numbers of a design.
    expect(writers.map(([path]) => path).sort()).toEqual(['sim/cli/design.ts', 'sim/cli/print.ts', 'sim/cli/schema.ts'])
  })
})

describe('a hostile scenario', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'multivector-'))
    const escaped = String.raw`::error::a \u001b[2J \u009b31m \u202e ##[error] ##vso[x] <script>`
    await copyFile(resolve('scenarios/baseline.yaml'), join(folder, 'baseline.yaml'))
    await writeFile(
      join(folder, 'hostile.yaml'),
      `extends: baseline.yaml\ntitle: "${escaped}"\nquestion: "${escaped}"\nactors:\n  KAZ: { name: "${escaped}" }\n`,
    )
    await writeFile(join(folder, 'broken.yaml'), `extends: baseline.yaml\n"${escaped}": 1\ntitle: ["${escaped}"]\n`)
  })
  afterAll(() => rm(folder, { recursive: true }))

  it.each([
    [['run', 'hostile.yaml', '--runs', '100', '--no-report', '--out', 'text'], 0],
    [['run', 'hostile.yaml', '--runs', '100', '--no-report', '--out', 'json', '--json'], 0],
    [['check', 'hostile.yaml', '--json'], 0],
    [['check', 'broken.yaml'], 65],
    [['trace', 'hostile.yaml'], 0],
    [['check', '::error::x\u001b[31m.yaml'], 66],
  ])('prints nothing that steers at %j', async (args, code) => {
    const ended = await multivector(args as string[], folder)
    expect(ended.stderr).not.toContain('    at ')
    expect(ended.code).toBe(code)
    expect(ended.stdout + ended.stderr).not.toBe('')
    for (const text of [ended.stdout, ended.stderr]) expect(text).not.toMatch(steering)
  })
})

describe('the command to resume with', () => {
  it('is quoted so that a shell reads back the same words', () => {
    const words = ['run', "it's", 'a b', '$HOME', '`x`', '--out', '-x', 'é', '', 'a\\b', '*']
    const command = resumeCommand({ argv: ['node', '/bin/multivector', ...words], env: {}, cwd: '/' })
    const { stdout } = spawnSync('bash', ['-c', command.replace('multivector', `printf '%s\\0'`)], { encoding: 'utf8' })
    expect(stdout.split('\0').slice(0, -1)).toEqual(words)
  })

  it('goes through npx when it came through npm', () => {
    const argv = ['node', '/x/main.js', 'run', 'a.yaml']
    expect(resumeCommand({ argv, env: { npm_command: 'exec' }, cwd: '/' })).toBe('npx multivector run a.yaml')
    expect(resumeCommand({ argv, env: {}, cwd: '/' })).toBe('node x/main.js run a.yaml')
  })
})
