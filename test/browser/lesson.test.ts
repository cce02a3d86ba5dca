import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { explorerFile } from '../../reports/explorer-file.ts'
import { classSeed } from '../../sim/analysis/lesson/class-code.ts'
import { explainLesson } from '../../sim/analysis/lesson/explanation.ts'
import { loadLesson } from '../../sim/analysis/lesson/load.ts'
import { createLessonComputer, joinBlocks } from '../../sim/analysis/lesson/runs.ts'
import { barsOf, scoreOf } from '../../sim/analysis/lesson/score.ts'
import { scenarioFiles } from '../../sim/scenario-files.ts'
import { chromiumPath, quiet } from './chromium.ts'

const executablePath = chromiumPath()
const needs = executablePath === undefined ? ' (skipped: no Chromium; set CHROMIUM or put chromium on the PATH)' : ''

const lessonOf = (id: string) => {
  const path = `scenarios/lessons/${id}.yaml`
  return loadLesson(path, scenarioFiles(path))
}

describe.skipIf(executablePath === undefined)(`lessons in Chromium${needs}`, () => {
  let browser: Browser
  let folder: string
  let file: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lessons-'))
    file = join(folder, 'explorer.html')
    await writeFile(file, await explorerFile())
    browser = await chromium.launch({ executablePath: executablePath!, args: quiet })
  })
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** Opens the page at a fragment, and keeps what it complains about. */
  async function opened(fragment: string, width = 1280): Promise<{ page: Page; complaints: string[] }> {
    const context = await browser.newContext({ viewport: { width, height: 720 }, offline: true })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', message => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
    })
    page.on('pageerror', error => complaints.push(String(error)))
    page.on('request', request => {
      if (!/^(?:file|blob|data):/.test(request.url())) complaints.push(request.url())
    })
    await page.addInitScript(() => {
      const seen: string[] = []
      Object.assign(globalThis, { violations: seen })
      addEventListener('securitypolicyviolation', event => seen.push(`${event.violatedDirective} ${event.blockedURI}`))
    })
    await page.goto(pathToFileURL(file).href + fragment)
    await page.waitForSelector('main.lesson h1', { timeout: 60_000 })
    return { page, complaints }
  }

  async function close(page: Page, complaints: readonly string[]): Promise<void> {
    const violations = await page.evaluate(() => (globalThis as unknown as { violations: string[] }).violations)
    expect([...complaints, ...violations]).toEqual([])
    await page.context().close()
  }

  /** Presses Tab until what is focused is called so. */
  async function tabTo(page: Page, name: RegExp): Promise<void> {
    for (let presses = 0; presses < 60; presses++) {
      const label = await page.evaluate(() => {
        const here = document.activeElement as HTMLInputElement | null
        return here?.labels?.[0]?.textContent ?? here?.textContent ?? ''
      })
      if (name.test(label)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`expected to reach ${name} by Tab`)
  }

  const points = (page: Page) => page.locator('#points').textContent({ timeout: 120_000 })
  const figures = (page: Page) => page.locator('.shown .figure').allTextContents()

  test('a lesson is taught by keyboard alone, and its points are those of the engine', async () => {
    const { page, complaints } = await opened('#lesson=')
    await tabTo(page, /^The free entrance ticket/)
    await page.keyboard.press('Enter')
    await page.waitForSelector('#class-code')
    await tabTo(page, /^Class code/)
    await page.keyboard.type('Blue Room 7')
    await tabTo(page, /^Start$/)
    await page.keyboard.press('Enter')
    await page.waitForSelector('.fact')
    await tabTo(page, /^Make your prediction$/)
    await page.keyboard.press('Enter')
    await page.waitForSelector('.drag')
    await tabTo(page, /^Shell/)
    for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowRight')
    await tabTo(page, /^Council/)
    await page.keyboard.press('Home')
    const guess = await page
      .locator('.drag input')
      .evaluateAll(bars => bars.map(bar => Number((bar as HTMLInputElement).value)))
    expect(guess.reduce((sum, bar) => sum + bar, 0)).toBe(100)
    expect(guess[2]).toBe(0)
    expect(guess[3]).toBeGreaterThanOrEqual(20)
    await tabTo(page, /^Commit and run$/)
    await page.keyboard.press('Enter')
    const shown = await points(page)

    const lesson = await lessonOf('free-ticket')
    const seed = classSeed('Blue Room 7')!
    const runs = joinBlocks(lesson, seed, [createLessonComputer(lesson, seed)(0, lesson.document.runs)])
    const { bars } = lesson.document.predict
    const shares = guess.map(bar => bar / 100)
    expect(shown).toBe(scoreOf(runs, bars, shares).points.toFixed(0))
    const expected = barsOf(runs, bars).map(({ value }) => `${Math.round(100 * value)} %`)
    expect((await figures(page)).map(text => text.replace(/ \(.*$/, ''))).toEqual(expected)
    expect(await page.locator('.findings li.holds').count()).toBe(lesson.document.findings.length)

    await tabTo(page, /^Why\?$/)
    await page.keyboard.press('Enter')
    await page.waitForSelector('.waterfall', { timeout: 60_000 })
    const { waterfalls } = explainLesson(lesson, seed)
    expect(await page.locator('.waterfall .end .figure').last().textContent()).toBe(waterfalls[0]!.to.toFixed(3))
    await tabTo(page, /^Discuss$/)
    await page.keyboard.press('Enter')
    await page.waitForSelector('.discuss')
    expect(await page.locator('.discuss li').count()).toBe(3)
    await tabTo(page, /^Teacher’s note$/)
    await page.keyboard.press('Enter')
    expect(await page.locator('.teacher').evaluate(note => (note as HTMLDetailsElement).open)).toBe(true)
    await close(page, complaints)
  })

  test('a class code gives the same shares however it is typed, and those of the engine to the last bit', async () => {
    const lesson = await lessonOf('template')
    const address = '#lesson=template&step=reveal&guess=10,10,50,10,10,10&code='
    const seen: string[][] = []
    const { page, complaints } = await opened(address + encodeURIComponent('Blue Room 7'))
    for (const code of ['Blue Room 7', 'red', ' blue  ROOM 7 ']) {
      await page.evaluate(hash => {
        location.hash = hash
      }, address + encodeURIComponent(code))
      await page.waitForFunction(
        code =>
          document.querySelector('.growing')?.textContent?.includes(`class code ${code.trim().replace(/\s+/g, ' ')}`),
        code,
      )
      await points(page)
      seen.push(await figures(page))
    }
    const own = await page.evaluate(
      ({ lesson, seed }) => {
        const script = document.scripts[document.scripts.length - 1]!.text
        const worker = new Worker(URL.createObjectURL(new Blob([script])))
        return new Promise<string>(done => {
          worker.addEventListener('message', ({ data }) => done(JSON.stringify(data.answer)))
          worker.postMessage({ id: 1, kind: 'lesson', lesson, seed, first: 0, count: 40 })
        })
      },
      { lesson: structuredClone(lesson) as never, seed: 'red' },
    )
    expect(own).toBe(JSON.stringify(createLessonComputer(lesson, 'red')(0, 40)))
    await close(page, complaints)
    expect(seen[0]).toHaveLength(6)
    expect(seen[1]).not.toEqual(seen[0])
    expect(seen[2]).toEqual(seen[0])
  })

  test('an opened lesson is inert however hostile its texts, and a broken one is told by line and column', async () => {
    const hostile = '<img src=x onerror="window.taken=1"><script>window.taken=1</script>\\u202e {{7}}'
    const template = readFileSync('scenarios/lessons/template.yaml', 'utf8').replace('runs: 500', 'runs: 100')
    const texts = template
      .replace('Title of your lesson', `"${hostile.replaceAll('"', '\\"')}"`)
      .replace('name: Much is delivered', `name: "${hostile.replaceAll('"', '\\"')}"`)
      .replace('First question?', `"${hostile.replaceAll('"', '\\"')}"`)
      .replace('A format that delivers is more alive.', `"${hostile.replaceAll('"', '\\"')}"`)
    const { page, complaints } = await opened('#lesson=')
    await page.locator('summary').click()
    const choose = (name: string, text: string) =>
      page.locator('#lesson-file').setInputFiles({ name, mimeType: 'text/yaml', buffer: Buffer.from(text) })
    await choose('broken.yaml', texts.replace('{ quantity: v, label', '{ quantity: vv, label'))
    const line = texts.split('\n').findIndex(text => text.includes('{ quantity: v, label')) + 1
    await page.waitForFunction(() => document.querySelector('.problems')?.textContent !== '')
    expect(await page.locator('.problems').textContent()).toMatch(
      new RegExp(`^broken\\.yaml:${line}:\\d+: error\\[unknown-quantity\\]`),
    )
    await choose('mine.yaml', texts)
    await page.waitForSelector('#class-code')
    expect(await page.locator('.kind').first().textContent()).toContain('<img src=x')
    for (const step of ['background', 'predict', 'reveal', 'why', 'discuss']) {
      await page.evaluate(name => {
        const query = new URLSearchParams(location.hash.slice(1))
        query.set('step', name)
        query.set('guess', '10,10,50,10,10,10')
        location.hash = query.toString()
      }, step)
      if (step === 'reveal') await points(page)
      if (step === 'why') await page.waitForSelector('.waterfall', { timeout: 60_000 })
    }
    expect(await page.locator('.discuss').textContent()).toContain('<img src=x')
    expect(
      await page.evaluate(() => [Reflect.get(globalThis, 'taken'), document.querySelectorAll('main img').length]),
    ).toEqual([undefined, 0])
    await close(page, complaints)
  })

  test('every step fits a narrow screen, and every lesson two pages of paper', async () => {
    // The lesson with the widest table, and a tenth of its runs.
    const wide = readFileSync('scenarios/lessons/sanctions-and-settlement.yaml', 'utf8').replace(
      'runs: 1000',
      'runs: 100',
    )
    const { page, complaints } = await opened(
      `#${new URLSearchParams({ lesson: 'narrow', guess: '20,60,20', code: 'a', 'file.narrow.yaml': wide })}`,
      320,
    )
    for (const step of ['question', 'background', 'predict', 'reveal', 'why', 'discuss']) {
      await page.evaluate(name => {
        const query = new URLSearchParams(location.hash.slice(1))
        query.set('step', name)
        location.hash = query.toString()
      }, step)
      await page.waitForFunction(name => new URLSearchParams(location.hash.slice(1)).get('step') === name, step)
      if (step === 'reveal') await points(page)
      expect(await page.evaluate(() => document.documentElement.scrollWidth), step).toBeLessThanOrEqual(320)
    }
    for (const id of ['bandwagon-or-balance', 'corridors-as-autonomy', 'sanctions-and-settlement', 'words-and-deeds']) {
      await page.evaluate(name => {
        location.hash = `lesson=${name}`
      }, id)
      const { document } = await lessonOf(id)
      await page.waitForFunction(
        title => globalThis.document.querySelector('.sheet h1')?.textContent === title,
        document.lesson,
      )
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
      expect(pdf.match(/\/Type \/Page\b/g), id).toHaveLength(2)
    }
    await close(page, complaints)
  })
})
