import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { exitCode, UserError } from '../core/errors.ts'
import { blockRuns, chunkCount, chunkRange } from '../design/plan.ts'
import type { Batch } from './batch.ts'
import { io, ioError, syncDirectory, temporaryName, writeSynced } from './durable.ts'
import { chunkName, chunkOf, partFiles, partsName } from './own-names.ts'
import { type Part, type PartRecord, sha256 } from './part.ts'
import { readPlainFile } from './plain-file.ts'
import { partRecord } from './record-schema.ts'
import { checkForm, decodeRows, readObjects } from './rows.ts'
import { sealed, unsealed } from './seal.ts'
import { addEncodedCounts, checkEncodedCounts } from './tallies.ts'

/** 200 hashes of blocks, and 20,000 failed runs. */
const mostRecordBytes = 10e6
/** The files of a part but for its record. */
type Kind = 'rows' | 'tallies'

const partsOf = ({ directory }: Pick<Batch, 'directory'>) => join(directory, partsName)
export const partPath = (batch: Batch, chunk: number) => join(partsOf(batch), chunkName(chunk))

async function partEntries(batch: Batch): Promise<string[]> {
  return readdir(partsOf(batch)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw ioError(partsOf(batch), error)
  })
}

/** Chunks whose part is stored, in run order. */
export async function storedChunks(batch: Batch): Promise<Set<number>> {
  const count = chunkCount(batch.manifest.plan)
  const chunks = (await partEntries(batch)).flatMap(name => chunkOf(name) ?? [])
  return new Set(chunks.filter(chunk => chunk < count).sort((a, b) => a - b))
}

/**
 * Stores a part: all files in a temporary directory, synced, then renamed into place. A part that exists is complete,
 * and one that another process stored meanwhile is left as it is: it has the same bytes. The temporary directory is gone
 * when this fails.
 */
export async function writePart(batch: Batch, part: Part): Promise<void> {
  const parts = partsOf(batch)
  const final = partPath(batch, part.chunk)
  const temporary = temporaryName(final)
  const { chunk, first, end, rows, tallies, blocks, failed } = part
  const record: PartRecord = {
    batch: batch.manifest.batch,
    chunk,
    first,
    end,
    blocks,
    failed,
    sha256: { rows: sha256(rows), tallies: sha256(tallies) },
  }
  await io(final, async () => {
    try {
      await mkdir(temporary)
      await writeSynced(join(temporary, partFiles.rows), rows)
      await writeSynced(join(temporary, partFiles.tallies), tallies)
      await writeSynced(join(temporary, partFiles.record), sealed(record))
      await syncDirectory(temporary)
      await rename(temporary, final)
    } catch (error) {
      await rm(temporary, { recursive: true, force: true }).catch(() => undefined)
      const { code } = error as NodeJS.ErrnoException
      if ((code === 'ENOTEMPTY' || code === 'EEXIST') && (await isStored(batch, chunk))) return
      throw error
    }
    await syncDirectory(parts)
  })
}

/** A stored part that is not what it was. Its files stay until the batch is run again. */
export class DamagedPart extends UserError {
  readonly damage: string

  constructor(damage: string) {
    super(exitCode.badData, `${damage}; the command that made the batch makes this part again`)
    this.damage = damage
  }
}

const damaged = (path: string, what: string) => new DamagedPart(`${path}: ${what}`)

async function readPiece(path: string, name: string, most: number): Promise<Buffer> {
  try {
    return await readPlainFile(join(path, name), most)
  } catch (error) {
    if (error instanceof UserError) throw damaged(path, error.message.slice(path.length + 1))
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENXIO' || code === 'ELOOP') throw damaged(path, `${name} is no file`)
    if (code === 'ENOENT') throw damaged(path, `${name} is missing`)
    if (code === 'ENOTDIR') throw damaged(path, 'expected a directory, got a file')
    throw ioError(join(path, name), error as NodeJS.ErrnoException)
  }
}

/** The record of a stored part. @throws UserError (65) that names the damage */
export async function readRecord(batch: Batch, chunk: number): Promise<PartRecord> {
  const path = partPath(batch, chunk)
  const text = (await readPiece(path, partFiles.record, mostRecordBytes)).toString('utf8')
  let record: PartRecord
  try {
    const { data, error } = partRecord.safeParse(unsealed(text))
    if (!data) throw new RangeError(`is wrong at ${error.issues[0]!.path.join('.') || 'the top'}`)
    record = data
  } catch (error) {
    throw damaged(path, `${partFiles.record} ${(error as Error).message}`)
  }
  const [first, end] = chunkRange(batch.manifest.plan, chunk)
  if (record.batch !== batch.manifest.batch) throw damaged(path, 'belongs to another batch')
  if (record.chunk !== chunk || record.first !== first || record.end !== end) throw damaged(path, 'holds other runs')
  if (record.blocks.length !== Math.ceil((end - first) / blockRuns))
    throw damaged(path, `${partFiles.record} names other blocks`)
  return record
}

