import { appendFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expectationWords, foundWords, roundedUp, verdictSentence } from '../../reports/comparison/comparison-words.ts'
import { count } from '../../reports/words.ts'
import type { ComparisonResult, JudgedExpectation } from '../analysis/comparison-result.ts'
import { io, makeDirectory, writeDurably } from '../store/durable.ts'
import { engineVersion } from '../version.ts'
import { type Annotation, printAnnotation } from './print.ts'

/** A report of comparisons in the forms that were asked for; the others are empty. */
interface WrittenComparison {
  readonly html: string
  readonly markdown: string
}

/**
 * Renders comparisons. With `out` everything is written there: comparison.html, comparison.md, comparison.json and, where
 * something is expected, junit.xml. For `github` annotations are printed, and the Markdown is added to the summary of the
 * step, where there is one.
 */
export async function writeComparison(
  results: readonly ComparisonResult[],
  { out, format }: { out: string | undefined; format: string },
): Promise<WrittenComparison> {
  const written = { html: '', markdown: '' }
  if (out === undefined && !['html', 'md', 'github'].includes(format)) return written
  // Loaded here, so that plain comparisons do not wait for it.
  const { comparisonReport } = await import('../../reports/comparison/comparison-report.ts')
  const { renderMarkdown } = await import('../../reports/render/markdown.ts')
  const { renderHtml } = await import('../../reports/render/html.ts')
  const { renderJson } = await import('../../reports/render/json.ts')
  const { loadPageAssets } = await import('../../reports/page-assets.ts')
  const { junitXml } = await import('../../reports/comparison/junit.ts')
  const report = comparisonReport(results, engineVersion)
  if (out !== undefined || format === 'html') written.html = renderHtml(report, await loadPageAssets())
  if (out !== undefined || format !== 'html') written.markdown = renderMarkdown(report)
  if (out !== undefined) {
    const files = {
      'comparison.html': written.html,
      'comparison.md': written.markdown,
      'comparison.json': renderJson(report),
      'junit.xml': junitXml(results),
    }
    const folder = resolve(out)
    await io(folder, async () => {
      await makeDirectory(folder)
      for (const [name, text] of Object.entries(files)) await writeDurably(join(folder, name), text)
    })
  }
  if (format === 'github') await tellGithub(results, written.markdown)
  return written
}

const levels: Readonly<Record<JudgedExpectation['verdict'], Annotation['level']>> = {
  met: 'notice',
  'not met': 'error',
  inconclusive: 'warning',
}

/** Annotations for what is not met or open and for the verdict, and the summary of the step. */
async function tellGithub(results: readonly ComparisonResult[], markdown: string): Promise<void> {
  for (const result of results) {
    for (const each of result.expectations) {
      if (each.verdict === 'met') continue
      const more = each.runsNeeded === null ? '' : `; about ${count(roundedUp(each.runsNeeded))} runs would decide`
      printAnnotation({
        level: levels[each.verdict],
        title: `${each.name}: ${each.verdict}`,
        message: `expected ${expectationWords(each, result.people)}, found ${foundWords(each)}${more}`,
        ...(each.at ?? {}),
      })
    }
    printAnnotation({ level: 'notice', title: 'Comparison', message: verdictSentence(result) })
  }
  const summary = process.env.GITHUB_STEP_SUMMARY
  if (summary) await io(summary, () => appendFile(summary, `${markdown}\n`))
}
