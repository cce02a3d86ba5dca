import { constants } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { exitCode, UserError } from '../core/errors.ts'

/** Writes a file under a temporary name, syncs it and renames it into place: readers see all of it or nothing. */
export async function writeDurably(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${path}.tmp`
  const file = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC, 0o666)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, path)
}

/** Makes renames inside a directory last. */
export async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Runs file work and turns its errors into ones that name the path and carry the right exit code. */
export async function io<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof UserError ? error : ioError(path, error as NodeJS.ErrnoException)
  }
}

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
    case 'ENOENT':
      return new UserError(exitCode.noInput, `${at}: not found`)
    default:
      return new UserError(
        exitCode.io,
        `${at}: ${error.message}; parts already stored are kept, run the same command again to go on`,
      )
  }
}
