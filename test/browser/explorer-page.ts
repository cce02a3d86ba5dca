import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { explorerFile, type StartScenario } from '../../reports/explorer-file.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { chromiumPath, quiet } from './chromium.ts'
import { type Opened, watchedPage } from './open-page.ts'

export const executablePath = chromiumPath()
/** What a title says where there is no browser. */
export const needs =
  executablePath === undefined ? ' (skipped: no Chromium; set CHROMIUM or put chromium on the PATH)' : ''

/** Waits until every run and the driver terms are there. */
export const settled = (page: Page) =>
  page.waitForSelector('html[data-settled]', { state: 'attached', timeout: 60_000 })
export const answerOf = (page: Page) => page.textContent('.answer')
export const problemsOf = (page: Page) => page.$$eval('.problem pre', all => all.map(one => one.textContent ?? ''))

/** A scenario as a file of its own. */
export const startOf = (document: ScenarioDocument): StartScenario => ({
  name: 'own.yaml',
  files: { 'own.yaml': JSON.stringify(document) },
})

/** A browser and a folder for the tests of a file that explore: pages are written there and opened. */
export function useExplorer() {
  let browser: Browser
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'explorer-'))
    browser = await chromium.launch({ executablePath: executablePath!, args: quiet })
  })
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function written(start?: StartScenario): Promise<string> {
    const path = join(folder, `${Math.random().toString(36).slice(2)}.html`)
    await writeFile(path, await explorerFile(start))
    return pathToFileURL(path).href
  }

  /** Opens a page and waits until its engine is ready. */
  async function opened(
    address: string,
    options: BrowserContextOptions = {},
    prepare: () => void = () => undefined,
  ): Promise<Opened> {
    const opened = await watchedPage(browser, options)
    const { page } = opened
    await page.addInitScript(prepare)
    await page.goto(address)
    await page.waitForSelector('html[data-ready]', { state: 'attached', timeout: 30_000 })
    return opened
  }

  return { folder: () => folder, written, opened }
}
