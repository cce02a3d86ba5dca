import { join } from 'node:path'
import { UserError } from '../core/errors.ts'
import type { Plan } from '../design/plan.ts'
import { compileScenario } from '../scenario/compile.ts'
import type { ScenarioDocument } from '../scenario/schema.ts'
import { batchHash, scenarioHash } from './batch-hash.ts'
import { type Column, rowLayout } from './columns.ts'
import { io, ioError } from './durable.ts'
import { newestFormat, type ReadManifest, readManifest } from './formats.ts'
import { refuseLinkOut } from './inside.ts'
import { manifestName } from './own-names.ts'
import { readPlainFile } from './plain-file.ts'

/** Two million cells of points, a scenario of the largest size, and some. */
const mostBytes = 100e6

/** What `manifest.json` says: everything that decides the numbers, and the dictionary of the columns. */
export interface Manifest {
  readonly format: typeof newestFormat
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
  const scenario = { id, sha256: scenarioHash(document), document }
  const batch = batchHash(scenario.sha256, { plan, engine, model })
  return {
    format: newestFormat,
    batch,
    engine,
    model,
    scenario,
    plan,
    columns: rowLayout(compileScenario(document)).columns,
  }
}

/** What a directory has for a manifest: one, none, or a file that is damaged and why. */
export type FoundManifest = ReadManifest | { readonly missing: true }

/** Reads the manifest of a directory. @throws UserError when it cannot be read, is of a newer format or no manifest */
export async function findManifest(directory: string): Promise<FoundManifest> {
  const path = join(directory, manifestName)
  await io(path, () => refuseLinkOut(directory, manifestName))
  const bytes = await readPlainFile(path, mostBytes).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw error instanceof UserError ? error : ioError(path, error)
  })
  if (bytes === undefined) return { missing: true }
  return readManifest(path, bytes.toString('utf8'))
}

/** What `wanted` has otherwise than `found`, one phrase each. */
export function differences(found: Manifest, wanted: Manifest): string[] {
  const pairs: [name: string, found: string, wanted: string][] = [
    ['scenario', found.scenario.sha256.slice(0, 16), wanted.scenario.sha256.slice(0, 16)],
    ['runs', String(found.plan.runs), String(wanted.plan.runs)],
    ['seed', found.plan.seed, wanted.plan.seed],
    ['design', found.plan.design, wanted.plan.design],
    ['engine', found.engine, wanted.engine],
    ['model', found.model, wanted.model],
  ]
  return pairs.filter(([, a, b]) => a !== b).map(([name, a, b]) => `${name} ${a} there, ${b} asked for`)
}
