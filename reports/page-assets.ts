import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { builtFile } from '../sim/built/built-file.ts'
import type { MapShape } from './charts/map-shape.ts'
import { style } from './style.ts'

/** What every report page carries, with the hashes its content security policy allows. */
export interface PageAssets {
  readonly script: string
  readonly scriptHash: string
  readonly style: string
  readonly styleHash: string
  readonly map: readonly MapShape[]
}

/** Reads what `npm run build` leaves for the page. */
export async function loadPageAssets(): Promise<PageAssets> {
  const script = inert(await readFile(builtFile('reports/page/report.js'), 'utf8'))
  const map = JSON.parse(await readFile(builtFile('reports/page/map.json'), 'utf8')) as MapShape[]
  return { script, scriptHash: hashOf(script), style, styleHash: hashOf(style), map }
}

/** The assets with another style and its hash. */
export function withStyle(assets: PageAssets, style: string): PageAssets {
  return { ...assets, style, styleHash: hashOf(style) }
}

/** The script without the texts that would end or change a script element. They occur in its strings only. */
export function inert(script: string): string {
  return script.replace(/<(?=\/script|script|!--)/gi, '\\x3c')
}

export function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`
}
