import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadScenarioFile, scenarioFiles } from '../../sim/scenario-files.ts'
import { baseline } from './files-in-memory.ts'

let folder = ''
let mine = ''

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'multivector-')))
  mkdirSync(join(folder, 'scenarios', 'deep'), { recursive: true })
  mine = join(folder, 'scenarios', 'mine.yaml')
  writeFileSync(join(folder, 'scenarios', 'baseline.yaml'), baseline)
  writeFileSync(join(folder, 'scenarios', 'deep', 'low.yaml'), 'extends: ../baseline.yaml\n')
  writeFileSync(join(folder, 'secret.yaml'), 'SECRET: 1\n')
  symlinkSync(join(folder, 'secret.yaml'), join(folder, 'scenarios', 'link.yaml'))
  writeFileSync(join(folder, 'scenarios', '.env'), 'SECRET=1\n')
  writeFileSync(join(folder, 'scenarios', 'notes.txt'), 'SECRET\n')
  mkdirSync(join(folder, 'scenarios', '.hidden'))
  writeFileSync(join(folder, 'scenarios', '.hidden', 'a.yaml'), 'SECRET: 1\n')
  symlinkSync('.env', join(folder, 'scenarios', 'alias.yaml'))
  symlinkSync('loop.yaml', join(folder, 'scenarios', 'loop.yaml'))
  execFileSync('mkfifo', [join(folder, 'scenarios', 'pipe.yaml')])
  writeFileSync(join(folder, 'scenarios', 'large.yaml'), 'x'.repeat((1 << 20) + 1))
  writeFileSync(join(folder, 'scenarios', 'bytes.yaml'), Buffer.from([0x74, 0x3a, 0x20, 0xff, 0x0a]))
})

afterAll(() => rmSync(folder, { recursive: true }))

async function failure(path: string): Promise<{ code: number; message: string }> {
  return loadScenarioFile(path).then(
    () => ({ code: 0, message: '' }),
    error => ({ code: error.code, message: error.message }),
  )
}

const extending = (reference: string) => {
  writeFileSync(mine, `extends: ${reference}\n`)
  return failure(mine)
}

describe('scenario files on the disk', () => {
  test('a file in a deeper folder may extend one above it, below the folder `scenarios`', async () => {
    const { id, files } = await loadScenarioFile(join(folder, 'scenarios', 'deep', 'low.yaml'))
    expect(id).toBe('low')
    expect(files.map(file => file.slice(folder.length))).toEqual([
      '/scenarios/baseline.yaml',
      '/scenarios/deep/low.yaml',
    ])
  })

  test.each([
    ['../secret.yaml'],
    ['deep/../../secret.yaml'],
    ['link.yaml'],
    ['.env'],
    ['.hidden/a.yaml'],
    ['notes.txt'],
    ['alias.yaml'],
    ['/etc/passwd'],
    ['file:///etc/passwd'],
    ['https://example.org/a.yaml'],
    ["'C:\\a.yaml'"],
    ['//host/share/a.yaml'],
  ])('a reference to %s is refused and shows nothing of its target', async reference => {
    const { code, message } = await extending(reference)
    expect(code).toBe(65)
    expect(message).toContain('mine.yaml:1:10: error[extends-path]')
    expect(message).not.toContain('SECRET')
    expect(message).not.toContain('root:')
  })

  test('what lies outside is answered alike whether it exists or not', async () => {
    const there = (await extending('../secret.yaml')).message.replaceAll('secret', 'x')
    expect((await extending('../nobody.yaml')).message.replaceAll('nobody', 'x').replace(/\^+/, '')).toBe(
      there.replace(/\^+/, ''),
    )
  })

  test('a base that is missing or loops is named at the reference', async () => {
    expect((await extending('none.yaml')).message).toContain('none.yaml: no such file')
    expect((await extending('loop.yaml')).message).toContain('loop.yaml')
  })

  test('a missing file has exit code 66 and its name', async () => {
    expect(await failure('nowhere/none.yaml')).toEqual({ code: 66, message: 'nowhere/none.yaml: no such file' })
  })

  test.each([
    ['a folder', 'scenarios', 66, 'got a folder'],
    ['a pipe', 'scenarios/pipe.yaml', 66, 'got a device or pipe'],
    ['a file above one MiB', 'scenarios/large.yaml', 65, 'large.yaml: expected at most 1 MiB'],
    ['bytes that are not UTF-8', 'scenarios/bytes.yaml', 65, 'bytes.yaml:1:4: error[encoding]'],
  ])('%s is refused', async (_, name, code, words) => {
    const found = await failure(join(folder, name))
    expect(found.code).toBe(code)
    expect(found.message).toContain(words)
  })

  test('a device is refused', async () => {
    expect(await failure('/dev/zero')).toMatchObject({ code: 66 })
  })

  test('paths below the working folder are shown relative to it', async () => {
    const files = scenarioFiles('scenarios/baseline.yaml')
    expect((await files.read('scenarios/baseline.yaml')).path).toBe('scenarios/baseline.yaml')
    expect(await files.resolve('scenarios/cis-plus-2030.yaml', './baseline.yaml')).toBe('scenarios/baseline.yaml')
  })
})
