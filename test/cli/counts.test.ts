import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { multivector } from './command.ts'

let folder: string
const run = (command: string) => multivector(command.split(' '), folder)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
  await symlink(resolve('scenarios'), join(folder, 'scenarios'))
  await writeFile(join(folder, 'space.yaml'), 'inputs:\n  x: [0, 1]\n')
  await run('run scenarios/baseline.yaml --runs 1 --no-report --out one')
})
afterAll(() => rm(folder, { recursive: true }))

describe('a count of one', () => {
  it.each([
    ['check scenarios/lessons/template.yaml', '2 worlds, 1 finding; no problems'],
    ['run scenarios/baseline.yaml --runs 1 --no-report --out another', ': 1 run, monte-carlo'],
    ['run scenarios/baseline.yaml --runs 1 --no-report --out a-third', '· 1 run in'],
    ['merge one --out whole --no-report', '1 part from 1 directory, 1 run\n'],
    ['baseline one --out one.json', 'at least 30 runs, got 1 run;'],
    ['design space.yaml --runs 1', '1 point of 1 input,'],
  ])('is in the singular: %s', async (command, told) => {
    const { stdout, stderr } = await run(command)
    expect(stdout + stderr).toContain(told)
  })
})
