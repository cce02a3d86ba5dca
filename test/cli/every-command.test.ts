import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { multivector } from './command.ts'

const run = (...args: string[]) => multivector(args, tmpdir())
const { stdout: help } = await run('--help')
const commands = Array.from(help.matchAll(/^ +multivector (\w+)/gm), match => match[1]!).filter(
  name => name !== 'completion',
)

describe('every command', () => {
  it('is in the help, which these tests go by', () => expect(commands.length).toBeGreaterThanOrEqual(18))

  it.each(commands)('%s takes --json and --quiet', async name => {
    const { stdout } = await run(name, '--help')
    expect(stdout).toMatch(/^ +--json /m)
    expect(stdout).toMatch(/^ +--quiet /m)
  })

  it.each(commands)('%s answers a wrong command line with one JSON document when asked for JSON', async name => {
    const { code, stdout, stderr } = await run(name, '--json', '--no-such-flag')
    expect(code).toBe(64)
    expect(JSON.parse(stdout)).toEqual({ error: { code: 64, message: stderr.trimEnd() } })
  })
})

describe('an error', () => {
  it.each([
    [['report', '/no/such/batch'], 66],
    [['trace', resolve('scenarios/baseline.yaml'), '--set', 'delivered=2'], 64],
    [['nothing'], 64],
    [[], 64],
  ])('of %j is on stdout in JSON, with its exit code, only when asked for', async (args, code) => {
    const asked = await run(...args, '--json')
    expect(asked.code).toBe(code)
    expect(JSON.parse(asked.stdout).error.code).toBe(code)
    expect(asked.stderr.trimEnd()).toBe(JSON.parse(asked.stdout).error.message)
    expect((await run(...args)).stdout).toBe('')
  })
})

describe('schema', () => {
  it('prints the same with and without --json, for scenarios and lessons', async () => {
    for (const kind of [[], ['--lesson']]) {
      const [line, plain] = [await run('schema', ...kind, '--json'), await run('schema', ...kind, '--quiet')]
      expect(line.stdout.trimEnd()).not.toContain('\n')
      expect(JSON.parse(line.stdout)).toEqual(JSON.parse(plain.stdout))
    }
  })
})
