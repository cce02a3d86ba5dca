import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadPageAssets } from '../../reports/page-assets.ts'
import { harmless, hostile, pageOf, reported } from '../reports/reported.ts'
import { chromiumPath, quiet } from './chromium.ts'
import { openPage, violationsOf } from './open-page.ts'

const executablePath = chromiumPath()
const needs = executablePath === undefined ? ' (skipped: no Chromium; set CHROMIUM or put chromium on the PATH)' : ''

describe.skipIf(executablePath === undefined)(`choices in the report${needs}`, () => {
  let browser: Browser
  let folder: string
  let text: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'choices-'))
    browser = await chromium.launch({ executablePath: executablePath!, args: quiet })
    text = pageOf(await reported(), await loadPageAssets())
  })
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })

  const opened = (fragment = '', html = text) => openPage(browser, folder, html, { fragment })
  /** What is chosen, in every place that shows it. */
  const shown = (page: Page) =>
    page.evaluate(() => {
      const value = (name: string) => document.querySelector<HTMLInputElement>(`.choices [name=${name}]`)!.value
      return {
        actor: value('actor'),
        outcome: value('outcome'),
        quarter: document.querySelector('.choices output')!.textContent,
        said: document.querySelector('.said')!.textContent,
        depth: document.querySelector('#depth h2')!.textContent,
        hash: location.hash,
      }
    })
  const settled = (page: Page, after: string | null) =>
    page.waitForFunction(before => (document.documentElement.dataset.settled ?? null) !== before, after, {
      timeout: 60_000,
    })
  const turnOf = (page: Page) => page.evaluate(() => document.documentElement.dataset.settled ?? null)
  const pictureOf = (page: Page, id: string) => page.$eval(`#${id} svg`, svg => svg.outerHTML)

  test('of a state mark it in the plane, the clouds, the fans and the map, and show it in depth', async () => {
    const { page, complaints } = await opened()
    const ids = [
      'duality-plane',
      'change-clouds',
      'actor-gap-fans',
      'actor-outcomes',
      'gap-map',
      'actor-paths',
      'actor-causes',
    ]
    const before = await Promise.all(ids.map(id => pictureOf(page, id)))
    const others = await pictureOf(page, 'outcome-shares')
    const turn = await turnOf(page)
    await page.selectOption('.choices [name=actor]', 'KAZ')
    await settled(page, turn)
    const after = await Promise.all(ids.map(id => pictureOf(page, id)))
    expect(ids.filter((_, n) => after[n] === before[n])).toEqual([])
    expect(await pictureOf(page, 'outcome-shares')).toBe(others)
    const state = await shown(page)
    expect(state).toMatchObject({ depth: 'One state in depth: Kazakhstan', hash: '#actor=KAZ' })
    expect(state.said).toMatch(
      /^Kazakhstan at the end: gap [−+]?0\.\d{3} \(.+\) since the start, .+ It ends in .+ of runs\.$/,
    )
    expect(await page.getAttribute('#actor-causes', 'aria-label')).toMatch(/^Causes for Kazakhstan\. Institutional/)
    expect(await page.$eval('#actor-paths svg', svg => svg.textContent)).toContain('Kazakhstan')
    expect(complaints).toEqual([])
    expect(await violationsOf(page)).toEqual([])
    await page.context().close()
  })

  test('of an outcome and a quarter change the map, and of a quarter the plane', async () => {
    const { page } = await opened()
    const [map, plane] = [await pictureOf(page, 'gap-map'), await pictureOf(page, 'duality-plane')]
    let turn = await turnOf(page)
    await page.selectOption('.choices [name=outcome]', 'duality')
    await settled(page, turn)
    const shares = await pictureOf(page, 'gap-map')
    expect(shares).not.toBe(map)
    expect(shares).toContain('share of runs in strategic duality')
    const said = () => page.getAttribute('#gap-map', 'aria-label')
    expect(await said()).toMatch(/^Map of the share of runs that end in strategic duality: .+ \d+\s% \(/)
    const words = (id: string) => page.$eval(`#${id}`, section => section.querySelector('h2')!.textContent)
    const caveat = () => page.textContent('#map h2 + p')
    expect(await words('map')).toMatch(
      /^Strategic duality is most frequent, of the core states, in .+ \(\d+\s% of runs\) and least in .+ \([\d.]+\s%\)$/,
    )
    expect(await caveat()).toMatch(/^A state is judged by its own change at the end\./)
    expect(await pictureOf(page, 'duality-plane')).toBe(plane)
    turn = await turnOf(page)
    await page.focus('.choices [name=tick]')
    await page.keyboard.press('ArrowLeft')
    await settled(page, turn)
    expect(await pictureOf(page, 'duality-plane')).not.toBe(plane)
    expect(await shown(page)).toMatchObject({ quarter: '2030Q3', hash: '#outcome=duality&quarter=2030Q3' })
    expect(await page.getAttribute('#duality-plane', 'aria-label')).toMatch(
      /^Scatter plot of the core states in 2030Q3\./,
    )
    expect(await words('plane')).toMatch(/^In 2030Q3, in the median, practice leaves Russia in \d of 9 core states/)
    await page.click('.choices button')
    expect(await words('map')).toMatch(/^The gap widens in \d+ states/)
    expect(await words('plane')).toMatch(/^In the median, practice leaves/)
    expect(await caveat()).toMatch(/^For states outside the core/)
    expect(await said()).toMatch(/^Map of the median change of the gap\. Widest/)
    expect(await shown(page)).toMatchObject({ actor: '', outcome: '', quarter: '2030Q4', hash: '' })
    await page.context().close()
  })

  test('come from the address, also beside a section, and back and forward bring them again', async () => {
    const { page } = await opened('#map&actor=UZB&outcome=realignment&quarter=2028Q4')
    expect(await shown(page)).toMatchObject({ actor: 'UZB', outcome: 'realignment', quarter: '2028Q4' })
    await page.waitForFunction(() => Math.abs(document.querySelector('#map')!.getBoundingClientRect().top) < 300)
    await page.selectOption('.choices [name=actor]', 'ARM')
    expect((await shown(page)).hash).toBe('#map&actor=ARM&outcome=realignment&quarter=2028Q4')
    await page.goBack()
    await page.waitForFunction(
      () => document.querySelector<HTMLSelectElement>('.choices [name=actor]')!.value === 'UZB',
    )
    await page.goForward()
    await page.waitForFunction(
      () => document.querySelector<HTMLSelectElement>('.choices [name=actor]')!.value === 'ARM',
    )
    await page.click('nav a[href="#limits"]')
    await page.waitForFunction(() => location.hash.startsWith('#limits&actor=ARM'))
    expect(await shown(page)).toMatchObject({ actor: 'ARM', quarter: '2028Q4' })
    await page.context().close()
  })

  test.each([
    '#actor=nobody&outcome=%E0%A4%A&quarter=1999Q1',
    '#actor=<img src=x onerror=alert(1)>',
    '#&&==&actor',
    '#constructor',
  ])('pass over what is not offered: %s', async fragment => {
    const { page, complaints } = await opened(fragment)
    expect(await shown(page)).toMatchObject({ actor: '', outcome: '', quarter: '2030Q4' })
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('are made by a click on a state of the plane or the map, and undone by another', async () => {
    const { page } = await opened()
    const plane = page.locator('#duality-plane svg .mark-symbol path').last()
    await plane.click({ force: true })
    const { actor } = await shown(page)
    expect(actor).toMatch(/^[A-Z]{3}$/)
    const map = page.locator('#gap-map svg .mark-shape path[fill*="away"]').first()
    await map.click({ force: true })
    const second = (await shown(page)).actor
    expect(second).not.toBe('')
    await page.context().close()
  })

  test('are there in a world without CIS Plus too, with every chart', async () => {
    const html = pageOf(await reported(undefined, 'without-cis-plus', 40), await loadPageAssets())
    const { page, complaints } = await opened('#actor=KAZ&outcome=realignment', html)
    await page.waitForSelector('html[data-drawn]', { state: 'attached' })
    expect(await page.isVisible('.choices')).toBe(true)
    expect((await shown(page)).depth).toContain('Kazakhstan')
    const empty = await page.$$eval('figure:not([hidden]) [data-chart]', places =>
      places.filter(place => place.querySelector('svg') === null).map(place => place.id),
    )
    expect(empty).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('do not move the page, and the sentence is announced politely', async () => {
    const { page } = await opened('#membership')
    await page.evaluate(() =>
      scrollTo({ top: document.querySelector<HTMLElement>('#domains')!.offsetTop, behavior: 'instant' }),
    )
    const top = () => page.$eval('#domains', section => Math.round(section.getBoundingClientRect().top))
    const before = await top()
    const turn = await turnOf(page)
    await page.selectOption('.choices [name=actor]', 'ARM')
    await settled(page, turn)
    expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(2)
    expect(await page.getAttribute('.said', 'aria-live')).toBe('polite')
    await page.context().close()
  })

  test('with hostile texts leave the DOM of the harmless twin', async () => {
    const skeletons = await Promise.all(
      [hostile, harmless].map(async change => {
        const html = pageOf(await reported(change, undefined, 40), await loadPageAssets())
        const { page, complaints } = await opened('#actor=KAZ&outcome=duality&quarter=2028Q4', html)
        const skeleton = await page.$$eval('*', all =>
          all.map(one => `${one.tagName} ${[...one.attributes].map(({ name }) => name).join(' ')}`),
        )
        expect((await shown(page)).actor).toBe('KAZ')
        expect(complaints).toEqual([])
        expect(await violationsOf(page)).toEqual([])
        await page.context().close()
        return skeleton
      }),
    )
    expect(skeletons[0]).toEqual(skeletons[1])
  })

  test('need the script: without it there is no bar that does nothing', async () => {
    const { page } = await openPage(browser, folder, text, { options: { javaScriptEnabled: false }, drawn: false })
    expect(await page.isVisible('.choices')).toBe(false)
    expect(await page.locator('#depth table').count()).toBeGreaterThan(3)
    await page.context().close()
  })
})
