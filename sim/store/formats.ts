import { exitCode, UserError } from '../core/errors.ts'
import { isConsistent } from './batch-hash.ts'
import type { Manifest } from './manifest.ts'
import { firstWrong, manifestShape } from './record-schema.ts'
import { unsealed } from './seal.ts'

/**
 * How the manifest of each format of batch directories becomes today's. A format names what manifest, columns, rows and tallies
 * look like: a change of any of them is a new entry, which turns the one before into itself.
 */
const readers: Readonly<Record<number, (written: object) => Manifest>> = {
  1: written => written as Manifest,
}

/** The format that is written. */
export const newestFormat = 1

/** A manifest file as text: the manifest, or what is wrong with it. */
export type ReadManifest = { readonly manifest: Manifest } | { readonly damage: string }

/**
 * The manifest in a text, also of an older format.
 *
 * @throws UserError (76) for a newer format, (65) for a file that belongs to something else
 */
export function readManifest(path: string, text: string): ReadManifest {
  const written = objectIn(text)
  if (written === undefined) return { damage: `${path}: is not JSON` }
  const { format, engine } = written
  if (!('seal' in written) && !('batch' in written)) {
    throw new UserError(
      exitCode.badData,
      `${path}: expected the manifest of a batch, got a file of something else; name the directory that \`multivector run\` wrote`,
    )
  }
  if (typeof format === 'number' && Number.isInteger(format) && format > newestFormat) {
    throw new UserError(
      exitCode.mismatch,
      `${path}: expected batch format ${newestFormat} or older, got ${format}; use multivector ${typeof engine === 'string' ? engine.slice(0, 20) : ''} or newer, which reads it`,
    )
  }
  try {
    const manifest = unsealed(text) as object
    if (typeof format !== 'number' || !Object.hasOwn(readers, format))
      return { damage: `${path}: expected a batch format from 1 to ${newestFormat}, got ${JSON.stringify(format)}` }
    const current = readers[format]!(manifest)
    const { error } = manifestShape.safeParse(current)
    if (error) return { damage: `${path}: ${firstWrong(error)}` }
    if (!isConsistent(current)) return { damage: `${path}: does not have the hashes of what is in it` }
    return { manifest: current }
  } catch (error) {
    return { damage: `${path}: ${(error as Error).message}` }
  }
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {}
  } catch {
    return undefined
  }
}
