import { readFile } from 'node:fs/promises'
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
