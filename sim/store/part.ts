import { createHash } from 'node:crypto'
import { blockRuns } from '../design/plan.ts'
import type { Failure } from '../model/simulate.ts'
import type { Layout } from './columns.ts'

/** A failed run: where it left the finite numbers, and how to see it again. */
export interface FailedRun extends Failure {
  readonly run: number
}

/** One finished chunk, as bytes ready to be stored. */
export interface Part {
  readonly chunk: number
  /** First run, and the one after the last. */
  readonly first: number
  readonly end: number
  /** Parquet, one row a run. */
  readonly rows: Uint8Array
  /** Encoded counts. */
  readonly tallies: Uint8Array
  /** SHA-256 of each block of runs, hex. */
  readonly blocks: readonly string[]
  readonly failed: readonly FailedRun[]
}

/** What `part.json` of a stored part says. */
export interface PartRecord {
  /** Hash of the batch it belongs to. */
  readonly batch: string
  readonly chunk: number
  readonly first: number
  readonly end: number
  readonly blocks: readonly string[]
  readonly failed: readonly FailedRun[]
  /** SHA-256 of the two files, hex. */
  readonly sha256: { readonly rows: string; readonly tallies: string }
}

export function sha256(...bytes: readonly (Uint8Array | string)[]): string {
  const hash = createHash('sha256')
  for (const piece of bytes) hash.update(piece)
  return hash.digest('hex')
}

/** SHA-256 of each block of runs over the row bytes, little-endian doubles in column order. */
export function hashBlocks(rows: Float64Array, runs: number, width: number): string[] {
  const blocks: string[] = []
  for (let r = 0; r < runs; r += blockRuns) {
    const block = rows.subarray(r * width, Math.min(runs, r + blockRuns) * width)
    blocks.push(sha256(new Uint8Array(block.buffer, block.byteOffset, block.byteLength)))
  }
  return blocks
}

/**
 * The digest of a batch: over the column names, the blocks of runs in run order and the summed tallies. It does not
 * depend on workers, parts, stops or machines.
 *
 * @param blocks - of all parts, in run order
 * @param totals - summed counts, [cells]
 */
export function batchDigest(layout: Layout, blocks: readonly string[], totals: Float64Array): string {
  const names = layout.columns.map(column => column.name).join('\n')
  return sha256(
    `multivector batch 1\n${names}\n`,
    blocks.join('\n'),
    '\n',
    new Uint8Array(totals.buffer, totals.byteOffset, totals.byteLength),
  )
}
