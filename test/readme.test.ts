import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const readme = await readFile('README.md', 'utf8')
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(match => match[1]!)
const lines = blocks('sh').flatMap(block => block.trim().split('\n'))
const commands = lines.flatMap(line => line.split(' && ')).filter(command => command.startsWith('npx multivector'))
const scripts = lines.flatMap(line => line.split(' && ')).filter(command => command.startsWith('npm '))

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
  await symlink(resolve('scenarios'), join(folder, 'scenarios'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('the README', () => {
  it('has commands and a library example for these tests to run', () => {
    expect(commands.length).toBeGreaterThanOrEqual(6)
    expect(scripts.length).toBeGreaterThanOrEqual(2)
    expect(blocks('js')).toHaveLength(1)
  })

  it.each(commands)('runs as written: %s', command => {
    const { status, stderr } = spawnSync(
      'bash',
      ['-c', command.replace('npx multivector', `"${process.execPath}" "${resolve('dist/sim/cli/main.js')}"`)],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    )
    expect(stderr).not.toContain('error')
    expect(status).toBe(0)
  })

  it('has a library example that runs', async () => {
    // Inside the package, so that its own name resolves.
    const file = resolve('dist', 'readme-example.mjs')
    await writeFile(file, blocks('js')[0]!)
    const { status, stdout, stderr } = spawnSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' })
    await rm(file)
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(stdout).toContain('duality')
  })

  it('names only npm scripts that exist', async () => {
    const known = Object.keys(JSON.parse(await readFile('package.json', 'utf8')).scripts)
    const named = [...readme.matchAll(/npm (?:run )?([a-z]+)/g)].map(match => match[1]!).filter(name => name !== 'ci')
    expect(named).toContain('test')
    for (const name of named) expect(known).toContain(name)
  })

  it('links only to files that exist', async () => {
    const links = [...readme.matchAll(/\]\((?!http)([^)#]+)\)/g)].map(match => match[1]!)
    expect(links.length).toBeGreaterThan(2)
    for (const link of links) expect((await readFile(link, 'utf8')).length).toBeGreaterThan(0)
  })
})
