import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

/** A page that is open, with everything it complained about or asked for. */
export interface Opened {
  readonly page: Page
  readonly complaints: string[]
  readonly requests: string[]
}

/** A blank page without a network that notes what goes wrong on it. */
export async function watchedPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, offline: true, ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  const requests: string[] = []
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', error => complaints.push(String(error)))
  page.on('request', request => requests.push(request.url()))
  await page.addInitScript(() => {
    const seen: string[] = []
    Object.assign(globalThis, { violations: seen })
    addEventListener('securitypolicyviolation', event => seen.push(`${event.violatedDirective} ${event.blockedURI}`))
  })
  return { page, complaints, requests }
}

/**
 * Opens a page from the disk without a network, and waits until its script has run.
 *
 * @param folder - where the file is put
 * @param fragment - of the address, with its `#`
 */
export async function openPage(
  browser: Browser,
  folder: string,
  html: string,
  {
    options = {},
    drawn = true,
    fragment = '',
  }: { readonly options?: BrowserContextOptions; readonly drawn?: boolean; readonly fragment?: string } = {},
): Promise<Opened> {
  const path = join(folder, `${Math.random().toString(36).slice(2)}.html`)
  await writeFile(path, html)
  const opened = await watchedPage(browser, options)
  const { page } = opened
  await page.goto(pathToFileURL(path).href + fragment)
  if (drawn) await page.waitForSelector('html[data-drawn]', { state: 'attached', timeout: 60_000 })
  return opened
}

/** What the policy of a page refused. */
export function violationsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => (globalThis as unknown as { violations: string[] }).violations)
}