const runsOf = ({ first, end }: PartRecord) => end - first

/** The bytes of a stored part that its record vouches for. @throws UserError (65) that names the damage */
async function readBytes(batch: Batch, record: PartRecord, kind: Kind): Promise<Uint8Array> {
  const path = partPath(batch, record.chunk)
  const bytes = await readPiece(path, partFiles[kind], mostBytes(batch, runsOf(record))[kind])
  if (sha256(bytes) !== record.sha256[kind]) throw damaged(path, `${partFiles[kind]} does not match its checksum`)
  if (kind === 'rows') await sound(batch, record.chunk, kind, () => checkForm(bytes, batch.layout, runsOf(record)))
  return bytes
}

/** Most bytes that rows and tallies of a part have: every number written, and every count. */
function mostBytes({ layout, tallies }: Batch, runs: number): Readonly<Record<Kind, number>> {
  return { rows: 1e6 + (8 * runs + 1000) * layout.width, tallies: 8 * tallies.cells }
}

/** Something read from a part that its checksums vouch for, and which may be wrong nevertheless. */
async function sound<T>(batch: Batch, chunk: number, what: Kind, read: () => T | Promise<T>) {
  try {
    return await read()
  } catch (error) {
    throw damaged(partPath(batch, chunk), `${partFiles[what]} cannot be read (${(error as Error).message})`)
  }
}

/** The rows of a stored part, [runs, width] row-major. @throws UserError (65) that names the damage */
export async function readRows(batch: Batch, record: PartRecord): Promise<Float64Array> {
  const bytes = await readBytes(batch, record, 'rows')
  return sound(batch, record.chunk, 'rows', () => decodeRows(bytes, batch.layout, runsOf(record)))
}

/** The rows of a stored part as objects, with the columns asked for. @throws UserError (65) that names the damage */
export async function readColumns(batch: Batch, chunk: number, columns: readonly string[]) {
  const record = await readRecord(batch, chunk)
  const bytes = await readBytes(batch, record, 'rows')
  return sound(batch, chunk, 'rows', () => readObjects(bytes, batch.layout, columns, runsOf(record)))
}

/** Adds the counts of a stored part to `totals`, [cells]. @throws UserError (65) that names the damage */
export async function addTallies(batch: Batch, record: PartRecord, totals: Float64Array): Promise<void> {
  const bytes = await readBytes(batch, record, 'tallies')
  await sound(batch, record.chunk, 'tallies', () => addEncodedCounts(totals, bytes, runsOf(record)))
}

/** A stored part with its bytes, which are laid out as those of such a part. @throws UserError (65) that names the damage */
export async function readPart(
  batch: Batch,
  chunk: number,
): Promise<{ record: PartRecord; rows: Uint8Array; tallies: Uint8Array }> {
  const record = await readRecord(batch, chunk)
  const [rows, tallies] = [await readBytes(batch, record, 'rows'), await readBytes(batch, record, 'tallies')]
  await sound(batch, chunk, 'tallies', () => checkEncodedCounts(tallies, batch.tallies.cells, runsOf(record)))
  return { record, rows, tallies }
}

/** Whether a part is stored and what its record vouches for. */
function isStored(batch: Batch, chunk: number): Promise<boolean> {
  return readPart(batch, chunk).then(
    () => true,
    () => false,
  )
}

/** The record of a part in a folder, of whichever batch; undefined where there is none that is sealed. */
export async function sealedRecord(path: string): Promise<PartRecord | undefined> {
  try {
    const bytes = await readPlainFile(join(path, partFiles.record), mostRecordBytes)
    return partRecord.parse(unsealed(bytes.toString('utf8')))
  } catch {
    return undefined
  }
}

/** The batch that a part of another batch names; undefined when no readable part does. */
export async function foreignPart(batch: Batch): Promise<string | undefined> {
  for (const name of await partEntries(batch)) {
    const record = await sealedRecord(join(partsOf(batch), name))
    if (record && record.batch !== batch.manifest.batch) return record.batch
  }
  return undefined
}
