import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadPageAssets, type PageAssets, withStyle } from '../../reports/page-assets.ts'
import { pageOf, type Reported, reported } from '../reports/reported.ts'
import { chromiumPath, quiet } from './chromium.ts'
import { openPage } from './open-page.ts'

const executablePath = chromiumPath()
const needs = executablePath === undefined ? ' (skipped: no Chromium; set CHROMIUM or put chromium on the PATH)' : ''

describe.skipIf(executablePath === undefined)(`whoever reads the report${needs}`, () => {
  let browser: Browser
  let folder: string
  let main: Reported
  let assets: PageAssets

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'accessible-'))
    browser = await chromium.launch({ executablePath: executablePath!, args: quiet })
    main = await reported()
    assets = await loadPageAssets()
  })
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('by keyboard reaches every control in order, sees where it is, and gets through', async () => {
    const { page } = await openPage(browser, folder, pageOf(main, assets))
    const expected = await page.evaluate(focusable)
    expect(expected.length).toBeGreaterThan(60)
    const walked: string[] = []
    const faults: string[] = []
    for (let n = 0; n < expected.length; n++) {
      await page.keyboard.press('Tab')
      const { name, outline, covered } = await page.evaluate(focused)
      walked.push(name)
      if (!outline) faults.push(`${name}: no visible focus`)
      if (covered) faults.push(`${name}: behind the bar`)
    }
    expect(walked).toEqual(expected)
    expect(faults).toEqual([])
    await page.context().close()
  })

  test('by keyboard alone chooses a state, and opens a table', async () => {
    const { page } = await openPage(browser, folder, pageOf(main, assets))
    await page.focus('.choices [name=actor]')
    await page.keyboard.type('Kaz')
    await page.waitForFunction(() => location.hash === '#actor=KAZ')
    await page.focus('#outcomes summary')
    await page.keyboard.press('Enter')
    expect(await page.$eval('#outcomes details', details => (details as HTMLDetailsElement).open)).toBe(true)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement!.getAttribute('aria-label'))).toBe('Outcomes of runs')
    await page.context().close()
  })

  test('by ear gets a name for every control, picture and region', async () => {
    const { page } = await openPage(browser, folder, pageOf(main, assets))
    const session = await page.context().newCDPSession(page)
    const { nodes } = (await session.send('Accessibility.getFullAXTree')) as {
      nodes: { ignored: boolean; role?: { value: string }; name?: { value: string } }[]
    }
    const named = [
      'button',
      'combobox',
      'slider',
      'link',
      'image',
      'img',
      'region',
      'form',
      'navigation',
      'heading',
      'DisclosureTriangle',
    ]
    const shown = nodes.filter(({ ignored, role }) => !ignored && named.includes(role?.value ?? ''))
    const roles = new Set(shown.map(({ role }) => role!.value))
    expect([...roles]).toEqual(expect.arrayContaining(['button', 'combobox', 'slider', 'link', 'heading', 'form']))
    expect(shown.filter(({ name }) => !name?.value.trim()).map(({ role }) => role!.value)).toEqual([])
    const pictures = shown.filter(({ role }) => role!.value === 'image' || role!.value === 'img')
    expect(pictures.length).toBeGreaterThan(20)
    expect(await page.$$eval('h1, h2, h3', all => all.map(({ tagName }) => Number(tagName[1])))).toSatisfy(
      (levels: number[]) => levels.every((level, n) => (n === 0 ? level === 1 : level <= levels[n - 1]! + 1)),
    )
    await page.context().close()
  })

  test.each(['light', 'dark'] as const)(
    'in the %s sees text at 4.5 to 1 and the edges of marks at 3 to 1',
    async colorScheme => {
      const { page } = await openPage(browser, folder, pageOf(main, assets), { options: { colorScheme } })
      await page.$$eval('details', all =>
        all.forEach(one => {
          one.open = true
        }),
      )
      const { looked, faint } = await page.evaluate(faintTexts)
      expect(looked).toBeGreaterThan(3000)
      expect(faint).toEqual([])
      const bars = await page.evaluate(faintBars)
      expect(bars.looked).toBeGreaterThan(50)
      expect(bars.faint).toEqual([])
      // A text of the colour of its ground is found.
      await page.evaluate(() => {
        document.querySelector<HTMLElement>('.answer')!.style.color = getComputedStyle(document.body).backgroundColor
      })
      expect((await page.evaluate(faintTexts)).faint.length).toBeGreaterThan(0)
      await page.context().close()
    },
  )

  test('on a phone whose font is wide scrolls down only', async () => {
    const wide = `${assets.style}\nhtml,code,pre,select,button,svg text{font-family:monospace!important;letter-spacing:.08em}`
    const html = pageOf(main, withStyle(assets, wide))
    const { page } = await openPage(browser, folder, html, { options: { viewport: { width: 360, height: 760 } } })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    const outside = await page.$$eval('.choices *, nav a, h1, h2, h3, summary, p, li', all =>
      all.filter(one => one.getBoundingClientRect().right > 361).map(one => one.textContent!.slice(0, 40)),
    )
    expect(outside).toEqual([])
    const bar = await page.$eval('.choices', one => one.getBoundingClientRect().height)
    expect(bar).toBeLessThan(760 / 4)
    await page.context().close()
  })

  test('who wants no motion gets none', async () => {
    const { page } = await openPage(browser, folder, pageOf(main, assets), { options: { reducedMotion: 'reduce' } })
    const moving = await page.$$eval('*', all =>
      all
        .filter(one => {
          const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(one)
          return animationName !== 'none' || !/^0s(, 0s)*$/.test(transitionDuration) || scrollBehavior === 'smooth'
        })
        .map(({ tagName }) => tagName),
    )
    expect(moving).toEqual([])
    await page.context().close()
  })
})

