import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { exitCode, UserError } from '../core/errors.ts'
import { chunkCount, chunkRange } from '../design/plan.ts'
import { compileScenario, type Scenario } from '../scenario/compile.ts'
import type { ScenarioDocument } from '../scenario/schema.ts'
import { type Layout, rowLayout } from './columns.ts'
import { io, ioError, syncDirectory, writeDurably } from './durable.ts'
import { type Identity, type Manifest, manifestName, manifestOf, readManifest } from './manifest.ts'
import { batchDigest, type Part, type PartRecord, sha256 } from './part.ts'
import { addEncodedCounts, type TallyLayout, tallyLayout } from './tallies.ts'

/** A batch directory opened for reading, and for adding parts. */
export interface Batch {
  readonly directory: string
  readonly manifest: Manifest
  readonly scenario: Scenario
  readonly layout: Layout
  readonly tallies: TallyLayout
}

const partName = (chunk: number) => String(chunk).padStart(6, '0')

/** Opens a batch directory, or makes it. A directory with another batch is a UserError with both hashes. */
export async function openOrCreateBatch(directory: string, identity: Identity, ticks: number): Promise<Batch> {
  const wanted = manifestOf(identity)
  const existing = await readManifest(directory)
  if (existing && existing.batch !== wanted.batch) {
    throw new UserError(
      exitCode.mismatch,
      `${directory}: holds another batch (${existing.batch.slice(0, 16)} of ${existing.scenario.id}, ${existing.plan.runs} runs, seed ${existing.plan.seed}, engine ${existing.engine}), ` +
        `not ${wanted.batch.slice(0, 16)}; give another --out, or remove the directory to run anew`,
    )
  }
  const manifest = existing ?? wanted
  if (!existing) {
    await io(directory, async () => {
      await refuseForeign(directory)
      await mkdir(join(directory, 'parts'), { recursive: true })
      await writeDurably(join(directory, manifestName), JSON.stringify(manifest, undefined, 1))
    })
  }
  return batchOf(directory, manifest, ticks)
}

/** Opens an existing batch directory for reading. */
export async function openBatch(directory: string, horizonOf: (document: ScenarioDocument) => number): Promise<Batch> {
  const manifest = await readManifest(directory)
  if (!manifest)
    throw new UserError(exitCode.noInput, `${directory}: expected a batch directory with ${manifestName}, found none`)
  return batchOf(directory, manifest, horizonOf(manifest.scenario.document))
}

function batchOf(directory: string, manifest: Manifest, ticks: number): Batch {
  const scenario = compileScenario(manifest.scenario.document)
  return { directory, manifest, scenario, layout: rowLayout(scenario), tallies: tallyLayout(scenario, ticks) }
}

/** A directory that is not empty and not a batch is never written into. */
async function refuseForeign(directory: string): Promise<void> {
  const entries = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const foreign = entries.filter(name => name !== 'parts' && name !== 'lock' && !name.endsWith('.tmp'))
  if (foreign.length > 0) {
    throw new UserError(
      exitCode.cannotCreate,
      `${directory}: expected an empty or new directory, found ${foreign.slice(0, 3).join(', ')}; give another --out`,
    )
  }
}

/** Chunks whose part is stored. */
export async function storedChunks(batch: Batch): Promise<Set<number>> {
  const names = await io(batch.directory, () => readdir(join(batch.directory, 'parts')))
  const count = chunkCount(batch.manifest.plan)
  return new Set(
    names
      .filter(name => /^\d{6,}$/.test(name))
      .map(Number)
      .filter(chunk => chunk < count),
  )
}

/**
 * Stores a part: all files in a temporary directory, synced, then renamed into place. A part that exists is complete.
 */
export async function writePart({ directory }: Batch, part: Part): Promise<void> {
  const parts = join(directory, 'parts')
  const final = join(parts, partName(part.chunk))
  const temporary = `${final}.tmp`
  await io(final, async () => {
    await rm(temporary, { recursive: true, force: true })
    try {
      await mkdir(temporary)
      const { chunk, first, end, rows, tallies, blocks, failed } = part
      const record: PartRecord = {
        chunk,
        first,
        end,
        blocks,
        failed,
        sha256: { rows: sha256(rows), tallies: sha256(tallies) },
      }
      await writeDurably(join(temporary, 'rows.parquet'), rows)
      await writeDurably(join(temporary, 'tallies.bin'), tallies)
      await writeDurably(join(temporary, 'part.json'), JSON.stringify(record))
      await syncDirectory(temporary)
      await rename(temporary, final)
      await syncDirectory(parts)
    } catch (error) {
      await rm(temporary, { recursive: true, force: true }).catch(() => undefined)
      throw error
    }
  })
}

/** A stored part whose files match their checksums; a UserError that names the damage otherwise. */
export async function readPart(
  batch: Batch,
  chunk: number,
): Promise<{ record: PartRecord; rows: Uint8Array; tallies: Uint8Array }> {
  const directory = join(batch.directory, 'parts', partName(chunk))
  const damaged = (what: string) =>
    new UserError(exitCode.badData, `${directory}: ${what}; remove this directory and run the same command again`)
  const read = (name: string) =>
    readFile(join(directory, name)).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? damaged(`${name} is missing`) : ioError(join(directory, name), error)
    })
  let record: PartRecord
  try {
    record = JSON.parse((await read('part.json')).toString('utf8')) as PartRecord
  } catch (error) {
    throw error instanceof UserError ? error : damaged('part.json is damaged')
  }
  const [first, end] = chunkRange(batch.manifest.plan, chunk)
  if (record.chunk !== chunk || record.first !== first || record.end !== end)
    throw damaged('belongs to another batch or chunk')
  const rows = await read('rows.parquet')
  const tallies = await read('tallies.bin')
  if (sha256(rows) !== record.sha256.rows) throw damaged('rows.parquet does not match its checksum')
  if (sha256(tallies) !== record.sha256.tallies) throw damaged('tallies.bin does not match its checksum')
  return { record, rows, tallies }
}

/** What all parts of a batch add up to. */
export interface Collected {
  /** Summed counts, [cells]. */
  readonly totals: Float64Array
  readonly failed: PartRecord['failed']
  readonly runs: number
  readonly digest: string
}

/** Adds up the stored parts in run order. Memory does not grow with the number of runs but for 32 bytes a block. */
export async function collect(batch: Batch): Promise<Collected> {
  const totals = new Float64Array(batch.tallies.cells)
  const blocks: string[] = []
  const failed: PartRecord['failed'][number][] = []
  let runs = 0
  for (const chunk of [...(await storedChunks(batch))].sort((a, b) => a - b)) {
    const { record, tallies } = await readPart(batch, chunk)
    addEncodedCounts(totals, tallies)
    blocks.push(...record.blocks)
    failed.push(...record.failed)
    runs += record.end - record.first
  }
  return { totals, failed, runs, digest: batchDigest(batch.layout, blocks, totals) }
}
