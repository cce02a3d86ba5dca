import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Convergence } from '../../reports/sections/convergence.ts'
import { chanceOf } from '../analysis/chance.ts'
import { spreadRuns } from '../analysis/counterfactual.ts'
import { driversOf } from '../analysis/drivers.ts'
import type { Summary } from '../analysis/summary.ts'
import { thresholdSensitivityOf } from '../analysis/threshold-sensitivity.ts'
import { builtFile } from '../built/built-file.ts'
import { onThread } from '../execute/on-thread.ts'
import type { Batch } from '../store/batch.ts'
import { io, makeDirectory, writeDurably } from '../store/durable.ts'
import { reportFolder } from '../store/inside.ts'
import { modelVersion } from '../version.ts'
import { type ReportFormat, writeFormat } from './report-formats.ts'
import type { Retraced, RetraceTask } from './retrace-thread.ts'

/** Runs of the batch that are traced again to say what moved whom. */
const tracedRuns = 400

/** Writes the report of a batch into its directory. @returns the path of each format, in the order asked for */
export async function writeReport(
  batch: Batch,
  summary: Summary,
  asked: readonly ReportFormat[] = ['html'],
  { dark = false, convergence }: { dark?: boolean; convergence?: Convergence | undefined } = {},
): Promise<string[]> {
  const folder = await reportFolder(batch.directory)
  const retraced = onThread<Retraced>(builtFile('command/retrace-thread.js'), retraceTask(batch, summary))
  // Awaited below, and no unhandled rejection when something else fails before.
  retraced.catch(() => undefined)
  const { batchReport } = await import('../../reports/report.ts')
  const { loadPageAssets } = await import('../../reports/page-assets.ts')
  const assets = await loadPageAssets()
  const { document } = batch.manifest.scenario
  const drives = { drivers: await driversOf(batch), chance: await chanceOf(batch) }
  const sensitivity = await thresholdSensitivityOf(batch, summary)
  const pages = await pagesIn(folder)
  const { causes, reach } = await retraced
  const report = batchReport(summary, document, assets.map, causes, { sensitivity, reach, drives, convergence, pages })
  // Only writing is guarded: an error while rendering is a fault of ours, and told as one.
  const write = (name: string, content: string | Uint8Array) => {
    const path = join(folder, name)
    return io(path, async () => {
      await makeDirectory(dirname(path))
      await writeDurably(path, content)
    })
  }
  const paths: string[] = []
  for (const format of asked) {
    paths.push(join(folder, await writeFormat(format, { batch, summary, report, assets, folder, asked, dark, write })))
  }
  const { batchExplorer } = await import('../../reports/explorer-file.ts')
  await write('explore.html', await batchExplorer(summary, document))
  return paths
}

/** Pages that `analyse` and `explain` left in the folder of a report, by names that can be linked to. */
async function pagesIn(folder: string): Promise<string[]> {
  const own = ['index.html', 'explore.html']
  const names = await readdir(folder).catch((): string[] => [])
  return names.filter(name => /^\w[\w.-]*\.html$/.test(name) && !own.includes(name)).sort()
}

/** A sample of runs that is to tell causes; none while runs are missing, and for runs of another model. */
function retraceTask({ manifest }: Batch, { complete, failed, runs, model }: Summary): RetraceTask {
  if (!complete || model !== modelVersion) return { manifest, runs: [] }
  const broken = new Set(failed.map(({ run }) => run))
  return { manifest, runs: spreadRuns(tracedRuns, runs).filter(run => !broken.has(run)) }
}
