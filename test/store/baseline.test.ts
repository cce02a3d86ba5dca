import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Baseline, readBaseline, writeBaseline } from '../../sim/store/baseline.ts'
import { sealed } from '../../sim/store/seal.ts'

const baseline: Baseline = {
  baseline: 1,
  // Looks like a list of numbers, and is a text.
  scenario: { id: 'a', title: '[ 1, 2 ]\n[\n 1,\n 2\n]', sha256: 'x' },
  plan: { design: 'monte-carlo', runs: 400, seed: '1' },
  engine: '1',
  model: '1',
  batch: 'x',
  digest: 'x',
  runs: 400,
  failed: 0,
  counts: { 'class=shell': 3 },
  means: { gap: [0.1, 1e-7] },
}

let folder: string
let file: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
  file = join(folder, 'b.json')
})
afterAll(() => rm(folder, { recursive: true }))

test('a baseline is read as it was written, one quantity a line', async () => {
  await writeBaseline(file, baseline)
  expect(await readBaseline(file)).toEqual(baseline)
  expect(await readFile(file, 'utf8')).toContain('\n  "gap": [0.1, 1e-7]\n')
})

const other = (change: object) => sealed({ ...baseline, ...change })

test.each([
  ['{}', 'has no seal'],
  ['not json', 'is not JSON'],
  [sealed(baseline).replace('"runs":400', '"runs":401'), 'does not match its seal'],
  [other({ counts: { x: 'many' } }), 'got other data'],
  [other({ counts: { x: 401 } }), 'got other data'],
  [other({ means: { gap: [0.1, -1] } }), 'got other data'],
  [other({ scenario: null }), 'got other data'],
  [other({ digest: 3 }), 'got other data'],
  [other({ baseline: 2 }), 'baseline format 1, got 2'],
  [' '.repeat(1 << 21), 'at most 1 MiB'],
])('%.30s is refused', async (text, message) => {
  await writeFile(file, text)
  await expect(readBaseline(file)).rejects.toThrow(message)
})

test('a missing file, and a folder, are refused', async () => {
  await expect(readBaseline(join(folder, 'none.json'))).rejects.toThrow('no such file')
  await expect(readBaseline(folder)).rejects.toThrow('expected a baseline, a file')
})
