import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { multivector } from './command.ts'

const good = resolve('scenarios/no-buffer.yaml')
const lesson = resolve('scenarios/lessons/free-ticket.yaml')
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
  const unknown = Array.from({ length: 39 }, (_, n) => `unknown_${n}: 0`).join('\n')
  await writeFile(join(folder, 'bad.yaml'), `title: t\nquestion: q\n${unknown}\n`)
})
afterAll(() => rm(folder, { recursive: true }))

const run = (...args: string[]) => multivector(args, folder)
const errors = (text: string) => text.match(/: error\[/g)?.length ?? 0

describe('a scenario with many problems', () => {
  it('shows the first twenty and how to see the rest, and with --all every one', async () => {
    const some = await run('check', 'bad.yaml')
    const all = await run('check', 'bad.yaml', '--all')
    const count = errors(all.stderr)
    expect([some.code, all.code]).toEqual([65, 65])
    expect(count).toBeGreaterThan(20)
    expect(errors(some.stderr)).toBe(20)
    expect(some.stderr.trimEnd()).toMatch(new RegExp(`and ${count - 20} more; \`check --all\` lists all ${count}$`))
    expect(all.stderr).not.toContain('more;')
  })

  it.each(['check', 'run'])('is one JSON document of %s, with every problem, and exits with 65', async command => {
    const { code, stdout } = await run(command, 'bad.yaml', '--json')
    expect(code).toBe(65)
    const { error } = JSON.parse(stdout)
    expect(error.code).toBe(65)
    expect(error.message).toContain(`got ${error.problems.length}`)
    expect(error.problems.length).toBe(errors((await run('check', 'bad.yaml', '--all')).stderr))
    for (const problem of error.problems) {
      expect(problem).toMatchObject({ severity: 'error', file: 'bad.yaml' })
      expect(problem.code).toMatch(/^[a-z-]+$/)
      expect(problem.message).toMatch(/^expected /)
      for (const key of ['line', 'column']) expect(problem[key]).toBeGreaterThan(0)
    }
  })
})

describe('check of several files', () => {
  it('goes on after one that is bad or missing, and exits as the first of them', async () => {
    const { code, stdout, stderr } = await run('check', 'gone.yaml', good, 'bad.yaml', lesson)
    expect(code).toBe(66)
    expect(stdout).toContain(`${good}: 22 actors`)
    expect(stdout).toContain(`${lesson}: a lesson`)
    expect(stderr).toContain('gone.yaml: no such file')
    expect(errors(stderr)).toBe(20)
    expect(stderr.trimEnd()).toMatch(/2 of 4 files cannot be used: gone\.yaml, bad\.yaml$/)
  })

  it('has in one JSON document what is sound and what is not', async () => {
    const { code, stdout } = await run('check', good, 'bad.yaml', 'gone.yaml', lesson, '--json')
    expect(code).toBe(65)
    const { checked, error } = JSON.parse(stdout)
    expect(checked).toMatchObject([{ scenario: 'no-buffer', warnings: [] }, { lesson: 'free-ticket' }])
    expect(error.code).toBe(65)
    expect(error.message.split('\n')).toEqual([
      `bad.yaml: expected a file without problems, got ${error.problems.length}`,
      'gone.yaml: no such file',
    ])
    expect(JSON.parse((await run('check', good, '--json')).stdout)).not.toHaveProperty('error')
  })
})
