import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Summary } from '../analysis/summary.ts'
import type { ScenarioDocument } from '../scenario/schema.ts'
import { io, writeDurably } from '../store/durable.ts'

/** Writes the report of a batch into its directory. @returns the path of the file */
export async function writeReport(directory: string, summary: Summary, document: ScenarioDocument): Promise<string> {
  // Loaded here, so that commands without a report do not wait for it.
  const { renderReport } = await import('../../reports/report.ts')
  const { loadPageAssets } = await import('../../reports/page-assets.ts')
  const folder = join(directory, 'report')
  const path = join(folder, 'index.html')
  const page = renderReport(summary, document, await loadPageAssets())
  await io(folder, async () => {
    await mkdir(folder, { recursive: true })
    await writeDurably(path, page)
  })
  return path
}
