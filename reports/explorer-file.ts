import { readFile } from 'node:fs/promises'
import type { Summary } from '../sim/analysis/summary.ts'
import type { ScenarioDocument } from '../sim/scenario/schema.ts'
import { readPageData, withPageData } from './explorer/explorer-page.ts'
import type { StoredBatch } from './explorer/page-data.ts'

/** The built page lies in the folder of built files, also when this runs from source. */
const built = new URL(
  import.meta.url.endsWith('.ts') ? '../dist/reports/explorer/explorer.html' : './explorer/explorer.html',
  import.meta.url,
)

/** A scenario to open the page with: the texts of its files by path, and which of them it is. */
export interface StartScenario {
  readonly path: string
  readonly files: Readonly<Record<string, string>>
  readonly batch?: StoredBatch
}

/** The explorer as one HTML file, opening with a scenario of its own or with the main one. */
export async function explorerFile(start?: StartScenario): Promise<string> {
  const page = await readFile(built, 'utf8')
  if (start === undefined) return page
  const data = readPageData(page)
  return withPageData(page, {
    ...data,
    scenarios: { ...data.scenarios, ...start.files },
    start: start.path,
    ...(start.batch ? { batch: start.batch } : {}),
  })
}

/**
 * The explorer for a batch: it opens with the scenario as the batch ran it, under the same seed, and shows the stored
 * shares beside what the page computes.
 */
export function batchExplorer(summary: Summary, document: ScenarioDocument): Promise<string> {
  const { id, digest, runs, plan, outcomes } = summary
  const path = `scenarios/${id}.yaml`
  // JSON is YAML, so the resolved scenario is a scenario file that extends nothing.
  const text = JSON.stringify({ ...document, batch: { ...document.batch, seed: plan.seed } })
  return explorerFile({
    path,
    files: { [path]: text },
    batch: {
      digest,
      runs,
      seed: plan.seed,
      design: plan.design,
      outcomes: outcomes.map(({ outcome, share, lower, upper }) => ({ outcome, share, lower, upper })),
    },
  })
}
