import { readFile } from 'node:fs/promises'
import type { Summary } from '../sim/analysis/summary.ts'
import { builtFile } from '../sim/built/built-file.ts'
import type { ScenarioDocument } from '../sim/scenario/schema.ts'
import { readPageData, withPageData } from './explorer/explorer-page.ts'
import type { StoredBatch } from './explorer/page-data.ts'

/** A scenario to open the page with: the texts of its files by name, and which of them it is. */
export interface StartScenario {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  readonly batch?: StoredBatch
}

/** The explorer as one HTML file, opening with a scenario of its own or with the main one. */
export async function explorerFile(start?: StartScenario): Promise<string> {
  const page = await readFile(builtFile('reports/explorer/explorer.html'), 'utf8')
  if (start === undefined) return page
  const data = readPageData(page)
  // A file that is not the page's own lies in another folder, so that it replaces none of them.
  const shelved = (name: string, text: string) =>
    data.scenarios[`scenarios/${name}`] === text ? `scenarios/${name}` : `own/${name}`
  const files = Object.entries(start.files).map(([name, text]) => [shelved(name, text), text] as const)
  return withPageData(page, {
    ...data,
    scenarios: { ...data.scenarios, ...Object.fromEntries(files) },
    start: shelved(start.name, start.files[start.name]!),
    ...(start.batch ? { batch: start.batch } : {}),
  })
}

/**
 * The explorer for a batch: it opens with the scenario as the batch ran it, under the same seed, and shows the stored
 * shares beside what the page computes.
 */
export function batchExplorer(summary: Summary, document: ScenarioDocument): Promise<string> {
  const { id, digest, runs, plan, outcomes } = summary
  const name = `${id}.yaml`
  // JSON is YAML, so the resolved scenario is a scenario file that extends nothing. In ASCII, since a file may not hold
  // every character as it is that a text can hold.
  const text = JSON.stringify({ ...document, batch: { ...document.batch, seed: plan.seed } }).replace(
    /[\u007f-\uffff]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return explorerFile({
    name,
    files: { [name]: text },
    batch: {
      digest,
      runs,
      seed: plan.seed,
      design: plan.design,
      outcomes: outcomes.map(({ outcome, share, lower, upper }) => ({ outcome, share, lower, upper })),
    },
  })
}
