import { html } from '../escape.ts'
import { dataOf, type OneFile, oneFile, withData } from '../one-file.ts'
import type { PageData } from './page-data.ts'

/** The explorer as one HTML file. Its policy also allows workers made of its script, and pictures that it makes. */
export function explorerPage(
  assets: Pick<OneFile, 'script' | 'scriptHash' | 'style' | 'styleHash'>,
  data: PageData,
): string {
  const body = html`<noscript><p>The explorer runs the model in your browser and needs the script in this file.</p></noscript>
<div id="problems"></div>
<div id="voice" class="heard" role="status" aria-live="polite"></div>
<div id="view"><p>Starting …</p></div>`
  const allowed = ['worker-src blob:', 'img-src data: blob:']
  return oneFile({ ...assets, title: 'multivector explorer', body, data, allowed })
}

/** The data of a page that was built. */
export function readPageData(page: string): PageData {
  return dataOf(page) as PageData
}

/** The same page with other data. */
export function withPageData(page: string, data: PageData): string {
  return withData(page, data)
}
