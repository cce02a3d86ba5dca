import { cp, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hypotheses } from '../../sim/analysis/hypotheses.ts'
import { mostPairs, mostPoints } from '../../sim/cli/hypotheses.ts'
import { bytes, refuseSize, weighBatch } from '../../sim/cli/size.ts'
import { exitCode } from '../../sim/core/errors.ts'
import { createChunkComputer } from '../../sim/execute/chunk.ts'
import { serialExecutor } from '../../sim/execute/serial.ts'
import { planOf, runBatch } from '../../sim/experiment.ts'
import { sealed } from '../../sim/store/seal.ts'
import { shippedDocument } from '../world.ts'
import { multivector } from './command.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** What the files of a batch take on the disk. */
async function measured(directory: string): Promise<number> {
  const files = await readdir(directory, { recursive: true, withFileTypes: true })
  const sizes = files.filter(file => file.isFile()).map(file => stat(join(file.parentPath, file.name)))
  return (await Promise.all(sizes)).reduce((sum, { blocks }) => sum + blocks * 512, 0)
}

describe('the size of a batch', () => {
  it.each(['cis-plus-2030', 'baseline'])('%s is within 25 % of what a batch takes on the disk', async id => {
    const document = await shippedDocument(id)
    const directory = join(folder, id)
    await runBatch({ id, document, directory, executor: serialExecutor(), runs: 1000, seed: 'size' })
    const { diskBytes } = weighBatch(document, planOf({ document, runs: 1000, seed: 'size' }), 2)
    const ratio = diskBytes / (await measured(directory))
    expect(ratio).toBeGreaterThan(0.8)
    expect(ratio).toBeLessThan(1.25)
    // The check can tell: half the runs would be out of it.
    expect(ratio / 2).toBeLessThan(0.8)
  })

  it('is within 25 % of what large parts take, though only a tenth of one is tried', async () => {
    const document = await shippedDocument('cis-plus-2030')
    const plan = { ...planOf({ document, runs: 2000 }), chunkRuns: 2000 }
    const { rows, tallies } = createChunkComputer({ document, plan })(0)
    const ratio = weighBatch(document, plan, 2).diskBytes / (rows.length + tallies.length)
    expect(Math.abs(Math.log(ratio))).toBeLessThan(Math.log(1.25))
  })

  it('grows with the runs, and needs a flag beyond 10 million of them or 50 GB', async () => {
    const document = await shippedDocument('baseline')
    const size = (runs: number) => weighBatch(document, planOf({ document, runs }), 2)
    const [small, large] = [size(1_000_000), size(10_000_001)]
    expect(large.diskBytes / small.diskBytes).toBeCloseTo(10, 1)
    expect(large.seconds).toBeGreaterThan(small.seconds)
    expect(() => refuseSize(small, false)).not.toThrow()
    expect(() => refuseSize(large, false)).toThrow(/10000001 runs would take about .* need --allow-large/)
    expect(() => refuseSize(large, true)).not.toThrow()
    expect(() => refuseSize({ ...small, diskBytes: 51e9 }, false)).toThrow('51.0 GB')
  })

  it('can be said of every design', async () => {
    const document = await shippedDocument('cis-plus-2030')
    for (const design of ['latin-hypercube', 'sobol', 'saltelli', 'morris'] as const) {
      const { diskBytes } = weighBatch(document, planOf({ document, runs: 60_000, design }), 2)
      expect(diskBytes).toBeGreaterThan(60e6)
    }
  })

  it('is said in units people use', () => {
    expect([999, 1.5e6, 2.25e9, 3e12].map(bytes)).toEqual(['1 kB', '2 MB', '2.3 GB', '3.0 TB'])
  })

  it('refuses a batch that is too large before anything is written', async () => {
    const args = ['run', resolve('scenarios/cis-plus-2030.yaml'), '--runs', '2e7', '--out', 'large']
    const ended = await multivector(args, folder)
    expect(ended.code).toBe(exitCode.usage)
    expect(ended.stderr).toContain('--allow-large')
    expect(await readdir(folder)).not.toContain('large')
  })

  it.each([
    ['run', '--runs', ['run', 'large.yaml']],
    ['compare', '--runs', ['compare', 'large.yaml']],
    ['compare by a flag', '--runs', ['compare', 'small.yaml', 'large.yaml', '--runs', '1e8']],
    ['compare with a baseline of as many runs', '--runs', ['compare', 'small.yaml', '--baseline', 'base.json']],
    ['baseline', '--runs', ['baseline', 'large.yaml', '--out', 'b.json']],
    [
      'robustness',
      '--levers, --levels, --worlds',
      ['robustness', 'small.yaml', '--levers', 'delivered=0:1,support=0:1', '--levels', '20', '--worlds', '1e6'],
    ],
    [
      'robustness of more policies than can be listed',
      '--levers, --levels, --worlds',
      [
        ...['robustness', 'small.yaml', '--levels', '20', '--levers'],
        ['delivered', 'support', 'ticket', 'h_exit', 'delta', 'beta', 'kappa', 'theta']
          .map(() => 'delivered=0:1')
          .join(),
      ],
    ],
  ])('is refused by every command that runs a batch, in the same words: %s', async (_, flags, args) => {
    await writeFile(join(folder, 'large.yaml'), `extends: scenarios/baseline.yaml\nbatch: { runs: 1000000000 }\n`)
    await writeFile(join(folder, 'small.yaml'), `extends: scenarios/baseline.yaml\nbatch: { runs: 100 }\n`)
    await cp('scenarios', join(folder, 'scenarios'), { recursive: true })
    const hash = 'a'.repeat(64)
    const plan = { design: 'monte-carlo', runs: 1e9, seed: '1' }
    const named = { engine: '1', model: '1', batch: hash, digest: hash }
    const counted = { runs: 1e9, failed: 0, counts: {}, means: {} }
    const base = { baseline: 1, scenario: { id: 'x', title: 'x', sha256: hash }, plan, ...named, ...counted }
    await writeFile(join(folder, 'base.json'), sealed(base))
    const ended = await multivector([...args, '--workers', '0'], folder)
    expect([ended.code, ended.stderr]).toEqual([
      exitCode.usage,
      expect.stringMatching(
        new RegExp(`^${flags}: \\d+ runs would take about .*; more than 10000000 runs or 50.0 GB need --allow-large`),
      ),
    ])
    expect(await readdir(folder)).not.toContain('batches')
  })

  it('is below the limits whatever hypotheses are asked for', () => {
    const all = hypotheses.flatMap(({ worlds }) => Object.values(worlds))
    const worlds = [...new Map(all.map(world => [JSON.stringify(world), world])).values()]
    const ensembles = worlds.filter(({ ensemble }) => ensemble).length
    const runs = ensembles * mostPoints + (worlds.length - ensembles) * mostPairs
    expect(runs).toBeGreaterThan(mostPoints)
    expect(() => refuseSize({ runs, seconds: 0, diskBytes: 0, memoryBytes: 0 }, false)).not.toThrow()
  })
})
