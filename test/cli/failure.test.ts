import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fail } from '../../sim/cli/failure.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'failure-'))
  vi.stubEnv('TMPDIR', folder)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
  process.exitCode = undefined
})

test('a bug of ours leaves a file of a new name each time, which only its owner reads', () => {
  for (const message of ['first', 'second']) fail(new Error(message), false)
  expect(process.exitCode).toBe(70)
  const files = readdirSync(folder)
  expect(files).toHaveLength(2)
  for (const name of files) {
    expect(name).toMatch(/^multivector-crash-\d+-[0-9a-f]{8}\.txt$/)
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
  }
  const texts = files.map(name => readFileSync(join(folder, name), 'utf8')).join()
  for (const message of ['first', 'second']) expect(texts).toContain(message)
})
