import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { exitCode, UserError } from '../core/errors.ts'
import { io, makeDirectory } from './durable.ts'
import { sealedNote } from './failed-chunks.ts'
import { refuseLinksOut } from './inside.ts'
import { findManifest } from './manifest.ts'
import {
  chunkOf,
  isUnfinishedFile,
  manifestName,
  noteOf,
  partsName,
  reportName,
  unfinishedNote,
  unfinishedPart,
} from './own-names.ts'
import { sealedRecord } from './parts.ts'
import { foreignInPart } from './remove.ts'
import { isLockName } from './shard.ts'

/**
 * Makes the directory of a batch. One with anything in it that is not provably ours is refused and never written into: the
 * proof is a manifest, and without one that every entry is what we make before there is one, or a sealed part.
 *
 * @throws UserError (73) that names what was found, (65) where a link leads out
 */
export function prepareDirectory(directory: string): Promise<void> {
  return io(directory, async () => {
    await refuseLinksOut(directory)
    const entries = await entriesOf(directory)
    // A manifest of something else is refused before anything is written.
    const found = await findManifest(directory)
    const foreign = 'manifest' in found ? [] : await foreignIn(directory, entries)
    if (foreign.length > 0) {
      throw new UserError(
        exitCode.cannotCreate,
        `${directory}: expected an empty or new directory, found ${foreign.slice(0, 3).join(', ')}; give another --out`,
      )
    }
    await makeDirectory(join(directory, partsName))
  })
}

/** What is in a directory, without a sound manifest, that cannot be shown to be ours. */
async function foreignIn(directory: string, entries: readonly Dirent[]): Promise<string[]> {
  const parts = join(directory, partsName)
  const foreign: string[] = []
  let sealed = 0
  for (const entry of entries.some(({ name }) => name === partsName) ? await entriesOf(parts) : []) {
    const own = await isOwn(parts, entry)
    if (own === 'sealed') sealed++
    else if (!own) foreign.push(join(partsName, entry.name))
  }
  // A manifest that cannot be read is ours where the parts are.
  const damaged = sealed > 0 && entries.some(({ name }) => name === manifestName)
  const known = damaged ? [partsName, manifestName, reportName] : [partsName]
  const beside = entries.filter(entry => !known.includes(entry.name) && !isPassing(entry))
  return [...beside.map(({ name }) => name), ...foreign]
}

/** Whether an entry beside `parts` is there for a while only, and ours. */
function isPassing(entry: Dirent): boolean {
  return !entry.isDirectory() && (isLockName(entry.name) || isUnfinishedFile(entry.name))
}

/** Whether an entry of `parts` is ours by what is in it: a sealed part, or something we leave beside parts. */
async function isOwn(parts: string, entry: Dirent): Promise<'sealed' | boolean> {
  const path = join(parts, entry.name)
  if (chunkOf(entry.name) !== undefined) {
    const whole = (await sealedRecord(path)) !== undefined && (await foreignInPart(path)) === undefined
    return whole && 'sealed'
  }
  if (noteOf(entry.name) !== undefined) return (await sealedNote(path)) !== undefined
  if (unfinishedNote(entry.name) !== undefined) return entry.isFile()
  return unfinishedPart(entry.name) !== undefined && (await foreignInPart(path)) === undefined
}

/** What is in a directory; nothing where there is none. */
function entriesOf(directory: string): Promise<Dirent[]> {
  return readdir(directory || '.', { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
}
