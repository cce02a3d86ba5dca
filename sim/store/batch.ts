import { join } from 'node:path'
import { exitCode, UserError } from '../core/errors.ts'
import { compileScenario, type Scenario } from '../scenario/compile.ts'
import { ScenarioError } from '../scenario/problem.ts'
import type { ScenarioDocument } from '../scenario/schema.ts'
import { checkWritten } from '../scenario/written-document.ts'
import { type Layout, rowLayout } from './columns.ts'
import { io, writeDurably } from './durable.ts'
import { differences, findManifest, type Identity, type Manifest, manifestOf } from './manifest.ts'
import { manifestName } from './own-names.ts'
import { foreignPart } from './parts.ts'
import { sealed } from './seal.ts'
import { type TallyLayout, tallyLayout } from './tallies.ts'

export { readPart, storedChunks } from './parts.ts'

/** A batch directory opened for reading, and for adding parts. */
export interface Batch {
  readonly directory: string
  readonly manifest: Manifest
  readonly scenario: Scenario
  readonly layout: Layout
  readonly tallies: TallyLayout
}

/** What decides the runs of a batch. */
export type Recipe = Pick<Batch, 'manifest' | 'scenario'>

/**
 * Opens a batch in a prepared directory, or begins it. A manifest that is damaged or missing is written again when the
 * parts belong to the batch asked for.
 *
 * @throws UserError (76) with both hashes when the directory holds another batch
 */
export async function openOrCreateBatch(directory: string, identity: Identity, ticks: number): Promise<Batch> {
  const wanted = manifestOf(identity)
  const found = await findManifest(directory)
  const refuse = (held: string, more: readonly string[]) =>
    new UserError(
      exitCode.mismatch,
      `${directory}: holds batch ${held}, and batch ${wanted.batch} is asked for (${more.join('; ')}); ` +
        'give another --out, or remove the directory to run anew',
    )
  if ('manifest' in found) {
    const { manifest } = found
    if (manifest.batch !== wanted.batch) throw refuse(manifest.batch, differences(manifest, wanted))
    const current = withExpectations(manifest, wanted.scenario.document)
    if (current !== manifest) await writeManifest(directory, current)
    // What was asked for counts, in the parts that the directory has.
    const plan = { ...wanted.plan, chunkRuns: manifest.plan.chunkRuns }
    return batchOf(directory, { ...wanted, plan }, () => ticks)
  }
  const batch = batchOf(directory, wanted, () => ticks)
  const foreign = await foreignPart(batch)
  if (foreign) throw refuse(foreign, ['its manifest is damaged or missing'])
  await writeManifest(directory, wanted)
  return batch
}

function writeManifest(directory: string, manifest: Manifest): Promise<void> {
  const path = join(directory, manifestName)
  return io(path, () => writeDurably(path, sealed(manifest, 1)))
}

/** A manifest with the expectations of a document that is the same scenario; itself where they are those it has. */
function withExpectations(manifest: Manifest, { expect }: ScenarioDocument): Manifest {
  const { expect: held, ...document } = manifest.scenario.document
  if (JSON.stringify(held) === JSON.stringify(expect)) return manifest
  return { ...manifest, scenario: { ...manifest.scenario, document: { ...document, ...(expect && { expect }) } } }
}

/** Opens an existing batch directory for reading. */
export async function openBatch(directory: string, horizonOf: (document: ScenarioDocument) => number): Promise<Batch> {
  const found = await findManifest(directory)
  if ('missing' in found)
    throw new UserError(exitCode.noInput, `${directory}: expected a batch directory with ${manifestName}, found none`)
  if ('damage' in found)
    throw new UserError(exitCode.badData, `${found.damage}; the command that made the batch writes it again`)
  return batchOf(directory, checkedManifest(directory, found.manifest), horizonOf)
}

const other = (directory: string, { engine }: Manifest, what: string) =>
  new UserError(
    exitCode.mismatch,
    `${directory}: ${what}; use multivector ${engine}, which made it, or run its scenario again`,
  )

/** A manifest whose scenario is checked as those of files are: a batch may come from a stranger, too. */
function checkedManifest(directory: string, manifest: Manifest): Manifest {
  const { scenario } = manifest
  try {
    const document = checkWritten(scenario.document, join(directory, manifestName))
    return { ...manifest, scenario: { ...scenario, document } }
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error
    throw other(directory, manifest, `its scenario cannot be read by this version (${error.problems[0]!.message})`)
  }
}

/** @throws UserError (76) when the scenario or the columns are not as this version has them */
function batchOf(directory: string, manifest: Manifest, ticksOf: (document: ScenarioDocument) => number): Batch {
  const scenario = compileScenario(manifest.scenario.document)
  const ticks = ticksOf(manifest.scenario.document)
  const layout = rowLayout(scenario)
  const [own, held] = [layout.columns, manifest.columns].map(columns => columns.map(({ name }) => name).join())
  if (own !== held) throw other(directory, manifest, 'its columns are not those of this version')
  return { directory, manifest, scenario, layout, tallies: tallyLayout(scenario, ticks) }
}
