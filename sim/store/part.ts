import { createHash } from 'node:crypto'
import { parquetMetadata, parquetRead, parquetReadObjects } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
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

/** Rows, [runs, width] row-major, as an uncompressed Parquet file. */
export function encodeRows(rows: Float64Array, runs: number, layout: Layout): Uint8Array {
  const columnData = columnsOfRows(rows, runs, layout)
  return new Uint8Array(
    parquetWriteBuffer({ columnData, codec: 'UNCOMPRESSED', statistics: false, createdBy: 'multivector' }),
  )
}

/** Rows that are turned into columns together, so that they stay in the cache meanwhile. */
const turnedRows = 32

/** Rows, [runs, width] row-major, as columns of a Parquet file. */
export function columnsOfRows(rows: Float64Array, runs: number, { columns, width }: Layout) {
  const turned = columns.map(({ name, type }) => {
    const data =
      type === 'int32' ? new Int32Array(runs) : type === 'float' ? new Float32Array(runs) : new Float64Array(runs)
    return { name, data, type: parquetType[type], nullable: false, encoding: 'PLAIN' as const, offsetIndex: false }
  })
  for (let first = 0; first < runs; first += turnedRows) {
    const end = Math.min(runs, first + turnedRows)
    for (let column = 0; column < width; column++) {
      const { data } = turned[column]!
      for (let r = first, n = first * width + column; r < end; r++, n += width) data[r] = rows[n]!
    }
  }
  return turned
}

const parquetType = { int32: 'INT32', float: 'FLOAT', double: 'DOUBLE' } as const

/** Reads rows back as numbers, [runs, width] row-major. @throws RangeError for a file of other rows */
export async function decodeRows(bytes: Uint8Array, { columns, width }: Layout, runs: number): Promise<Float64Array> {
  const file = bufferOf(bytes)
  const metadata = metadataOf(file, runs)
  const rows = new Float64Array(runs * width).fill(Number.NaN)
  const places = new Map(columns.map(({ name }, column) => [name, column]))
  await parquetRead({
    file,
    metadata,
    onChunk: ({ columnName, columnData, rowStart }) => {
      const column = places.get(columnName)
      if (column === undefined) return
      for (let r = 0, n = rowStart * width + column; r < columnData.length; r++, n += width) rows[n] = columnData[r]
    },
  })
  return rows
}

/** Rows as objects, with the columns asked for. @throws RangeError for a file of other rows */
export async function readObjects(
  bytes: Uint8Array,
  columns: readonly string[] | undefined,
  runs: number,
): Promise<Record<string, number>[]> {
  const file = bufferOf(bytes)
  const request = { file, metadata: metadataOf(file, runs), ...(columns && { columns: [...columns] }) }
  const objects = (await parquetReadObjects(request)) as Record<string, number>[]
  const wrong = columns?.find(name => objects.some(row => typeof row[name] !== 'number'))
  if (wrong !== undefined) throw new RangeError(`expected numbers in ${wrong}`)
  return objects
}

/** What a Parquet file says of itself, when that is what `encodeRows` writes: nothing in it may grow when it is read. */
function metadataOf(file: ArrayBuffer, runs: number) {
  const metadata = parquetMetadata(file)
  if (Number(metadata.num_rows) !== runs) throw new RangeError(`expected ${runs} rows, got ${metadata.num_rows}`)
  const own = metadata.row_groups.every(({ columns }) =>
    columns.every(({ meta_data: column }) => column?.codec === 'UNCOMPRESSED' && Number(column.num_values) <= runs),
  )
  if (!own) throw new RangeError('its columns are packed otherwise')
  return metadata
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): ArrayBuffer {
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer
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
