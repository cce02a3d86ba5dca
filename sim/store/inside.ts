import { lstat, readdir, realpath } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { exitCode, UserError } from '../core/errors.ts'
import { io, makeDirectory } from './durable.ts'
import { partsName, reportName } from './own-names.ts'

/**
 * Refuses a batch directory in which a link leads out: what is written or removed behind it would be elsewhere. The
 * directory itself may be a link, and links in it may lead to other places in it.
 *
 * @throws UserError (65) that names the link, and not where it leads
 */
export async function refuseLinksOut(directory: string): Promise<void> {
  for (const folder of [partsName, reportName]) {
    await refuseLinkOut(directory, folder)
    for (const name of await namesIn(join(directory, folder))) await refuseLinkOut(directory, join(folder, name))
  }
}

/** Refuses one place in a batch directory where it is a link that leads out, or nowhere. */
export async function refuseLinkOut(directory: string, name: string): Promise<void> {
  const place = resolve(directory)
  if (await staysInside(place, join(place, name))) return
  throw new UserError(
    exitCode.badData,
    `${join(directory, name)}: expected a link to stay in the batch directory, got one that leads elsewhere; put what it leads to in its place, or remove it`,
  )
}

/** Whether a path is no link, or one that leads to something in a directory. */
async function staysInside(directory: string, path: string): Promise<boolean> {
  const found = await lstat(path).catch(notThere)
  if (!found?.isSymbolicLink()) return true
  const [root, target] = [await realpath(directory), await realpath(path).catch(notThere)]
  return target?.startsWith(root.endsWith(sep) ? root : root + sep) ?? false
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(notThere)) ?? []
}

/** Nothing for what is not there, leads in a circle or has no place for it. Whoever needs it says so. */
function notThere(error: NodeJS.ErrnoException): undefined {
  if (!['ENOENT', 'ENOTDIR', 'ELOOP'].includes(error.code ?? '')) throw error
}

/** The folder of the report of a batch, which is made where there is none. @throws UserError for links that lead out */
export function reportFolder(directory: string): Promise<string> {
  const folder = join(resolve(directory), reportName)
  return io(folder, async () => {
    await refuseLinksOut(directory)
    await makeDirectory(folder)
    return folder
  })
}
