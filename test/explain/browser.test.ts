import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderStorylines } from '../../reports/explain/storyline-page.ts'
import { loadPageAssets } from '../../reports/page-assets.ts'
import { summariseAttribution } from '../../sim/analysis/attribution-summary.ts'
import { spreadRuns } from '../../sim/analysis/counterfactual.ts'
import { storylinesOf } from '../../sim/analysis/storylines.ts'
import { chromiumPath, quiet } from '../browser/chromium.ts'
import { shippedDocument } from '../world.ts'
import { temporaryBatch } from './batches.ts'

const executablePath = chromiumPath()
const needs = executablePath === undefined ? ' (skipped: no Chromium; set CHROMIUM or put chromium on the PATH)' : ''

describe.skipIf(executablePath === undefined)(`the storyline page in Chromium${needs}`, () => {
  let browser: Browser
  let folder: string
  let address: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'multivector-page-'))
    const made = await temporaryBatch(await shippedDocument('cis-plus-2030'), 100)
    const page = renderStorylines(
      made.batch,
      await storylinesOf(made.batch),
      summariseAttribution(made.batch, spreadRuns(20, 100)),
      await loadPageAssets(),
    )
    await made.remove()
    const path = join(folder, 'page.html')
    await writeFile(path, page)
    address = pathToFileURL(path).href
    browser = await chromium.launch({ executablePath: executablePath!, args: quiet })
  })
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })

  test.each([
    [1280, 'light'],
    [1280, 'dark'],
    [360, 'light'],
  ] as const)('fits %i pixels in %s, with its style, and asks for nothing else', async (width, colorScheme) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme })
    const page = await context.newPage()
    const complaints: string[] = []
    const requests: string[] = []
    page.on('console', message => complaints.push(message.text()))
    page.on('pageerror', error => complaints.push(error.message))
    page.on('request', request => requests.push(request.url()))
    await page.goto(address)
    expect(complaints).toEqual([])
    expect(requests).toEqual([address])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    expect(await page.evaluate('getComputedStyle(document.querySelector(".stories")).display')).toBe('grid')
    const bars = 'getComputedStyle(document.querySelector("#waterfall-core svg .mark-rect path")).fill'
    expect(await page.evaluate(bars)).not.toBe('rgb(0, 0, 0)')
    const spilt = `[...document.querySelectorAll('svg.story text')].filter(text => {
      const box = text.getBoundingClientRect()
      return box.left < -1 || box.right > innerWidth + 1
    }).length`
    expect(await page.evaluate(spilt)).toBe(0)
    await context.close()
  })
})
