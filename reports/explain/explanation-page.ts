import type { Manifest } from '../../sim/store/manifest.ts'
import type { ReportDocument } from '../document.ts'
import { html, type Markup } from '../escape.ts'
import { type PageAssets, withStyle } from '../page-assets.ts'
import { pageOf } from '../render/html.ts'
import { storylineStyle } from './storyline-style.ts'

/** A page that explains, as one HTML file that needs no network, like a report. */
export function explanationPage(
  { title, body, data }: { readonly title: string; readonly body: Markup; readonly data: ReportDocument['data'] },
  { engine, model, batch }: Manifest,
  assets: PageAssets,
): string {
  const foot = html`<footer>multivector ${engine}, model ${model} · batch <code>${batch}</code> · one file, no network</footer>`
  return pageOf({ title, body: html`${body}${foot}`, data }, withStyle(assets, storylineStyle))
}
