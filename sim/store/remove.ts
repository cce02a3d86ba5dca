import type { Dirent } from 'node:fs'
import { lstat, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { exitCode, UserError } from '../core/errors.ts'
import type { Batch } from './batch.ts'
import { io, temporaryName } from './durable.ts'
import { isUnfinishedFile, partFiles, partsName, unfinishedNote, unfinishedPart } from './own-names.ts'
import { DamagedPart, partPath, readPart, storedChunks } from './parts.ts'
import { inShard, type Shard } from './shard.ts'

/**
 * Removes what killed processes left unfinished, by the names we give it; what is no file or part of ours in spite of its
 * name stays. Only for whoever holds the lock; a shard removes what was to be its parts, since other shards write
 * meanwhile.
 */
export async function removeUnfinished({ directory }: Batch, shard?: Shard): Promise<void> {
  const parts = join(directory, partsName)
  await io(parts, async () => {
    for (const entry of shard ? [] : await readdir(directory, { withFileTypes: true }))
      if (isUnfinishedFile(entry.name)) await removeFile(join(directory, entry.name), entry)
    for (const entry of await readdir(parts, { withFileTypes: true })) {
      const path = join(parts, entry.name)
      const [part, note] = [unfinishedPart(entry.name), unfinishedNote(entry.name)]
      if (note !== undefined && inShard(shard, note)) await removeFile(path, entry)
      if (part === undefined || !inShard(shard, part)) continue
      if ((await foreignInPart(path)) === undefined) await removePart(path)
    }
  })
}

async function removeFile(path: string, entry: Dirent): Promise<void> {
  if (!entry.isDirectory()) await rm(path, { force: true })
}

/**
 * Checks every stored part, or those of a shard, and removes what is damaged, so that it is made again. Only for whoever
 * holds the lock.
 *
 * @returns what was damaged, one sentence a part
 * @throws UserError (73) where a damaged part has something in it that is not ours
 */
export async function removeDamaged(batch: Batch, signal: AbortSignal, shard?: Shard): Promise<string[]> {
  const found: string[] = []
  for (const chunk of await storedChunks(batch)) {
    if (signal.aborted) return found
    if (!inShard(shard, chunk)) continue
    try {
      await readPart(batch, chunk)
    } catch (error) {
      if (!(error instanceof DamagedPart)) throw error
      found.push(error.damage)
      await removeWhole(partPath(batch, chunk))
    }
  }
  return found
}

function removeWhole(path: string): Promise<void> {
  const aside = temporaryName(path)
  return io(aside, async () => {
    const foreign = await foreignInPart(path)
    if (foreign !== undefined)
      throw new UserError(
        exitCode.cannotCreate,
        `${foreign}: expected the files of a part here, which is damaged and has to be made again; move this elsewhere first`,
      )
    await rename(path, aside)
    await removePart(aside)
  })
}

/**
 * The path of something in a part, or in its place, that we do not make: a file beside those of a part, a folder with
 * something in it, a file that is not empty where the folder should be. Undefined where there is nothing of the kind.
 */
export async function foreignInPart(path: string): Promise<string | undefined> {
  const own: readonly string[] = Object.values(partFiles)
  try {
    const found = await lstat(path)
    if (!found.isDirectory()) return found.isFile() && found.size > 0 ? path : undefined
    for (const entry of await readdir(path, { withFileTypes: true })) {
      const inside = join(path, entry.name)
      if (!own.includes(entry.name)) return inside
      const [first] = entry.isDirectory() ? await readdir(inside) : []
      if (first !== undefined) return join(inside, first)
    }
  } catch (error) {
    // Finished, or removed, by another process meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  return undefined
}

/** Removes the folder of a part and the files a part has, each by its name; a link, never what it leads to. */
async function removePart(path: string): Promise<void> {
  try {
    if (!(await lstat(path)).isDirectory()) return await rm(path)
    for (const entry of await readdir(path, { withFileTypes: true }))
      await (entry.isDirectory() ? rmdir : rm)(join(path, entry.name))
    await rmdir(path)
  } catch (error) {
    // Removed by another process meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
