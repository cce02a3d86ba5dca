import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { serialExecutor } from '../../sim/execute/serial.ts'
import { planOf, runBatch } from '../../sim/experiment.ts'
import { manifestOf } from '../../sim/store/manifest.ts'
import { load, problemsOf } from './files-in-memory.ts'

const expecting = (text: string) => `extends: baseline.yaml\nexpect:\n  e: ${text}\n`

test.each([
  ['{ share: shell, at_most: 0.2 }'],
  ['{ share: reverse_duality, of: KAZ, at_least: 0.1, at_most: 0.5, why: a reason }'],
  ['{ mean: gap, of: KAZ, within: 0.05 }'],
  ['{ median: v, at_least: 0.3 }'],
  ['{ failed: 0 }'],
  ['{ unchanged: all }'],
  ['{ unchanged: [KAZ, UZB] }'],
])('%s can be expected', async text => {
  const { document } = await load(expecting(text))
  expect(Object.keys(document.expect ?? {})).toEqual(['e'])
})

test.each([
  ['{ share: ▸shel, at_most: 0.2 }', 'share-choice', 'did you mean `shell`?'],
  ['{ share: ▸reverse_duality, at_most: 0.2 }', 'expect-outcome', 'name an actor or group with `of`'],
  ['{ share: ▸shell, of: KAZ, at_most: 0.2 }', 'expect-outcome', 'for the actor or group "KAZ"'],
  ['{ share: duality, of: ▸KAX, at_most: 0.2 }', 'unknown-actor', 'did you mean `KAZ`?'],
  ['{ mean: ▸gapp, at_most: 0.2 }', 'mean-choice', 'did you mean `gap`?'],
  ['{ median: ▸v, of: KAZ, at_most: 0.2 }', 'expect-index', 'leave `of` out'],
  ['{ share: shell, at_most: ▸1.2 }', 'at_most-range', 'a number from 0 to 1'],
  ['{ share: shell, at_most: ▸0 }', 'expect-bound', 'write 0.01'],
  ['{ share: shell, at_least: ▸1 }', 'expect-bound', 'write 0.99'],
  ['{ share: shell, at_least: 0.4, at_most: ▸0.3 }', 'range-order', 'above `at_least` (0.4)'],
  ['{ mean: gap, at_least: 0.4, ▸within: 0.3 }', 'expect-bound', 'got both'],
  ['{ median: gap, ▸within: 0.3 }', 'unknown-key', 'known key'],
  ['{ ▸shar: shell, at_most: 0.2 }', 'unknown-key', 'did you mean `share`?'],
  ['{ failed: ▸-1 }', 'failed-range', 'a whole number'],
  ['{ unchanged: [KAZ, ▸Kaz] }', 'unknown-actor', 'did you mean `KAZ`?'],
])('%s is shown with its place', async (marked, code, words) => {
  const text = expecting(marked)
  const before = text.slice(0, text.indexOf('▸')).split('\n')
  const [problem, ...others] = await problemsOf(text.replace('▸', ''))
  expect(others).toEqual([])
  expect(problem).toMatchObject({ line: before.length, column: before.at(-1)!.length + 1, code })
  expect(`${problem!.message} ${problem!.help}`).toContain(words)
})

test('an expectation without a bound is shown at its name', async () => {
  const [problem] = await problemsOf(expecting('{ share: shell }'))
  expect(problem).toMatchObject({ line: 3, column: 3, code: 'expect-bound' })
})

test('expectations know their file and line, also those of the scenario that is extended', async () => {
  const { expectedAt } = await load('extends: base.yaml\nexpect:\n\n  own: { failed: 1 }\n', {
    'base.yaml': expecting('{ failed: 0 }'),
  })
  expect(Object.fromEntries(expectedAt)).toEqual({
    e: { file: 'base.yaml', line: 3 },
    own: { file: 'test.yaml', line: 4 },
  })
})

const batchOf = (document: Awaited<ReturnType<typeof load>>['document']) =>
  manifestOf({ id: 't', document, plan: planOf({ document }), engine: '1', model: '1' })

test('a changed expectation leaves scenario hash and batch as they are; any other change does not', async () => {
  const [none, one, other, title] = await Promise.all(
    [
      'extends: baseline.yaml\n',
      expecting('{ failed: 0 }'),
      expecting('{ failed: 1 }'),
      'extends: baseline.yaml\ntitle: another\n',
    ].map(async text => batchOf((await load(text)).document)),
  )
  expect(one!.scenario.sha256).toBe(none!.scenario.sha256)
  expect([one!.batch, other!.batch]).toEqual([none!.batch, none!.batch])
  expect(title!.batch).not.toBe(none!.batch)
})

test('a batch is complete under a changed expectation, and holds the new one', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'multivector-'))
  const run = async (text: string) => {
    const { document } = await load(text)
    return runBatch({ id: 't', document, directory, executor: serialExecutor(), runs: 20 })
  }
  const first = await run(expecting('{ failed: 0 }'))
  const second = await run(expecting('{ failed: 3 }'))
  expect(second.added).toBe(0)
  expect(second.summary.digest).toBe(first.summary.digest)
  expect(second.batch.manifest.scenario.document.expect).toEqual({ e: { failed: 3 } })
  const stored = JSON.parse(await readFile(join(directory, 'manifest.json'), 'utf8'))
  expect(stored.scenario.document.expect).toEqual({ e: { failed: 3 } })
  expect((await run('extends: baseline.yaml\n')).batch.manifest.scenario.document.expect).toBeUndefined()
  await rm(directory, { recursive: true })
})
