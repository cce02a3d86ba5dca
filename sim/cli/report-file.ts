import { mkdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { ReportDocument } from '../../reports/document.ts'
import type { PageAssets } from '../../reports/page-assets.ts'
import { type AttributionSummary, summariseAttribution } from '../analysis/attribution-summary.ts'
import { spreadRuns } from '../analysis/counterfactual.ts'
import type { Summary } from '../analysis/summary.ts'
import { exitCode, UserError } from '../core/errors.ts'
import type { Batch } from '../store/batch.ts'
import { io, writeDurably } from '../store/durable.ts'

/** Runs of the batch that are traced again to say what moved whom. */
const tracedRuns = 100

/** A file of a report, by its path in the folder `report`. */
interface ReportFile {
  readonly name: string
  readonly content: string
}

/**
 * What `--format` may name, and the files it writes, the one to open first. A new format is an entry here. Renderers are
 * loaded when they are asked for, so that commands without a report do not wait for them.
 */
const formats = {
  html: async (report, assets) => {
    const { renderHtml } = await import('../../reports/render/html.ts')
    return [{ name: 'index.html', content: renderHtml(report, assets) }]
  },
  md: async report => {
    const { renderMarkdown } = await import('../../reports/render/markdown.ts')
    return [{ name: 'report.md', content: renderMarkdown(report) }]
  },
  json: async report => {
    const { renderJson } = await import('../../reports/render/json.ts')
    return [{ name: 'report.json', content: renderJson(report) }]
  },
} as const satisfies Readonly<
  Record<string, (report: ReportDocument, assets: PageAssets) => Promise<readonly ReportFile[]>>
>

export type ReportFormat = keyof typeof formats

/** The flag `--format`: names of formats with commas between them, as often as wanted. */
export const formatOption = {
  type: 'string',
  coerce: formatsOf,
  describe: `what to write, with commas between: ${Object.keys(formats).join(', ')} [html]`,
} as const

/** @example formatsOf('md,html') // => ['md', 'html'] */
function formatsOf(asked: string | readonly string[] | undefined): ReportFormat[] | undefined {
  if (asked === undefined) return undefined
  const names = [asked].flat().flatMap(text => text.split(','))
  for (const name of names) {
    if (!Object.hasOwn(formats, name))
      throw new UserError(
        exitCode.usage,
        `--format: expected ${Object.keys(formats).join(', ')} with commas between, got ${JSON.stringify(name)}`,
      )
  }
  return [...new Set(names)] as ReportFormat[]
}

/** Writes the report of a batch into its directory. @returns the path of each format, in the order asked for */
export async function writeReport(
  batch: Batch,
  summary: Summary,
  asked: readonly ReportFormat[] = ['html'],
): Promise<string[]> {
  const { batchReport } = await import('../../reports/report.ts')
  const { loadPageAssets } = await import('../../reports/page-assets.ts')
  const folder = join(resolve(batch.directory), 'report')
  const assets = await loadPageAssets()
  const { document } = batch.manifest.scenario
  const report = batchReport(summary, document, assets.map, causesOf(batch, summary))
  const paths: string[] = []
  for (const format of asked) {
    const files: readonly ReportFile[] = await formats[format](report, assets)
    await io(folder, async () => {
      for (const { name, content } of files) {
        const path = join(folder, name)
        await mkdir(dirname(path), { recursive: true })
        await writeDurably(path, content)
      }
    })
    paths.push(join(folder, files[0]!.name))
  }
  return paths
}

/** What accounts for the changes in a sample of runs; undefined while runs are missing. */
function causesOf(batch: Batch, { complete, failed, runs }: Summary): AttributionSummary | undefined {
  const broken = new Set(failed.map(({ run }) => run))
  const sample = complete ? spreadRuns(tracedRuns, runs).filter(run => !broken.has(run)) : []
  return sample.length > 0 ? summariseAttribution(batch, sample) : undefined
}
