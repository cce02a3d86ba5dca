import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type AttributionSummary, summariseAttribution } from '../analysis/attribution-summary.ts'
import { spreadRuns } from '../analysis/counterfactual.ts'
import type { Summary } from '../analysis/summary.ts'
import type { Batch } from '../store/batch.ts'
import { io, writeDurably } from '../store/durable.ts'

/** Runs of the batch that are traced again to say what moved whom. */
const tracedRuns = 100

/** Writes the report of a batch into its directory. @returns the path of the file */
export async function writeReport(batch: Batch, summary: Summary): Promise<string> {
  // Loaded here, so that commands without a report do not wait for it.
  const { batchReport } = await import('../../reports/report.ts')
  const { renderHtml } = await import('../../reports/render/html.ts')
  const { loadPageAssets } = await import('../../reports/page-assets.ts')
  const folder = join(resolve(batch.directory), 'report')
  const path = join(folder, 'index.html')
  const assets = await loadPageAssets()
  const { document } = batch.manifest.scenario
  const page = renderHtml(batchReport(summary, document, assets.map, causesOf(batch, summary)), assets)
  await io(folder, async () => {
    await mkdir(folder, { recursive: true })
    await writeDurably(path, page)
  })
  return path
}

/** What accounts for the changes in a sample of runs; undefined while runs are missing. */
function causesOf(batch: Batch, { complete, failed, runs }: Summary): AttributionSummary | undefined {
  const broken = new Set(failed.map(({ run }) => run))
  const sample = complete ? spreadRuns(tracedRuns, runs).filter(run => !broken.has(run)) : []
  return sample.length > 0 ? summariseAttribution(batch, sample) : undefined
}
