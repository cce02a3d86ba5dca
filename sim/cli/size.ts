import { statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { exitCode, UserError } from '../core/errors.ts'
import { chunkCount, type Plan } from '../design/plan.ts'
import { createChunkComputer } from '../execute/chunk.ts'
import { horizonOf } from '../experiment.ts'
import { compileScenario } from '../scenario/compile.ts'
import type { ScenarioDocument } from '../scenario/schema.ts'
import { rowLayout } from '../store/columns.ts'
import { tallyLayout } from '../store/tallies.ts'
import { duration } from './progress.ts'

/** Batches from here on are announced with what they will take. */
const announcedRuns = 200_000
/** Beyond these a flag is needed. */
const limits = { runs: 10_000_000, bytes: 50e9 }
/** Of a part: what Parquet adds to the rows, and the share of tally cells that take a byte, as measured. */
const measured = { partBytes: 25_000, bytesPerCell: 0.15, processBytes: 150e6, threadBytes: 60e6 }

/** What a batch will take, roughly. */
export interface BatchSize {
  readonly runs: number
  readonly diskBytes: number
  readonly memoryBytes: number
}

/** Bytes a batch takes on the disk and in memory, from its plan alone. */
export function batchSize(document: ScenarioDocument, plan: Plan, threads: number): BatchSize {
  const scenario = compileScenario(document)
  const rowBytes = rowLayout(scenario).columns.reduce((sum, { type }) => sum + (type === 'double' ? 8 : 4), 0)
  const { cells } = tallyLayout(scenario, horizonOf(scenario))
  const partBytes = measured.partBytes + measured.bytesPerCell * cells
  return {
    runs: plan.runs,
    diskBytes: plan.runs * rowBytes + chunkCount(plan) * partBytes,
    memoryBytes: measured.processBytes + Math.max(1, threads) * measured.threadBytes + plan.runs,
  }
}

/** Refuses a batch beyond the limits unless it is allowed. */
export function checkSize(size: BatchSize, allowLarge: boolean): void {
  if (allowLarge || (size.runs <= limits.runs && size.diskBytes <= limits.bytes)) return
  throw new UserError(
    exitCode.usage,
    `--runs: ${size.runs} runs would take about ${described(size)}; ` +
      `more than ${limits.runs} runs or ${bytes(limits.bytes)} need --allow-large`,
  )
}

/** What to say before a batch begins: its size when it is large, and when the disk has no room for it. */
export async function sizeNotice(
  size: BatchSize,
  document: ScenarioDocument,
  plan: Plan,
  { threads, directory }: { threads: number; directory: string },
): Promise<string | undefined> {
  const free = await freeBytes(directory)
  const full = free !== undefined && free < size.diskBytes
  if (plan.runs < announcedRuns && !full) return undefined
  const began = performance.now()
  createChunkComputer({ document, plan: { ...plan, runs: 200, chunkRuns: 200 } })(0)
  const seconds = ((performance.now() - began) / 1000 / 200 / Math.max(1, threads)) * plan.runs
  const room = free === undefined ? '' : `, ${bytes(free)} free`
  const stops = full ? '; it will stop when the disk is full, and can be resumed' : ''
  return `this will take about ${duration(seconds)}, ${described(size)}${room}${stops}`
}

function described({ memoryBytes, diskBytes }: BatchSize): string {
  return `${bytes(memoryBytes)} of memory and ${bytes(diskBytes)} of disk`
}

/** Room on the disk a directory lies on, or will lie on; undefined where it cannot be asked. */
async function freeBytes(directory: string): Promise<number | undefined> {
  for (let at = resolve(directory); ; at = dirname(at)) {
    try {
      const { bavail, bsize } = await statfs(at)
      return bavail * bsize
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || at === dirname(at)) return undefined
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
