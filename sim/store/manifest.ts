import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exitCode, UserError } from '../core/errors.ts'
import type { Plan } from '../design/plan.ts'
import { compileScenario } from '../scenario/compile.ts'
import type { ScenarioDocument } from '../scenario/schema.ts'
import { type Column, rowLayout } from './columns.ts'
import { ioError } from './durable.ts'
import { sha256 } from './part.ts'

export const manifestName = 'manifest.json'

/** What `manifest.json` says: everything that decides the numbers, and the dictionary of the columns. */
export interface Manifest {
  readonly format: 1
  /** Hash over scenario, plan and versions; two batches with the same one have the same digest. */
  readonly batch: string
  readonly engine: string
  readonly model: string
  readonly scenario: { readonly id: string; readonly sha256: string; readonly document: ScenarioDocument }
  readonly plan: Plan
  readonly columns: readonly Column[]
}

/** What makes a batch: the manifest before it is written. */
export interface Identity {
  readonly id: string
  readonly document: ScenarioDocument
  readonly plan: Plan
  readonly engine: string
  readonly model: string
}

export function manifestOf({ id, document, plan, engine, model }: Identity): Manifest {
  const scenario = { id, sha256: sha256(JSON.stringify(document)), document }
  const batch = sha256(
    JSON.stringify({ scenario: scenario.sha256, design: plan.design, runs: plan.runs, seed: plan.seed, engine, model }),
  )
  return { format: 1, batch, engine, model, scenario, plan, columns: rowLayout(compileScenario(document)).columns }
}

/** The manifest of a directory, undefined where there is none. */
export async function readManifest(directory: string): Promise<Manifest | undefined> {
  const path = join(directory, manifestName)
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw ioError(path, error)
  })
  if (text === undefined) return undefined
  try {
    const manifest = JSON.parse(text) as Manifest
    if (manifest.format !== 1)
      throw new UserError(
        exitCode.mismatch,
        `${path}: expected batch format 1, got ${String(manifest.format)}; use the version of multivector that made it`,
      )
    return manifest
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(
      exitCode.badData,
      `${path}: is not a batch manifest (${(error as Error).message}); the directory is damaged`,
    )
  }
}
