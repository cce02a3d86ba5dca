import { exitCode, UserError } from '../core/errors.ts'
import { chunkCount } from '../design/plan.ts'
import type { Batch } from './batch.ts'
import { partProblem } from './check-part.ts'
import { differences } from './manifest.ts'
import type { PartRecord } from './part.ts'
import { readPart, readRecord, storedChunks, writePart } from './parts.ts'

/** What a merge came to. */
export interface Merged {
  /** Parts this call added. */
  readonly added: number
  /** Chunks that no source has a sound part of, in run order. */
  readonly missing: readonly number[]
  /** What was damaged in the sources, one sentence a part. */
  readonly damaged: readonly string[]
}

/** Refuses directories that hold other batches than the first, or the same in parts of another size. */
export function checkSameBatch([first, ...others]: readonly Batch[]): void {
  for (const { directory, manifest } of others) {
    const refuse = (more: string) =>
      new UserError(
        exitCode.mismatch,
        `${directory}: expected the batch of ${first!.directory}, ${first!.manifest.batch}, got ${manifest.batch} (${more}); leave it out`,
      )
    if (manifest.batch !== first!.manifest.batch)
      throw refuse(differences(manifest, first!.manifest).join('; ').replaceAll('asked for', 'in the first'))
    if (manifest.plan.chunkRuns !== first!.manifest.plan.chunkRuns)
      throw refuse(`parts of ${manifest.plan.chunkRuns} runs there, ${first!.manifest.plan.chunkRuns} in the first`)
  }
}

/**
 * Copies the parts of some batch directories into one, each once and only when sound. A part that is there already must
 * have the same numbers. Only for whoever holds the lock of the target; the sources are read.
 *
 * @throws UserError (76) when two directories have different numbers for the same runs
 */
export async function mergeParts(target: Batch, sources: readonly Batch[], signal: AbortSignal): Promise<Merged> {
  const damaged: string[] = []
  let added = 0
  const stored = await storedChunks(target)
  for (const source of sources) {
    for (const chunk of await storedChunks(source)) {
      if (signal.aborted) break
      try {
        const { record, rows, tallies } = await readPart(source, chunk)
        if (stored.has(chunk)) {
          checkSameNumbers(await readRecord(target, chunk), record, source)
          continue
        }
        const problem = partProblem(target, record, rows, tallies)
        if (problem) {
          damaged.push(`${source.directory}: part ${chunk}: ${problem}`)
          continue
        }
        await writePart(target, { ...record, rows, tallies })
        stored.add(chunk)
        added++
      } catch (error) {
        if (!(error instanceof UserError) || error.code !== exitCode.badData) throw error
        damaged.push(error.message)
      }
    }
  }
  const missing = [...Array(chunkCount(target.manifest.plan)).keys()].filter(chunk => !stored.has(chunk))
  return { added, missing, damaged }
}

/** Parts of one batch are the same bytes wherever they are made; where they are not, no batch may hold either. */
function checkSameNumbers(there: PartRecord, found: PartRecord, source: Batch): void {
  if (there.blocks.join() === found.blocks.join() && there.sha256.tallies === found.sha256.tallies) return
  throw new UserError(
    exitCode.mismatch,
    `${source.directory}: expected the numbers merged before for runs ${found.first} to ${found.end - 1}, got others; ` +
      'one of the two machines computes otherwise, so make these runs again on a third and leave the odd one out',
  )
}
