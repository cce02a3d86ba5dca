import { type Block, type ChartBlock, isSafeTarget, type Line, type ReportDocument, type Section } from '../document.ts'
import { html, type Markup } from '../escape.ts'
import { oneFile } from '../one-file.ts'
import type { PageAssets } from '../page-assets.ts'

/**
 * A report as one HTML file that needs no network. Its policy allows the one script and the one style it carries, by
 * hash, and nothing else. The script draws each chart from the data of the report, which is in the file once; without
 * it every number is in the tables.
 *
 * Texts are cleaned and escaped here and nowhere else: a document may hold anything.
 *
 * @param assets - from `loadPageAssets`
 */
export function renderHtml(document: ReportDocument, assets: PageAssets): string {
  const body = html`<header><h1>${document.title}</h1>
${blocksMarkup(document.lead)}
<nav aria-label="Contents"><ol>${document.sections.map(({ id, name }) => html`<li><a href="#${id}">${name}</a></li>`)}</ol></nav></header>
${document.choices && choicesMarkup(document.choices)}
<main>
<noscript><p class="banner">The charts need the script in this file. Every number is also in the tables.</p></noscript>
${document.sections.map(sectionMarkup)}
</main>
<footer>${lineMarkup(document.foot)} · one file, no network</footer>`
  return pageOf({ title: document.title, body, data: document.data }, assets)
}

/** What differs between pages: title, body, and the data of its charts. */
export interface PageParts {
  readonly title: string
  readonly body: Markup
  readonly data: ReportDocument['data']
}

/** A whole page around a body, with its policy, style, data and script. */
export function pageOf({ title, body, data }: PageParts, assets: PageAssets): string {
  return oneFile({ title, body, data, ...assets })
}

/** What the charts show, to be chosen; the script shows it, since without it nothing would follow. */
function choicesMarkup({ data, actors, outcomes, quarters, depth }: NonNullable<ReportDocument['choices']>): Markup {
  const options = (all: string, list: readonly { readonly id: string; readonly name: string }[]) =>
    html`<option value="">${all}</option>${list.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}`
  const last = String(quarters.length - 1)
  return html`<form class="choices" data-choices="${data}" aria-label="What the charts show" autocomplete="off" hidden>
<label><span>State</span> <select name="actor">${options('all states', actors)}</select></label>
<label><span>Outcome</span> <select name="outcome">${options('all outcomes', outcomes)}</select></label>
<label><span>Quarter</span> <input type="range" name="tick" min="0" max="${last}" value="${last}"><output>${quarters.at(-1)}</output></label>
<button type="reset">Show all</button>
${depth ? html`<a href="#${depth}">in depth</a>` : undefined}
<p class="said" aria-live="polite"></p>
</form>`
}

export function sectionMarkup({ id, title, blocks }: Section): Markup {
  return html`<section id="${id}"><h2>${title}</h2>
${blocksMarkup(blocks)}</section>
`
}

function blocksMarkup(blocks: readonly Block[]): Markup {
  return html`${blocks.map(
    block => html`${blockMarkup(block)}
`,
  )}`
}

function blockMarkup(block: Block): Markup {
  switch (block.kind) {
    case 'words':
      if (block.role === undefined) return html`<p>${lineMarkup(block.line)}</p>`
      if (block.role === 'warning') return html`<p class="banner" role="alert">${lineMarkup(block.line)}</p>`
      return html`<p class="${block.role}">${lineMarkup(block.line)}</p>`
    case 'list':
      return html`<ul class="plain">${block.items.map(
        item => html`<li>${lineMarkup(item)}</li>
`,
      )}</ul>`
    case 'facts':
      return html`<ul class="facts">${block.items.map(
        item => html`<li>${lineMarkup(item)}</li>
`,
      )}</ul>`
    case 'definitions':
      return html`<dl>${block.items.map(
        ({ term, line }) => html`<dt>${term}</dt><dd>${lineMarkup(line)}</dd>
`,
      )}</dl>`
    case 'command':
      return html`<pre>${block.text}</pre>`
    case 'part':
      return html`<h3>${block.title}</h3>
${blocksMarkup(block.blocks)}`
    case 'folded':
      return folded(block.label, blocksMarkup(block.blocks), block.print)
    case 'table':
      return tableMarkup(block)
    case 'chart':
      return chartMarkup(block)
  }
}

/** A chart with its text alternative, caption and table. The script draws into the empty element. */
function chartMarkup({ id, chart, data, follows, alternative, caption, table, print }: ChartBlock): Markup {
  return html`<figure><div class="chart" id="${id}" data-chart="${chart}" data-key="${data}"${follows === undefined ? undefined : html` data-follows="${follows}"`} role="img" aria-label="${alternative}"></div>
<figcaption>${lineMarkup(caption)}</figcaption></figure>
${folded('Table of these numbers', tableMarkup(table), print)}`
}

function folded(label: string, content: Markup, print = false): Markup {
  return html`<details${print ? html` data-print` : undefined}><summary>${label}</summary>${content}</details>`
}

function tableMarkup({ caption, columns, rows }: ChartBlock['table']): Markup {
  const side = (n: number) => (columns[n]?.numeric ? html` class="n"` : undefined)
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table><caption>${caption}</caption>
<thead><tr>${columns.map(({ name }, n) => html`<th scope="col"${side(n)}>${name}</th>`)}</tr></thead>
<tbody>${rows.map(
    row => html`<tr>${row.map((cell, n) =>
      n === 0 ? html`<th scope="row">${lineMarkup(cell)}</th>` : html`<td${side(n)}>${lineMarkup(cell)}</td>`,
    )}</tr>
`,
  )}</tbody></table></div>`
}

function lineMarkup(line: Line): Markup {
  if (typeof line === 'string') return html`${line}`
  return html`${line.map(span => {
    if (typeof span === 'string') return span
    if ('strong' in span) return html`<b>${span.strong}</b>`
    if ('code' in span) return html`<code>${span.code}</code>`
    if ('together' in span) return html`<span class="nb">${span.together}</span>`
    return isSafeTarget(span.to) ? html`<a href="${span.to}">${span.link}</a>` : span.link
  })}`
}
