import { createHash } from 'node:crypto'
import type { Manifest } from '../../sim/store/manifest.ts'
import { html, Markup } from '../escape.ts'
import { storylineStyle } from './storyline-style.ts'

/**
 * A page that explains, as one HTML file that needs no network and has no script. Its policy allows the one style it
 * carries, by hash, and nothing else.
 */
export function explanationPage(title: string, body: Markup, { engine, model, batch }: Manifest): string {
  const hash = createHash('sha256').update(storylineStyle, 'utf8').digest('base64')
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Markup(storylineStyle)}</style></head>
<body>
${body}<footer>multivector ${engine}, model ${model} · batch <code>${batch}</code> · one file, no network, no script</footer>
</body></html>
`.text
}
