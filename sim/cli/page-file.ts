import { basename, dirname, join, resolve } from 'node:path'
import type { AnalysisContext } from '../../reports/analysis/context.ts'
import type { ReportDocument } from '../../reports/document.ts'
import { plain } from '../../reports/escape.ts'
import { inputWords } from '../../reports/inputs.ts'
import { quantityName } from '../../reports/quantity-names.ts'
import { parameterCatalogue } from '../scenario/parameter.ts'
import type { ScenarioDocument } from '../scenario/schema.ts'
import { io, makeDirectory, writeDurably } from '../store/durable.ts'
import { engineVersion, modelVersion } from '../version.ts'
import { resumeCommand } from './resume-command.ts'

/** The flag `--page`: a file for the page, or none for a name that suits. */
export const pageOption = {
  type: 'string',
  describe: 'also write a page with charts, to this file or where it suits',
} as const

/** Writes a report as one HTML file. @returns its path */
export async function writePage(report: ReportDocument, path: string): Promise<string> {
  const { renderHtml } = await import('../../reports/render/html.ts')
  const { loadPageAssets } = await import('../../reports/page-assets.ts')
  const page = renderHtml(report, await loadPageAssets())
  const file = resolve(path)
  await io(file, async () => {
    await makeDirectory(dirname(file))
    await writeDurably(file, page)
  })
  return file
}

/**
 * Where a page goes: the file asked for, or one named for what it is about, in a folder or where the command was given.
 *
 * @example pagePath('', ['analysis', 'class=council', 'prim']) // => 'analysis-class-council-prim.html'
 */
export function pagePath(asked: string, words: readonly string[], folder = '.'): string {
  if (asked !== '') return asked
  const name = words
    .join('-')
    .replace(/[^\w.]+/g, '-')
    .slice(0, 100)
  return join(folder, `${name}.html`)
}

/** A quantity of a scenario in the middle of a sentence, such as “the gap of Kazakhstan”. */
export function quantityWords(quantity: string, { actors, groups }: ScenarioDocument): string {
  const names = [...Object.entries(actors), ...Object.entries(groups)]
  const { person, what, unit } = quantityName(quantity, Object.fromEntries(names.map(([id, { name }]) => [id, name])))
  const article = unit === 'share' || what === quantity || what.startsWith('Russia') ? '' : 'the '
  return `${article}${what}${person === undefined ? '' : ` of ${person}`}`
}

/** The command that was given, without where its page went. */
export function pageCommand(): string {
  const words = process.argv.slice(2)
  return resumeCommand({ argv: ['node', 'multivector', ...words], env: {}, cwd: '.' })
}

/** What a page says of a scenario and its parameters. */
export function scenarioContext(
  document: ScenarioDocument,
  asked: Pick<AnalysisContext, 'outcome' | 'command' | 'provenance'>,
): AnalysisContext {
  const catalogue = parameterCatalogue(document.options, Object.keys(document.corridors))
  return {
    ...asked,
    subject: `${document.title}. ${document.question}`,
    meaning: name => {
      const event = Object.hasOwn(document.events, name.slice(6)) ? document.events[name.slice(6)] : undefined
      if (name.startsWith('event_') && event)
        return `quarter of “${event.title}” after the start; 0 if it did not happen`
      const definition = catalogue.get(name)
      return definition ? `${definition.meaning} (${definition.unit})` : ''
    },
    called: name => inputWords(name, document),
    provenance: [...asked.provenance, versions],
    foot,
  }
}

/** What a page says of a table from elsewhere. */
export function tableContext(
  path: string,
  asked: Pick<AnalysisContext, 'outcome' | 'command' | 'provenance'>,
): AnalysisContext {
  return {
    ...asked,
    subject: `Table ${basename(path)}`,
    meaning: () => '',
    called: plain,
    provenance: [...asked.provenance, versions],
    foot,
  }
}

const versions = { term: 'Versions', line: `engine ${engineVersion}, model ${modelVersion}` }
const foot = `multivector ${engineVersion}`
