import { embeddedJson, html, Markup } from '../escape.ts'
import type { PageData } from './page-data.ts'

/**
 * The explorer as one HTML file. Its policy allows its one script and one style, by hash, and workers made of that same
 * script; nothing is loaded and nothing is sent.
 *
 * @param script - without texts that would end a script element
 */
export function explorerPage(
  { script, scriptHash, style, styleHash }: Readonly<Record<'script' | 'scriptHash' | 'style' | 'styleHash', string>>,
  data: PageData,
): string {
  const policy = [
    "default-src 'none'",
    `script-src '${scriptHash}'`,
    `style-src '${styleHash}'`,
    'worker-src blob:',
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>multivector explorer</title>
<link rel="icon" href="data:,">
<style>${new Markup(style)}</style></head>
<body>
<noscript><p>The explorer runs the model in your browser and needs the script in this file.</p></noscript>
<div id="problems"></div>
<div id="voice" class="heard" role="status" aria-live="polite"></div>
<div id="view"><p>Starting …</p></div>
${dataBlock(data)}
<script>${new Markup(script)}</script>
</body></html>
`.text
}

const opening = '<script type="application/json" id="data">'

function dataBlock(data: PageData): Markup {
  return new Markup(`${opening}${embeddedJson(data)}</script>`)
}

/** The data of a page that was built. */
export function readPageData(page: string): PageData {
  const [from, end] = placeOf(page)
  return JSON.parse(page.slice(from + opening.length, end)) as PageData
}

/** The same page with other data. */
export function withPageData(page: string, data: PageData): string {
  const [from, end] = placeOf(page)
  return page.slice(0, from) + dataBlock(data).text.slice(0, -'</script>'.length) + page.slice(end)
}

function placeOf(page: string): [from: number, end: number] {
  const from = page.indexOf(opening)
  const end = page.indexOf('</script>', from)
  if (from === -1 || end === -1) throw new RangeError('page: expected a data element, got none')
  return [from, end]
}
