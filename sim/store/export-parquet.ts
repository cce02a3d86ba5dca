import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer'
import type { Batch } from './batch.ts'
import { type Append, writeInPieces } from './durable.ts'
import { readRecord, readRows, storedChunks } from './parts.ts'
import { columnsOfRows, emptyColumns } from './rows.ts'

/** Runs of a row group: enough that its description is small beside it. */
const groupRuns = 10_000

/**
 * Writes all stored runs into one Parquet file, in run order, with the dictionary of the columns in its metadata. Parts
 * are read one after the other, so memory does not grow with the number of runs.
 *
 * @returns the number of runs
 */
export function exportParquet(batch: Batch, path: string): Promise<number> {
  return writeInPieces(path, append => writeRows(batch, append))
}

async function writeRows(batch: Batch, append: Append): Promise<number> {
  const { layout, manifest } = batch
  const { width, columns } = layout
  const { id, sha256 } = manifest.scenario
  const about = {
    batch: manifest.batch,
    scenario: { id, sha256 },
    plan: { ...manifest.plan, points: undefined },
    columns,
  }
  const empty = emptyColumns(layout, 0)
  const buffer = new ByteWriter()
  const writer = new ParquetWriter({
    writer: buffer,
    schema: schemaFromColumnData({ columnData: empty }),
    codec: 'UNCOMPRESSED',
    statistics: false,
    kvMetadata: [{ key: 'multivector', value: JSON.stringify(about) }],
    createdBy: 'multivector',
  })
  const flush = async () => {
    await append(buffer.getBytes())
    buffer.index = 0
  }
  let runs = 0
  let waiting: Float64Array[] = []
  const writeGroup = async () => {
    const rows = new Float64Array(waiting.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const piece of waiting) {
      rows.set(piece, at)
      at += piece.length
    }
    waiting = []
    const count = rows.length / width
    if (count > 0) await writer.write({ columnData: columnsOfRows(rows, count, layout), rowGroupSize: count })
    await flush()
  }
  for await (const rows of storedRows(batch)) {
    waiting.push(rows)
    runs += rows.length / width
    if (waiting.reduce((sum, { length }) => sum + length, 0) >= groupRuns * width) await writeGroup()
  }
  await writeGroup()
  await writer.finish()
  await flush()
  return runs
}

/** The rows of each stored part, [runs, width] row-major, in run order. */
export async function* storedRows(batch: Batch): AsyncGenerator<Float64Array> {
  for (const chunk of await storedChunks(batch)) {
    yield readRows(batch, await readRecord(batch, chunk))
  }
}
