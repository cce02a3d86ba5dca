import { classLimits, classTokens } from './charts/diverging.ts'
import { html, type Markup } from './escape.ts'
import { change } from './words.ts'

/** A column of a table: its heading, and whether it holds numbers. */
export interface Column<Row> {
  readonly name: string
  readonly numeric?: boolean
  readonly value: (row: Row) => string | Markup
}

/** A table; the first column names the row. */
export function table<Row>(caption: string, rows: readonly Row[], columns: readonly Column<Row>[]): Markup {
  const side = (column: Column<Row>) => (column.numeric ? html` class="n"` : undefined)
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table><caption>${caption}</caption>
<thead><tr>${columns.map(column => html`<th scope="col"${side(column)}>${column.name}</th>`)}</tr></thead>
<tbody>${rows.map(
    row => html`<tr>${columns.map((column, n) =>
      n === 0 ? html`<th scope="row">${column.value(row)}</th>` : html`<td${side(column)}>${column.value(row)}</td>`,
    )}</tr>
`,
  )}</tbody></table></div>`
}

/** A table behind a line to open. Short ones are opened for print. */
export function folded(label: string, content: Markup, print = false): Markup {
  return html`<details${print ? html` data-print` : undefined}><summary>${label}</summary>${content}</details>`
}

export interface Figure {
  /** Id of the chart in the catalogue. */
  readonly id: string
  /** What the picture shows, as a sentence with the numbers: read aloud in place of the picture. */
  readonly alternative: string
  /** How to read it. */
  readonly caption: string | Markup
  readonly table: Markup
  /** Whether the table is short enough to be printed. */
  readonly print?: boolean
}

/** A chart with its text alternative, caption and table. The script draws into the empty element. */
export function figure({ id, alternative, caption, table, print }: Figure): Markup {
  return html`<figure><div class="chart" id="${id}" data-chart="${id}" role="img" aria-label="${alternative}"></div>
<figcaption>${caption}</figcaption></figure>
${folded('Table of these numbers', table, print)}`
}

/** The classes of a diverging scale with their limits, from blue to orange; `sign` −1 where blue stands for more. */
export function classLegend(low: string, high: string, sign: 1 | -1 = 1): Markup {
  return html`<span class="classes"><span>${low}</span><span class="scale">${classTokens.map(
    (token, n) =>
      html`<span class="class ${token}">${n === 0 ? undefined : html`<i>${change(sign * classLimits[n - 1]!).replace(/0+$/, '')}</i>`}</span>`,
  )}</span><span>${high}</span></span>`
}
