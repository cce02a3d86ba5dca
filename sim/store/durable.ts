import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { exitCode, UserError } from '../core/errors.ts'

/** A name beside `path` that no other process uses, for what is not finished. */
export function temporaryName(path: string): string {
  return `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`
}

/**
 * What something with a temporary name was to be called; undefined for a name that is not one of ours.
 *
 * @example finalName('manifest.json.4711-00c0ffee.tmp') // => 'manifest.json'
 * @example finalName('notes.tmp') // => undefined
 */
export function finalName(name: string): string | undefined {
  return /^(.+)\.\d+-[0-9a-f]{8}\.tmp$/s.exec(name)?.[1]
}

/** What is written to a file: a text, bytes, or pieces of text one after the other. */
type Content = Uint8Array | string | Iterable<string>

/** Writes a file that does not exist yet, and waits until the disk has it. */
export async function writeSynced(path: string, content: Content): Promise<void> {
  const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o666)
  try {
    let from = 0
    for (const piece of typeof content === 'string' || content instanceof Uint8Array ? [content] : content) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece
      for (let at = 0; at < bytes.length; ) {
        const { bytesWritten } = await file.write(bytes, at, bytes.length - at, from + at)
        at += bytesWritten
      }
      from += bytes.length
    }
    await file.sync()
  } finally {
    await file.close()
  }
}

/** @throws UserError (73) when the name belongs to a device, a pipe or a folder, which a rename would replace */
async function refuseOther(path: string): Promise<void> {
  const there = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (there && !there.isFile()) {
    const kind = there.isDirectory() ? 'a folder' : 'a device or pipe'
    throw new UserError(exitCode.cannotCreate, `${path}: expected the name of a file, got ${kind}`)
  }
}

/**
 * Writes a file under a temporary name, syncs it, renames it into place and syncs the directory: readers see all of it
 * or nothing, also after a power cut. The temporary file is gone when this fails.
 *
 * @throws UserError (73) when the name belongs to a device, a pipe or a folder, which a rename would replace
 */
export async function writeDurably(path: string, content: Content): Promise<void> {
  await refuseOther(path)
  const temporary = temporaryName(path)
  try {
    await writeSynced(temporary, content)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new UserError(exitCode.cannotCreate, `${path}: its folder ${dirname(path)} does not exist; make it first`)
    throw error
  }
  await syncDirectory(dirname(path))
}

/** Adds a piece to a file that is being written. */
export type Append = (piece: Uint8Array | string) => Promise<void>

/** As `writeDurably`, for a file that is too large to be held: `work` gives it piece by piece. */
export async function writeInPieces<T>(path: string, work: (append: Append) => Promise<T>): Promise<T> {
  await refuseOther(path)
  const temporary = temporaryName(path)
  try {
    const file = await open(temporary, 'wx', 0o666)
    let result: T
    try {
      result = await work(async piece => {
        await file.appendFile(piece)
      })
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
    await syncDirectory(dirname(path))
    return result
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
}

/**
 * Makes a directory and those above it, so that a power cut does not lose them. One by one: the recursive call of Node
 * says that a directory is missing where the disk is read-only.
 *
 * @throws UserError (73) where the system lets nobody make a directory
 */
export async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return
    if (code !== 'ENOENT' || dirname(path) === path) throw error
    await makeDirectory(dirname(path))
    // Once only: in some places, such as /proc, nothing can be made however often it is tried. Another shard may have
    // made it meanwhile.
    await mkdir(path).catch(async (again: NodeJS.ErrnoException) => {
      if (again.code === 'ENOENT')
        throw new UserError(exitCode.cannotCreate, `${path}: cannot be created, ${dirname(path)} takes no folders`)
      if (again.code !== 'EEXIST' || !(await stat(path)).isDirectory()) throw again
    })
  }
  await syncDirectory(dirname(path)).catch((error: NodeJS.ErrnoException) => {
    // A directory one may write into but not list cannot be opened.
    if (error.code !== 'EACCES') throw error
  })
}

/** Makes renames inside a directory last. Some file systems do not sync directories; they keep order by themselves. */
export async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP', 'EPERM', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  } finally {
    await handle.close()
  }
}

/** Runs work that writes and turns its errors into ones that name the path and carry the right exit code. */
export async function io<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof UserError ? error : ioError(path, error as NodeJS.ErrnoException)
  }
}

const goOn = 'parts already stored are kept, run the same command again to go on'

/** An error of the file system as the user's: which file, what happened, what to do. */
export function ioError(path: string, error: NodeJS.ErrnoException): UserError {
  const at = error.path ?? path
  switch (error.code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new UserError(
        exitCode.noPermission,
        `${at}: no permission (${error.code}); check the directory's rights or give another --out`,
      )
    case 'ENOTDIR':
    case 'EEXIST':
    case 'EISDIR':
      return new UserError(
        exitCode.cannotCreate,
        `${at}: cannot be created (${error.code}); something else has this name`,
      )
    case 'ENAMETOOLONG':
      return new UserError(exitCode.cannotCreate, `${at}: cannot be created; the name is too long`)
    case 'ENOENT':
      return new UserError(exitCode.io, `${at}: not found, was it removed meanwhile? ${goOn}`)
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new UserError(exitCode.io, `${at}: no space left (${error.code}); ${goOn} when there is space`)
    default:
      return new UserError(exitCode.io, `${at}: ${error.message}; ${goOn}`)
  }
}
