import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blocksOf, documents } from './documents.ts'

const lines = documents.flatMap(name => blocksOf(name, 'sh')).flatMap(block => block.trim().split('\n'))
const all = [...new Set(lines.flatMap(line => line.split(' && ')))]
const commands = all.filter(command => command.startsWith('npx multivector'))
const scripts = all.filter(command => command.startsWith('npm '))
const example = blocksOf('README.md', 'js')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
  await symlink(resolve('scenarios'), join(folder, 'scenarios'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('the README and the documents beside the code', () => {
  it('have commands and a library example for these tests to run', () => {
    expect(commands.length).toBeGreaterThanOrEqual(30)
    expect(scripts.length).toBeGreaterThanOrEqual(2)
    expect(example).toHaveLength(1)
  })

  it.each(commands)('are true of this command: %s', command => {
    const { status, stderr } = spawnSync(
      'bash',
      ['-c', command.replace('npx multivector', `"${process.execPath}" "${resolve('dist/command/main.js')}"`)],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    )
    expect(stderr).not.toContain('error')
    expect(status).toBe(0)
  })

  it('have a library example that runs', async () => {
    // Inside the package, so that its own name resolves.
    const file = resolve('dist', 'readme-example.mjs')
    await writeFile(file, example[0]!)
    const { status, stdout, stderr } = spawnSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' })
    await rm(file)
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(stdout).toContain('duality')
  })

  it('name only npm scripts that exist', async () => {
    const known = Object.keys(JSON.parse(await readFile('package.json', 'utf8')).scripts)
    const text = await readFile('README.md', 'utf8')
    const named = [...text.matchAll(/npm (?:run )?([a-z]+)/g)].map(match => match[1]!).filter(name => name !== 'ci')
    expect(named).toContain('test')
    for (const name of named) expect(known).toContain(name)
  })

  it.each(documents)('link only to files that exist: %s', async document => {
    const text = await readFile(document, 'utf8')
    const links = [...text.matchAll(/\]\((?!http)([^)#]+)\)/g)].map(match => match[1]!)
    expect(links.length).toBeGreaterThan(0)
    for (const link of links) expect((await readFile(join(dirname(document), link), 'utf8')).length).toBeGreaterThan(0)
  })
})
