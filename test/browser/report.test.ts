import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chartsIn } from '../../reports/document.ts'
import { loadPageAssets } from '../../reports/page-assets.ts'
import { tokens } from '../../reports/theme.ts'
import { harmless, hostile, pageOf, type Reported, reported, reportOf } from '../reports/reported.ts'
import { shippedDocument } from '../world.ts'
import { chromiumPath, quiet } from './chromium.ts'
import { openPage, violationsOf } from './open-page.ts'

const executablePath = chromiumPath()
const needs = executablePath === undefined ? ' (skipped: no Chromium; set CHROMIUM or put chromium on the PATH)' : ''

describe.skipIf(executablePath === undefined)(`the report in Chromium${needs}`, () => {
  let browser: Browser
  let folder: string
  let text: string
  let chartIds: string[]
  let alternatives: string[]

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'report-'))
    browser = await chromium.launch({ executablePath: executablePath!, args: quiet })
    const main = await reported()
    chartIds = chartsIn(reportOf(main)).map(({ id }) => id)
    alternatives = chartsIn(reportOf(main)).map(({ alternative }) => alternative.replaceAll('\u00a0', ' '))
    text = await rendered(main)
  })
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function rendered(one: Reported): Promise<string> {
    return pageOf(one, await loadPageAssets())
  }

  const opened = (html: string, options: BrowserContextOptions = {}, drawn = true) =>
    openPage(browser, folder, html, { options, drawn })

  test('draws every chart from the file alone: nothing asked for, nothing forbidden, nothing to complain', async () => {
    const { page, complaints, requests } = await opened(text)
    const marks = await page.$$eval('[data-chart]', places =>
      places.map(place => [place.id, place.querySelectorAll('svg path, svg text, svg line, svg rect').length]),
    )
    expect(marks.map(([id]) => id)).toEqual(chartIds)
    const labels = await page.$$eval('[data-chart]', places =>
      places.map(place => [place.getAttribute('role'), place.getAttribute('aria-label')!.replaceAll('\u00a0', ' ')]),
    )
    expect(labels).toEqual(alternatives.map(text => ['img', text]))
    expect(marks.filter(([, count]) => Number(count) < 20)).toEqual([])
    expect(await page.$$eval('figure + details table', tables => tables.length)).toBe(marks.length)
    expect(requests.filter(url => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([])
    expect(requests.filter(url => url.startsWith('file:')).length).toBe(1)
    expect(await violationsOf(page)).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('refuses a script and a request that somebody adds to the file', async () => {
    const planted = '<script>document.title="planted"</script><img src="https://example.org/x.png">'
    const { page } = await opened(text.replace('<main>', `<main>${planted}`))
    const violations = await violationsOf(page)
    expect(violations.some(one => one.startsWith('script-src'))).toBe(true)
    expect(violations.some(one => one.startsWith('img-src'))).toBe(true)
    expect(await page.title()).not.toBe('planted')
    await page.context().close()
  })

  test('runs no code from strings', async () => {
    const { page } = await opened(text)
    const blocked = await page.$eval('main', main => {
      const button = main.ownerDocument.createElement('button')
      button.setAttribute('onclick', 'document.title = "planted"')
      main.append(button)
      button.click()
      return main.ownerDocument.title
    })
    expect(blocked).not.toBe('planted')
    await page.context().close()
  })

  test('with hostile texts has the DOM of its harmless twin, and runs nothing', async () => {
    const skeletons = await Promise.all(
      [hostile, harmless].map(async change => {
        const { page, complaints } = await opened(await rendered(await reported(change, undefined, 40)))
        const skeleton = await page.$$eval('*', all =>
          all.map(one => `${one.tagName} ${[...one.attributes].map(({ name }) => name).join(' ')}`),
        )
        expect(complaints).toEqual([])
        expect(await violationsOf(page)).toEqual([])
        await page.context().close()
        return skeleton
      }),
    )
    expect(skeletons[0]!.length).toBeGreaterThan(5000)
    expect(skeletons[0]).toEqual(skeletons[1])
  })

  test.each([
    [360, 'a phone'],
    [1280, 'a laptop'],
    [3840, 'a wall'],
  ])('fits a width of %i, %s, without scrolling sideways', async width => {
    const { page } = await opened(text, { viewport: { width, height: 800 } })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    const wide = await page.$$eval('[data-chart] svg', svgs => svgs.map(svg => svg.getBoundingClientRect().right))
    expect(Math.max(...wide)).toBeLessThanOrEqual(width)
    // No chart is blown up or shrunk much to fit: its text keeps its size.
    const zooms = await page.$$eval('[data-chart] svg', svgs => {
      const root = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16
      return svgs.map(svg => svg.getBoundingClientRect().width / Number(svg.getAttribute('width')) / root)
    })
    expect(Math.min(...zooms)).toBeGreaterThan(0.85)
    expect(Math.max(...zooms)).toBeLessThan(1.15)
    await page.context().close()
  })

  test('follows the dark setting, charts included', async () => {
    const { page } = await opened(text, { colorScheme: 'dark' })
    const colours = await page.evaluate(() => [
      getComputedStyle(document.body).backgroundColor,
      getComputedStyle(document.querySelector('[data-chart] svg text')!).fill,
    ])
    expect(colours).toEqual([rgb(tokens.paper[1]), rgb(tokens.ink[1])])
    await page.context().close()
  })

  test('prints light on A4 with charts at paper width and short tables open', async () => {
    const { page, complaints } = await opened(text, { colorScheme: 'dark' })
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    await page.emulateMedia({ media: 'print' })
    const printed = await page.evaluate(() => ({
      paper: getComputedStyle(document.body).backgroundColor,
      ink: getComputedStyle(document.querySelector('[data-chart] svg text')!).fill,
      open: document.querySelectorAll('details[open]').length,
      marked: document.querySelectorAll('details[data-print]').length,
      widths: [...document.querySelectorAll('[data-chart] svg')].map(svg => Number(svg.getAttribute('width'))),
    }))
    expect(printed.paper).toBe(rgb(tokens.paper[0]))
    expect(printed.ink).toBe(rgb(tokens.ink[0]))
    expect(printed.marked).toBeGreaterThan(2)
    expect(printed.open).toBe(printed.marked)
    // 796 for the whole width: small text has 7 points.
    expect(Math.max(...printed.widths)).toBeGreaterThan(780)
    expect(Math.max(...printed.widths)).toBeLessThan(830)
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    expect(await page.$$eval('details[open]', all => all.length)).toBe(0)
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
    expect(pages).toBeGreaterThan(6)
    expect(pages).toBeLessThan(36)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('has on paper every source, event and uncertainty, causes with whole names and ranges, and says what it leaves out', async () => {
    const { page } = await opened(text)
    await page.emulateMedia({ media: 'print' })
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    const { sources, events, uncertainties } = await shippedDocument('cis-plus-2030')
    const printed = await page.$$eval('#inputs details[open]', all => all.map(one => one.textContent).join(' '))
    for (const name of [...Object.keys(sources), ...Object.keys(uncertainties)]) expect(printed).toContain(name)
    for (const { title } of Object.values(events)) expect(printed).toContain(title)
    expect(printed).not.toContain('Figures of Kazakhstan')
    const left = await page.$$eval('#inputs details:not([data-print]) > summary', all =>
      all.map(one => one.textContent + getComputedStyle(one, '::after').content),
    )
    expect(left[0]).toMatch(/^\d+ figures of \d+ states": in the page of this report, not on paper"$/)
    const causes = await page.$eval('#waterfall-core svg', svg => svg.textContent!)
    expect(causes).toContain('spillover between domains')
    expect(causes).toMatch(/[+−]0\.\d{3} \([+−]?\d\.\d{3} to [+−]?\d\.\d{3}\)/)
    expect(causes).not.toContain('…')
    await page.context().close()
  })

  test('shows values at the pointer, as text', async () => {
    const { page } = await opened(text)
    await page.locator('#domain-heat svg .mark-rect').nth(1).locator('path').first().hover({ timeout: 5000 })
    await page.waitForSelector('.tooltip:not([hidden])')
    expect(await page.textContent('.tooltip')).toMatch(/90 % of runs [−+]?\d\.\d+ to/)
    await page.context().close()
  })

  test('without its script still has the answer and every number', async () => {
    const { page } = await opened(text, { javaScriptEnabled: false }, false)
    expect(await page.textContent('.answer')).toMatch(/^Of 200 runs/)
    expect(await page.isVisible('noscript .banner')).toBe(true)
    expect(await page.locator('figure + details table').count()).toBe(chartIds.length)
    await page.context().close()
  })
})

/** A hex colour as browsers report it. */
function rgb(hex: string): string {
  const parts = [1, 3, 5].map(place => Number.parseInt(hex.slice(place, place + 2), 16))
  return `rgb(${parts.join(', ')})`
}
