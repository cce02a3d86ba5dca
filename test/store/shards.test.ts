import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exitCode } from '../../sim/core/errors.ts'
import { serialExecutor } from '../../sim/execute/serial.ts'
import { advanceBatch, type BatchRequest, mergeBatches, openBatch, runBatch } from '../../sim/experiment.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { readPart, writePart } from '../../sim/store/parts.ts'
import type { Shard } from '../../sim/store/shard.ts'
import { verifyBatch } from '../../sim/store/verify.ts'
import { shippedDocument } from '../world.ts'

const runs = 1000
const never = new AbortController().signal
let folder: string
let document: ScenarioDocument
let undisturbed: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
  document = await shippedDocument('cis-plus-2030')
  undisturbed = (await runBatch(request('single'))).summary.digest
  for (const index of [1, 2, 3]) await fillBatch(request(`of3-${index}`, { shard: { index, count: 3 } }))
})
afterAll(() => rm(folder, { recursive: true }))

const fillBatch = (request: BatchRequest) => advanceBatch(request, async done => done)
const at = (name: string) => join(folder, name)
const request = (name: string, more: Partial<BatchRequest> = {}): BatchRequest => ({
  id: 'shards',
  document,
  directory: at(name),
  executor: serialExecutor(),
  runs,
  seed: '5',
  ...more,
})
const shards = (count: number): Shard[] => Array.from({ length: count }, (_, n) => ({ index: n + 1, count }))
const opened = (...names: string[]) => Promise.all(names.map(name => openBatch(at(name))))
const merge = async (names: readonly string[], out: string, signal = never) =>
  mergeBatches(await opened(...names), at(out), signal)
const verified = async (name: string) => verifyBatch(await openBatch(at(name)))

/** A copy of a sound shard directory. */
async function copy(of: string, name: string): Promise<string> {
  await cp(at(of), at(name), { recursive: true })
  return name
}

/** Stores a part again with something changed, its checksums over what it now holds. */
async function forge(name: string, chunk: number, change: (part: { tallies: Uint8Array; rows: Uint8Array }) => object) {
  const batch = await openBatch(at(name))
  const { record, rows, tallies } = await readPart(batch, chunk)
  await rm(join(at(name), 'parts', String(chunk).padStart(6, '0')), { recursive: true })
  await writePart(batch, { ...record, rows, tallies, ...change({ rows, tallies }) })
}

describe('shards', () => {
  it.each([2, 7])('%i of a batch fill one folder at the same time, and the digest is that of one machine', async n => {
    const filled = await Promise.all(shards(n).map(shard => fillBatch(request(`shared-${n}`, { shard }))))
    expect(filled.reduce((sum, { added }) => sum + added, 0)).toBe(runs)
    for (const { asked, stored } of filled) expect(stored).toBe(asked)
    expect(filled.some(({ complete }) => complete)).toBe(true)
    expect(await verified(`shared-${n}`)).toMatchObject({ runs, problems: [], digest: undisturbed })
    expect((await readdir(at(`shared-${n}`))).sort()).toEqual(['manifest.json', 'parts'])
  })

  it('are computed once: the same shard again adds nothing', async () => {
    const again = await fillBatch(request('of3-2', { shard: { index: 2, count: 3 } }))
    expect(again).toMatchObject({ added: 0, asked: 2, stored: 2, complete: false })
  })

  it('leave the unfinished files of other shards alone, and remove their own', async () => {
    const name = await copy('of3-1', 'unfinished')
    const files = ['000003.9-0000aaaa.tmp', '000004.9-0000aaaa.tmp'].map(file => join(at(name), 'parts', file))
    for (const file of files) await mkdir(file)
    await fillBatch(request(name, { shard: { index: 1, count: 3 } }))
    const left = (await readdir(join(at(name), 'parts'))).filter(file => file.endsWith('.tmp'))
    expect(left).toEqual(['000004.9-0000aaaa.tmp'])
  })

  it('may be many more than parts', async () => {
    expect(await fillBatch(request('many', { shard: { index: 99, count: 1000 } }))).toMatchObject({
      asked: 0,
      added: 0,
    })
  })

  const live = JSON.stringify({ pid: process.ppid, host: hostname(), since: 'now', token: 'theirs' })
  it.each([
    ['a shard, of the whole', 'lock', { index: 1, count: 3 }],
    ['the whole, of a shard', 'lock-2-of-3', undefined],
    ['a shard, of one of another count', 'lock-2-of-4', { index: 1, count: 3 }],
    ['a shard, of itself', 'lock-1-of-3', { index: 1, count: 3 }],
  ])('and wholes do not meet: %s', async (_, name, shard) => {
    const directory = `locked-${name}-${shard?.index ?? 'whole'}`
    await copy('of3-1', directory)
    await writeFile(join(at(directory), name), live)
    await expect(fillBatch(request(directory, { shard }))).rejects.toMatchObject({ code: exitCode.resumable })
    expect(await readdir(at(directory))).toEqual([name, 'manifest.json', 'parts'])
  })

  it('take no notice of the lock of a shard that died', async () => {
    await copy('of3-1', 'died')
    await writeFile(join(at('died'), 'lock-2-of-4'), live.replace(String(process.ppid), '999999999'))
    expect(await fillBatch(request('died'))).toMatchObject({ complete: true })
    expect((await readdir(at('died'))).sort()).toEqual(['manifest.json', 'parts'])
  })
})

