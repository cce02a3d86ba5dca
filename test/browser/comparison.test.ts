import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { comparisonReport } from '../../reports/comparison/comparison-report.ts'
import { junitXml } from '../../reports/comparison/junit.ts'
import { loadPageAssets } from '../../reports/page-assets.ts'
import { renderHtml } from '../../reports/render/html.ts'
import type { ComparisonResult } from '../../sim/analysis/comparison-result.ts'
import { hostileTexts } from '../hostile-texts.js'
import { compared, withText } from '../reports/compared.ts'
import { chromiumPath, quiet } from './chromium.ts'
import { openPage, violationsOf } from './open-page.ts'

const executablePath = chromiumPath()
const needs = executablePath === undefined ? ' (skipped: no Chromium; set CHROMIUM or put chromium on the PATH)' : ''

describe.skipIf(executablePath === undefined)(`a comparison in Chromium${needs}`, () => {
  let browser: Browser
  let folder: string
  let main: ComparisonResult
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'comparison-'))
    browser = await chromium.launch({ executablePath: executablePath!, args: quiet })
    main = await compared('cis-plus-2030', 'win-win-in-words')
  })
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })

  const pageOf = async (results: readonly ComparisonResult[]) =>
    renderHtml(comparisonReport(results, '1'), await loadPageAssets())

  test.each([360, 1280])('draws its forest from the file alone and fits a width of %i', async width => {
    const { page, complaints, requests } = await openPage(browser, folder, await pageOf([main]), {
      options: { viewport: { width, height: 800 } },
    })
    expect(await page.$$eval('#forest svg path', marks => marks.length)).toBeGreaterThan(10)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    expect(requests.filter(url => !url.startsWith('data:'))).toHaveLength(1)
    expect(await violationsOf(page)).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('with hostile texts has the DOM of its harmless twin, and runs nothing', async () => {
    const texts = hostileTexts.filter((_, n) => n % 4 === 0)
    const skeletons = await Promise.all(
      [texts, texts.map(() => 'plain text')].map(async list => {
        const html = await pageOf(list.map(text => withText(main, text)))
        const { page, complaints } = await openPage(browser, folder, html, {
          options: { javaScriptEnabled: false },
          drawn: false,
        })
        const skeleton = await page.$$eval('body *', all =>
          all.map(one => `${one.tagName} ${[...one.attributes].map(({ name }) => name).join(' ')}`),
        )
        expect(complaints).toEqual([])
        await page.context().close()
        return skeleton
      }),
    )
    expect(skeletons[0]!.length).toBeGreaterThan(5000)
    expect(skeletons[0]).toEqual(skeletons[1])
  })

  test('as JUnit XML is well formed whatever the texts are, and says what they say', async () => {
    const page = await browser.newPage()
    const parsed = (texts: readonly string[]) =>
      page.evaluate(
        xml => {
          const document = new DOMParser().parseFromString(xml, 'application/xml')
          const all = [...document.querySelectorAll('*')]
          return {
            tags: all.map(one => `${one.tagName} ${[...one.attributes].map(({ name }) => name).join(' ')}`),
            texts: [...document.querySelectorAll('failure')].map(one => one.textContent ?? ''),
          }
        },
        junitXml(texts.map(text => withText(main, text))),
      )
    const odd = [...hostileTexts, ']]>', '<![CDATA[x]]>', '&#0;&amp;', '\u0000\u0008\ufffe\uffff', '"\' a="b"']
    const [bad, good] = [await parsed(odd), await parsed(odd.map(() => 'plain text'))]
    expect(good.tags.length).toBeGreaterThan(200)
    expect(bad.tags).toEqual(good.tags)
    expect(bad.texts[odd.indexOf(']]>')]).toBe(']]>')
    expect(bad.texts[odd.indexOf('<![CDATA[x]]>')]).toBe('<![CDATA[x]]>')
    await page.close()
  })
})
