import { codeText, markdownText } from '../../reports/render/markdown-text.ts'
import type { SummaryTable } from '../analysis/summary-tables.ts'
import type { Batch } from '../store/batch.ts'
import type { Column, Range } from '../store/columns.ts'

/** What the columns of exported files mean, for programs. */
export function dictionaryJson(batch: Batch, tables: readonly SummaryTable[]): string {
  const { id, sha256 } = batch.manifest.scenario
  const files = {
    runs: batch.layout.columns,
    ...Object.fromEntries(tables.map(({ name, columns }) => [name, columns])),
  }
  return `${JSON.stringify({ batch: batch.manifest.batch, scenario: { id, sha256 }, files }, undefined, 1)}\n`
}

/** The same for people, as Markdown. */
export function dictionaryMarkdown(batch: Batch, tables: readonly SummaryTable[]): string {
  const { batch: hash, scenario, plan, engine, model } = batch.manifest
  const sections = [
    section('runs: one row a run', ['column', 'type', 'unit', 'range', 'meaning'], batch.layout.columns.map(rowOf)),
    ...tables.map(({ name, columns }) =>
      section(
        `${name}.csv`,
        ['column', 'unit', 'meaning'],
        columns.map(column => [column.name, column.unit, column.meaning]),
      ),
    ),
  ]
  return `# Columns

Batch \`${hash}\` of scenario ${codeText(scenario.id)}, seed ${markdownText(plan.seed)}, engine ${engine}, model ${model}.
Shares and counts describe runs of the scenario; they are not forecasts. In CSV, codes are written as their names, and
cells of failed runs are empty; in Parquet, codes are numbers, and numbers of failed runs are NaN. A text that begins like
a formula has an apostrophe before it.

${sections.join('\n')}`
}

function rowOf({ name, type, unit, range, meaning, codes }: Column): string[] {
  const named = codes ? `; codes: ${codes.map((code, n) => `${n} ${code}`).join(', ')}` : ''
  return [name, type, unit, rangeWords(range), meaning + named]
}

/** As "0 to 1", or "0 or more". */
function rangeWords([low, high]: Range): string {
  if (low === null) return high === null ? 'any' : `at most ${high}`
  return high === null ? `${low} or more` : `${low} to ${high}`
}

function section(title: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const lines = [
    heads,
    heads.map(() => '---'),
    ...rows.map(([name, ...cells]) => [codeText(name!), ...cells.map(cell => markdownText(cell))]),
  ]
  return `## ${title}\n\n${lines.map(line).join('\n')}\n`
}
