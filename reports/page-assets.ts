import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { style } from './style.ts'

/** What every report page carries, with the hashes its content security policy allows. */
export interface PageAssets {
  readonly script: string
  readonly scriptHash: string
  readonly style: string
  readonly styleHash: string
}

/** Built files lie beside this one; run from source, in the folder of built files. */
const built = import.meta.url.endsWith('.ts') ? '../dist/reports/page/report.js' : './page/report.js'

/** Reads the page script that `npm run build` leaves. */
export async function loadPageAssets(): Promise<PageAssets> {
  const script = inert(await readFile(new URL(built, import.meta.url), 'utf8'))
  return { script, scriptHash: hashOf(script), style, styleHash: hashOf(style) }
}

/** The script without the texts that would end or change a script element. They occur in its strings only. */
function inert(script: string): string {
  return script.replace(/<(?=\/script|script|!--)/gi, '\\x3c')
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`
}
