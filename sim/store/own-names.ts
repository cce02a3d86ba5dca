import { finalName } from './durable.ts'
import { isLockName, isTakeoverName } from './shard.ts'

/** What we make in a batch directory. Whatever has another name is not ours: it is never removed or written over. */
export const manifestName = 'manifest.json'
export const partsName = 'parts'
export const reportName = 'report'
/** The files of a part, which is a folder. */
export const partFiles = { record: 'part.json', rows: 'rows.parquet', tallies: 'tallies.bin' } as const

const noteEnding = '.failed.json'

/** Name of a part. @example chunkName(12) // => '000012' */
export function chunkName(chunk: number): string {
  return String(chunk).padStart(6, '0')
}

/** Name of the note about a chunk that failed. @example noteName(12) // => '000012.failed.json' */
export function noteName(chunk: number): string {
  return `${chunkName(chunk)}${noteEnding}`
}

/**
 * The chunk whose part has this name.
 *
 * @example chunkOf('000012') // => 12
 * @example chunkOf('12') // => undefined
 */
export function chunkOf(name: string): number | undefined {
  return /^\d{6,15}$/.test(name) && chunkName(Number(name)) === name ? Number(name) : undefined
}

/** The chunk that a note of this name is about. @example noteOf('000012.failed.json') // => 12 */
export function noteOf(name: string): number | undefined {
  return name.endsWith(noteEnding) ? chunkOf(name.slice(0, -noteEnding.length)) : undefined
}

/** Whether a file beside `parts` is what a killed process left: a manifest or a lock that was not finished. */
export function isUnfinishedFile(name: string): boolean {
  const final = finalName(name) ?? ''
  return final === manifestName || isLockName(final) || isTakeoverName(name)
}

/** The chunk of a part that was not finished. @example unfinishedPart('000012.4711-00c0ffee.tmp') // => 12 */
export function unfinishedPart(name: string): number | undefined {
  return chunkOf(finalName(name) ?? '')
}

/** The chunk of a note that was not finished. @example unfinishedNote('000012.failed.json.47-00c0ffee.tmp') // => 12 */
export function unfinishedNote(name: string): number | undefined {
  return noteOf(finalName(name) ?? '')
}
