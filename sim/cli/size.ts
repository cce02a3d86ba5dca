import { readdir, statfs } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { exitCode, UserError } from '../core/errors.ts'
import { chunkCount, type Plan } from '../design/plan.ts'
import { createChunkComputer } from '../execute/chunk.ts'
import { compileScenario } from '../scenario/compile.ts'
import type { ScenarioDocument } from '../scenario/schema.ts'
import { rowLayout } from '../store/columns.ts'
import { fileBytes } from '../store/rows.ts'
import { duration } from './progress.ts'

/** Batches from here on are weighed and announced with what they will take. */
const announcedRuns = 50_000
/** Beyond these a flag is needed. */
const limits = { runs: 10_000_000, bytes: 50e9 }
/** A smaller batch is weighed as well when the disk has less room than this for each of its runs; a run takes 1 to 2 kB. */
const roomBytes = 20_000
/** Runs tried to weigh a batch. */
const triedRuns = 200
/**
 * Tallies of a part name the cells that were met; with n times the runs they grow by the fourth root of n, as measured
 * from 200 to 2,000 runs of shipped scenarios: 1.6 to 1.8 times.
 */
const tallyGrowth = 0.25
/** What a file takes beyond its bytes, half a block, and what `part.json` says beyond its hashes of 100 runs. */
const bytesAround = { file: 2_048, record: 500, hash: 67, runsOfHash: 100 }
/** Memory of the process and of each thread beside it, as measured from 10,000 to 1,000,000 runs. */
const memory = { process: 150e6, thread: 90e6 }

/** The flag `--allow-large` of every command that runs a batch. */
export const allowLargeOption = {
  type: 'boolean',
  default: false,
  describe: 'allow more than 10 million runs, 50 GB, or what the disk has free',
} as const

/** What a batch will take. */
export interface BatchSize {
  readonly runs: number
  readonly seconds: number
  readonly diskBytes: number
  readonly memoryBytes: number
}

/** Weighs a batch by the first of its runs: what they take on the disk, and how long. */
export function weighBatch(document: ScenarioDocument, plan: Plan, threads: number): BatchSize {
  const layout = rowLayout(compileScenario(document))
  const compute = createChunkComputer({ document, plan: { ...plan, chunkRuns: Math.min(triedRuns, plan.chunkRuns) } })
  const { end: tried, tallies } = compute(0)
  // The first time warms up.
  const began = performance.now()
  compute(0)
  const seconds = (((performance.now() - began) / 1000) * plan.runs) / tried / Math.max(1, threads)
  const runs = Math.min(plan.runs, plan.chunkRuns)
  const hashes = Math.ceil(runs / bytesAround.runsOfHash) * bytesAround.hash
  const partBytes =
    fileBytes(layout, runs) +
    tallies.length * (runs / tried) ** tallyGrowth +
    hashes +
    bytesAround.record +
    4 * bytesAround.file
  return {
    runs: plan.runs,
    seconds,
    diskBytes: Math.round((partBytes * plan.runs) / runs),
    memoryBytes: memory.process + threads * memory.thread,
  }
}

/**
 * Weighs a batch that is large, or that the disk may have no room for.
 *
 * @returns what to say before it begins; undefined for a small one
 * @throws UserError when it is beyond the limits (64) or the free space (74), unless that is allowed
 */
export async function checkSize(
  document: ScenarioDocument,
  plan: Plan,
  { threads, directory, allowLarge }: { threads: number; directory: string; allowLarge: boolean },
): Promise<string | undefined> {
  const { free, place } = await freeBytes(directory)
  if (plan.runs < announcedRuns && plan.runs * roomBytes < free) return undefined
  const size = weighBatch(document, plan, threads)
  refuseSize(size, allowLarge)
  const left = 1 - (await storedParts(directory)) / chunkCount(plan)
  if (size.diskBytes * left > free && !allowLarge) {
    throw new UserError(
      exitCode.io,
      `${place}: expected ${bytes(size.diskBytes * left)} free for ${plan.runs} runs, got ${bytes(free)}; make room, ` +
        'give another --out or fewer --runs, or begin all the same with --allow-large and resume when there is room',
    )
  }
  if (plan.runs < announcedRuns) return undefined
  const room = Number.isFinite(free) ? `, ${bytes(free)} free` : ''
  return `this will take about ${duration(size.seconds * left)}, ${described(size)}${room}`
}

/** Refuses too many runs of which nothing is stored, as far as `checkSize` does. @param flags - that decide how many */
export function checkUnstored(
  document: ScenarioDocument,
  plan: Plan,
  { threads, allowLarge, flags }: { threads: number; allowLarge: boolean; flags: string },
): void {
  if (plan.runs < announcedRuns) return
  refuseSize({ ...weighBatch(document, plan, threads), diskBytes: 0 }, allowLarge, flags)
}

/** Refuses a batch beyond the limits unless it is allowed. */
export function refuseSize(size: BatchSize, allowLarge: boolean, flags = '--runs'): void {
  if (allowLarge || (size.runs <= limits.runs && size.diskBytes <= limits.bytes)) return
  throw new UserError(
    exitCode.usage,
    `${flags}: ${size.runs} runs would take about ${duration(size.seconds)}, ${described(size)}; ` +
      `more than ${limits.runs} runs or ${bytes(limits.bytes)} need --allow-large`,
  )
}

function described({ memoryBytes, diskBytes }: BatchSize): string {
  return `${bytes(memoryBytes)} of memory${diskBytes > 0 ? ` and ${bytes(diskBytes)} of disk` : ''}`
}

/** Parts that a batch directory already has. */
async function storedParts(directory: string): Promise<number> {
  const names = await readdir(join(directory, 'parts')).catch(() => [])
  return names.filter(name => /^\d+$/.test(name)).length
}

/** Room on the disk a directory lies on, or will lie on; without end where it cannot be asked. */
async function freeBytes(directory: string): Promise<{ free: number; place: string }> {
  for (let place = resolve(directory); ; place = dirname(place)) {
    try {
      const { bavail, bsize, blocks } = await statfs(place)
      return { free: blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize, place }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'ENOENT' || place === dirname(place)) return { free: Number.POSITIVE_INFINITY, place }
    }
  }
}

/**
 * Bytes as people say them.
 *
 * @example bytes(1.26e9) // => '1.3 GB'
 * @example bytes(512) // => '1 kB'
 */
export function bytes(count: number): string {
  if (count >= 1e12) return `${(count / 1e12).toFixed(1)} TB`
  if (count >= 1e9) return `${(count / 1e9).toFixed(1)} GB`
  if (count >= 1e6) return `${Math.round(count / 1e6)} MB`
  return `${Math.ceil(count / 1e3)} kB`
}