/** Everything the tab key should reach, in order, by what it says. Runs in the page. */
function focusable(): string[] {
  const all = [...document.querySelectorAll<HTMLElement>('a[href], button, select, input, summary, [tabindex="0"]')]
  return all
    .filter(one => one.checkVisibility({ contentVisibilityAuto: true }))
    .map(
      one =>
        `${one.tagName} ${(one.getAttribute('aria-label') ?? one.getAttribute('name') ?? one.textContent ?? '').slice(0, 40)}`,
    )
}

/** What has the focus, whether that is seen, and whether the bar lies over it. Runs in the page. */
function focused(): { name: string; outline: boolean; covered: boolean } {
  const one = document.activeElement as HTMLElement
  const { outlineStyle, outlineWidth } = getComputedStyle(one)
  const bar = document.querySelector('.choices')!
  const covered =
    !bar.contains(one) &&
    one.getBoundingClientRect().bottom <= bar.getBoundingClientRect().bottom &&
    bar.getBoundingClientRect().top <= 1
  return {
    name: `${one.tagName} ${(one.getAttribute('aria-label') ?? one.getAttribute('name') ?? one.textContent ?? '').slice(0, 40)}`,
    outline: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
    covered,
  }
}

/** Texts of the page that stand out from their ground by less than 4.5 to 1. Runs in the page. */
function faintTexts(): { looked: number; faint: string[] } {
  const parts = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number)
  const over = (top: number[], ground: number[]) =>
    [0, 1, 2].map(n => top[n]! * (top[3] ?? 1) + ground[n]! * (1 - (top[3] ?? 1)))
  const luminance = (colour: number[]) =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, n) => {
      const part = colour[n]! / 255
      return sum + weight * (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    }, 0)
  const contrast = (a: number[], b: number[]) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
    return (high! + 0.05) / (low! + 0.05)
  }
  const paper = parts(getComputedStyle(document.body).backgroundColor)
  const groundOf = (element: Element): number[] => {
    let ground = paper
    const chain: Element[] = []
    for (let one: Element | null = element; one; one = one.parentElement) chain.unshift(one)
    for (const one of chain) ground = over(parts(getComputedStyle(one).backgroundColor), ground)
    return ground
  }
  const faint: string[] = []
  let looked = 0
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement!
    if (!node.textContent!.trim() || element.closest('svg, script, noscript, option') || !element.checkVisibility())
      continue
    looked++
    const value = contrast(parts(getComputedStyle(element).color), groundOf(element))
    if (value < 4.5) faint.push(`${value.toFixed(1)} ${node.textContent!.slice(0, 40)}`)
  }
  // Words of charts that do not lie on a mark: those on one are checked with the colours of the theme.
  for (const element of document.querySelectorAll('[data-chart] svg text')) {
    const fill = getComputedStyle(element).fill
    if (!element.textContent!.trim() || fill === 'none') continue
    looked++
    const value = contrast(parts(fill), paper)
    const onMark = element.closest('#domain-heat, #core-tiers, #external-tiers, #actor-tiers, #input-grades')
    if (value < 4.5 && !onMark) faint.push(`${value.toFixed(1)} ${element.textContent!.slice(0, 40)}`)
  }
  return { looked, faint }
}

/** Bars whose fill and edge both stand out from the paper by less than 3 to 1. Runs in the page. */
function faintBars(): { looked: number; faint: string[] } {
  const luminance = (colour: string) => {
    const rgb = (colour.match(/[\d.]+/g) ?? []).map(Number)
    return [0.2126, 0.7152, 0.0722].reduce((sum, weight, n) => {
      const part = rgb[n]! / 255
      return sum + weight * (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    }, 0)
  }
  const paper = luminance(getComputedStyle(document.body).backgroundColor)
  const contrast = (colour: string) => {
    if (colour === 'none') return 1
    const [low, high] = [luminance(colour), paper].sort((x, y) => x - y)
    return (high! + 0.05) / (low! + 0.05)
  }
  const bars = [
    ...document.querySelectorAll(
      '#outcome-shares .mark-rect path, #actor-outcomes .mark-rect path, #actor-causes .mark-rect path',
    ),
  ]
  const faint = bars.flatMap(bar => {
    const { fill, stroke } = getComputedStyle(bar)
    return Math.max(contrast(fill), contrast(stroke)) < 3 ? [`${bar.closest('[data-chart]')!.id} ${fill}`] : []
  })
  return { looked: bars.length, faint: [...new Set(faint)] }
}