describe('merge', () => {
  it('of all shards gives the batch of one machine, again and again', async () => {
    const merged = await merge(['of3-1', 'of3-2', 'of3-3'], 'whole')
    expect(merged).toMatchObject({ added: 5, missing: [], damaged: [] })
    expect(await verified('whole')).toMatchObject({ runs, problems: [], digest: undisturbed })
    expect(await merge(['of3-1', 'of3-2', 'of3-3', 'single'], 'whole')).toMatchObject({ added: 0, missing: [] })
    expect(await readdir(at('whole'))).toEqual(['manifest.json', 'parts'])
  })

  it('names what is missing, and the batch can be finished from its directory', async () => {
    expect(await merge(['of3-1', 'of3-3'], 'partial')).toMatchObject({ added: 3, missing: [1, 4] })
    const { plan, scenario } = (await openBatch(at('partial'))).manifest
    const rest = await runBatch(request('partial', { document: scenario.document, runs: plan.runs, seed: plan.seed }))
    expect(rest).toMatchObject({ added: 400, summary: { digest: undisturbed } })
  })

  it('that is stopped is gone on with', async () => {
    expect(await merge(['of3-1', 'of3-2', 'of3-3'], 'stopped', AbortSignal.abort())).toMatchObject({ added: 0 })
    expect(await merge(['of3-1', 'of3-2', 'of3-3'], 'stopped')).toMatchObject({ added: 5, missing: [] })
    expect(await verified('stopped')).toMatchObject({ digest: undisturbed })
  })

  it('leaves out what is damaged, and takes it from another directory', async () => {
    const name = await copy('of3-1', 'bitten')
    await writeFile(join(at(name), 'parts', '000000', 'tallies.bin'), 'x')
    const merged = await merge([name, 'of3-2', 'of3-3'], 'mended')
    expect(merged).toMatchObject({ missing: [0], damaged: [expect.stringContaining('tallies.bin does not match')] })
    expect(await merge(['of3-1'], 'mended')).toMatchObject({ added: 1, missing: [] })
    expect(await verified('mended')).toMatchObject({ digest: undisturbed })
  })

  it.each([
    [
      'rows of other runs',
      'rows do not match',
      async () => ({ rows: (await readPart((await opened('of3-2'))[0]!, 1)).rows }),
    ],
    ['counts of nothing', 'expected counts of 200 runs', async () => ({ tallies: new Uint8Array(0) })],
    ['counts that end early', 'in the middle of a number', async () => ({ tallies: Uint8Array.of(0x80) })],
    ['rows that are no table', 'cannot be read', async () => ({ rows: new Uint8Array(9) })],
    ['hashes of other rows', 'rows do not match', async () => ({ blocks: [0, 1].map(n => String(n).repeat(64)) })],
    [
      'a failed run that did not fail',
      '1 of them failed',
      async () => ({ failed: [{ run: 0, variable: 'gap', of: 'KAZ', tick: 1 }] }),
    ],
  ])('leaves out a part whose checksums are right and whose content is not: %s', async (what, problem, change) => {
    const name = await copy('of3-1', `forged ${what}`)
    const changed = await change()
    await forge(name, 0, () => changed)
    expect((await verified(name)).problems).toEqual([expect.stringContaining(problem)])
    const merged = await merge([name], `from forged ${what}`)
    expect(merged).toMatchObject({ added: 1, damaged: [expect.stringContaining(problem)] })
    expect(merged.missing).toContain(0)
  })

  it('refuses two machines that disagree about the same runs', async () => {
    const name = await copy('of3-1', 'odd')
    // The last byte is that of a count.
    await forge(name, 3, ({ tallies }) => ({ tallies: tallies.with(-1, tallies.at(-1)! ^ 1) }))
    await expect(merge(['of3-1', name], 'disagreed')).rejects.toMatchObject({
      code: exitCode.mismatch,
      message: expect.stringContaining('runs 600 to 799'),
    })
  })

  it('refuses another batch, and the same one in parts of another size', async () => {
    const shard = { index: 1, count: 3 }
    await fillBatch(request('other', { seed: '6', shard }))
    await expect(merge(['of3-1', 'other'], 'never')).rejects.toThrow(/seed 6 there, 5 in the first/)
    await fillBatch(request('resized', { partRuns: 100, shard }))
    await expect(merge(['of3-1', 'resized'], 'never')).rejects.toThrow(/parts of 100 runs there, 200 in the first/)
    expect(await readdir(folder)).not.toContain('never')
  })
})
