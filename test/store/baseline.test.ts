import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exitCode } from '../../sim/core/errors.ts'
import { type Baseline, readBaseline, writeBaseline } from '../../sim/store/baseline.ts'
import { sealed } from '../../sim/store/seal.ts'

const hash = 'a'.repeat(64)
const baseline: Baseline = {
  baseline: 1,
  // Looks like a list of numbers, and is a text.
  scenario: { id: 'a', title: '[ 1, 2 ]\n[\n 1,\n 2\n]', sha256: hash },
  plan: { design: 'monte-carlo', runs: 400, seed: '1' },
  engine: '1',
  model: '1',
  batch: hash,
  digest: hash,
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
const planned = (change: object) => other({ plan: { ...baseline.plan, ...change } })

test.each([
  ['{}', 'has no seal'],
  ['not json', 'is not JSON'],
  [sealed(baseline).replace('"runs":400', '"runs":401'), 'does not match its seal'],
  [other({ counts: { x: 'many' } }), ': counts.x: '],
  [other({ counts: { x: 401 } }), ': counts: expected no more than there are runs'],
  [other({ means: { gap: [0.1, -1] } }), ': means.gap.1: '],
  [other({ means: { gap: [0.1] } }), ': means.gap: '],
  [other({ scenario: null }), ': scenario: '],
  [other({ digest: 3 }), ': digest: '],
  [other({ digest: 'x' }), ': digest: '],
  [other({ runs: 399 }), ': runs: expected those of the plan less those that failed'],
  [other({ runs: 0, failed: 400 }), ': runs: '],
  [other({ more: 1 }), ': the top: '],
  [planned({ runs: 9e15 }), ': plan.runs: '],
  [planned({ runs: 0 }), ': plan.runs: '],
  [planned({ design: 'points' }), ': plan.design: '],
  [planned({ design: 'evil' }), ': plan.design: '],
  [planned({ points: { inputs: [], rows: [[]] } }), ': plan: '],
  [planned({ replications: 2 }), ': plan: '],
  [planned({ seed: '' }), ': plan.seed: '],
  [planned({ seed: 'x'.repeat(900_000) }), ': plan.seed: '],
  [planned({ seed: false }), ': plan.seed: '],
  [other({ baseline: 2 }), 'baseline format 1, got 2'],
  [' '.repeat(1 << 21), 'at most 1 MiB'],
])('%.30s… is refused: %s', async (text, message) => {
  await writeFile(file, text)
  const refused = await readBaseline(file).catch((error: Error) => error)
  expect(refused).toMatchObject({ code: message.includes('format 1') ? exitCode.mismatch : exitCode.badData })
  expect((refused as Error).message).toContain(message)
  expect((refused as Error).message.length).toBeLessThan(1000)
})

test('a missing file, and a folder, are refused', async () => {
  await expect(readBaseline(join(folder, 'none.json'))).rejects.toThrow('no such file')
  await expect(readBaseline(folder)).rejects.toThrow('expected a baseline, a file')
})
