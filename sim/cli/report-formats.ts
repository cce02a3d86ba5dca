import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReportDocument } from '../../reports/document.ts'
import type { PageAssets } from '../../reports/page-assets.ts'
import type { PictureSize } from '../../reports/render/picture.ts'
import type { NamedPicture } from '../../reports/render/pictures.ts'
import type { Summary } from '../analysis/summary.ts'
import { exitCode, UserError } from '../core/errors.ts'
import type { Batch } from '../store/batch.ts'
import { io } from '../store/durable.ts'

/** What a format is made from. */
export interface ReportRequest {
  readonly batch: Batch
  readonly summary: Summary
  readonly report: ReportDocument
  readonly assets: PageAssets
  /** The folder `report` of the batch, which exists. */
  readonly folder: string
  /** Names of all formats that are written. */
  readonly asked: readonly string[]
  /** Whether pictures have light text on dark. */
  readonly dark: boolean
  /** Writes a file of the report by its path in the folder, all or nothing. */
  write(name: string, content: string | Uint8Array): Promise<void>
}

/**
 * What `--format` may name. Each writes its files and returns the path in the folder to open first. A new format is an
 * entry here. Renderers are loaded when they are asked for, so that commands without a report do not wait for them.
 */
const formats = {
  html: async ({ report, assets, write }) => {
    await write('index.html', await pageOf(report, assets))
    return 'index.html'
  },
  md: async ({ report, asked, write }) => {
    const { renderMarkdown } = await import('../../reports/render/markdown.ts')
    const kind = (['png', 'svg'] as const).find(format => asked.includes(format))
    await write('report.md', renderMarkdown(report, kind && (chart => `pictures/${chart}.${kind}`)))
    return 'report.md'
  },
  json: async ({ report, write }) => {
    const { renderJson } = await import('../../reports/render/json.ts')
    await write('report.json', renderJson(report))
    return 'report.json'
  },
  svg: async ({ report, summary, dark, write }) => {
    const { pictureSvg } = await import('../../reports/render/picture.ts')
    for (const picture of await pictures(report, summary))
      await write(`pictures/${picture.id}.svg`, await pictureSvg(picture, 'print', dark))
    return 'pictures'
  },
  png: async ({ report, summary, dark, write }) => {
    const { pictureSvg } = await import('../../reports/render/picture.ts')
    const { pictureInPng } = await import('../../reports/render/png.ts')
    const sizes: Readonly<Record<PictureSize, string>> = { print: 'pictures', slide: 'slides' }
    for (const picture of await pictures(report, summary)) {
      for (const [size, folder] of Object.entries(sizes) as [PictureSize, string][])
        await write(`${folder}/${picture.id}.png`, pictureInPng(await pictureSvg(picture, size, dark), size))
    }
    return 'slides'
  },
  pdf: async ({ report, assets, folder }) => {
    const { findChromium, printPdf } = await import('../../reports/render/pdf.ts')
    findChromium()
    const page = await pageOf(onPaper(report), assets)
    await io(folder, async () => {
      // Beside the report, since a confined browser may not read the system's folder for temporary files.
      const aside = await mkdtemp(join(folder, 'print-'))
      try {
        await writeFile(join(aside, 'report.html'), page)
        await printPdf(join(aside, 'report.html'), join(aside, 'report.pdf'))
        await rename(join(aside, 'report.pdf'), join(folder, 'report.pdf'))
      } finally {
        await rm(aside, { recursive: true, force: true })
      }
    })
    return 'report.pdf'
  },
  specs: async ({ report, summary, dark, write }) => {
    const { specOf } = await import('../../reports/render/pictures.ts')
    for (const picture of await pictures(report, summary))
      await write(`specs/${picture.id}.vl.json`, `${JSON.stringify(specOf(picture, dark), undefined, 1)}\n`)
    return 'specs'
  },
  csv: request => tables(request, 'csv'),
  parquet: request => tables(request, 'parquet'),
} as const satisfies Readonly<Record<string, (request: ReportRequest) => Promise<string>>>

export type ReportFormat = keyof typeof formats

/** Without links to files beside it: a PDF would keep them as paths of the folder it was printed in. */
function onPaper(report: ReportDocument): ReportDocument {
  return JSON.parse(JSON.stringify(report), (_, part) => {
    const { link, to } = (part ?? {}) as { link?: string; to?: string }
    return typeof to === 'string' && link !== undefined && !/^(?:#|https:)/.test(to) ? link : part
  })
}

async function pageOf(report: ReportDocument, assets: PageAssets): Promise<string> {
  const { renderHtml } = await import('../../reports/render/html.ts')
  return renderHtml(report, assets)
}

async function pictures(report: ReportDocument, summary: Summary): Promise<NamedPicture[]> {
  const { picturesOf, sourceOf } = await import('../../reports/render/pictures.ts')
  return picturesOf(report, sourceOf(summary))
}

async function tables({ batch, summary, folder }: ReportRequest, format: 'csv' | 'parquet'): Promise<string> {
  const { exportTables } = await import('./export-files.ts')
  await exportTables(batch, summary, format, join(folder, 'tables'))
  return `tables/runs.${format}`
}

/** Writes a report in a format. @returns the path in the folder to open first */
export function writeFormat(format: ReportFormat, request: ReportRequest): Promise<string> {
  return formats[format](request)
}

/** The flag `--format`: names of formats with commas between them, as often as wanted. */
export const formatOption = {
  type: 'string',
  coerce: formatsOf,
  describe: `what to write, with commas between: ${Object.keys(formats).join(', ')} [html]`,
} as const

/** @example formatOption.coerce('md,html') // => ['md', 'html'] */
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
