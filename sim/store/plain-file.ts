import { constants } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { exitCode, UserError } from '../core/errors.ts'
import { ioError } from './durable.ts'

/**
 * All bytes of a file. Opened without waiting, since opening a pipe would wait for a writer for ever; read only up to a
 * size, since a device has no end.
 *
 * @param most - bytes it may have
 * @throws UserError (65) for a folder, device or pipe and for a file that is larger; errors of the file system as they are
 */
export async function readPlainFile(path: string, most: number): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const found = await file.stat()
    if (!found.isFile()) {
      const kind = found.isDirectory() ? 'a folder' : 'a device or pipe'
      throw new UserError(exitCode.badData, `${path}: expected a file, got ${kind}`)
    }
    if (found.size > most)
      throw new UserError(exitCode.badData, `${path}: expected at most ${most} bytes, got ${found.size}`)
    const bytes = Buffer.alloc(found.size)
    let length = 0
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, length)
      if (bytesRead === 0) break
      length += bytesRead
    }
    return bytes.subarray(0, length)
  } finally {
    // What was read is read, however the closing goes.
    await file.close().catch(() => undefined)
  }
}

/** Whether a path is a folder; what is not there is none. @throws UserError where that cannot be seen */
export async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw ioError(path, error as NodeJS.ErrnoException)
  }
}
