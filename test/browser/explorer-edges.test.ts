import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { createBlockComputer } from '../../reports/explorer/engine/block.ts'
import { batchExplorer, explorerFile } from '../../reports/explorer-file.ts'
import { outcomes } from '../../sim/model/outcomes.ts'
import { harmless, hostile, reported } from '../reports/reported.ts'
import { shippedDocument } from '../world.ts'
import { answerOf, executablePath, needs, problemsOf, settled, startOf, useExplorer } from './explorer-page.ts'
import { violationsOf } from './open-page.ts'

describe.skipIf(executablePath === undefined)(`the explorer at its edges${needs}`, () => {
  const { folder, written, opened } = useExplorer()

  test('with hostile texts has the DOM of its harmless twin, and runs nothing', async () => {
    const document = await shippedDocument('cis-plus-2030')
    const skeletons = await Promise.all(
      [hostile, harmless].map(async change => {
        // High enough for every picture to be in sight, since what is out of sight waits.
        const viewport = { width: 1280, height: 4000 }
        const address = `${await written(startOf(change(document)))}#explore&runs=200`
        const { page, complaints } = await opened(address, { viewport })
        await settled(page)
        const skeleton = await page.$$eval('*', all =>
          all.map(one => `${one.tagName} ${[...one.attributes].map(({ name }) => name).join(' ')}`),
        )
        expect(await page.textContent('h1')).toContain(change === hostile ? '<img src=x' : 'ximg src=x')
        expect(complaints).toEqual([])
        expect(await violationsOf(page)).toEqual([])
        await page.context().close()
        return skeleton
      }),
    )
    expect(skeletons[0]!.length).toBeGreaterThan(300)
    expect(skeletons[0]).toEqual(skeletons[1])
  })

  test.each([
    [320, ''],
    [1280, ''],
    [1280, '&projector='],
    [3840, '&projector='],
  ])('fits a width of %i%s without scrolling sideways, also with a wide font', async (width, more) => {
    const address = `${await written()}#explore&runs=200&set.delivered=0.9&seed=a-seed-of-many-letters-that-has-no-place-to-break${more}`
    const { page } = await opened(address, { viewport: { width, height: 900 } })
    await settled(page)
    const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(await sideways()).toBeLessThanOrEqual(0)
    await page.evaluate(() => document.documentElement.style.setProperty('letter-spacing', '0.12em'))
    expect(await sideways()).toBeLessThanOrEqual(0)
    await page.context().close()
  })

  test.each([320, 390, 1280, 1440])('cuts off no word of a picture at a width of %i', async width => {
    const address = `${await written()}#explore&runs=200&set.delivered=0.9`
    const { page } = await opened(address, { viewport: { width, height: 6000 } })
    await settled(page)
    const cut = await page.$$eval('figure svg text', all =>
      all.flatMap(one => {
        const [text, picture] = [one.getBoundingClientRect(), one.closest('svg')!.getBoundingClientRect()]
        const out = Math.max(picture.left - text.left, text.right - picture.right)
        return out > 0.5 ? [`${one.closest('figure')!.id}: ${one.textContent} by ${out.toFixed(1)}`] : []
      }),
    )
    expect(cut).toEqual([])
    await page.context().close()
  })

  test('leaves a small screen to the pictures until somebody opens the parameters', async () => {
    const viewport = { width: 390, height: 844 }
    const { page } = await opened(`${await written()}#explore&runs=200`, { viewport })
    await settled(page)
    const height = () => page.$eval('.panel', panel => panel.getBoundingClientRect().height / innerHeight)
    expect(await height()).toBeLessThan(0.07)
    expect(await page.locator('.lever:visible').count()).toBe(0)
    const opener = page.getByRole('button', { name: 'Parameters', expanded: false })
    await opener.click()
    expect(await page.locator('.lever:visible').count()).toBe(6)
    expect(await height()).toBeLessThan(0.55)
    await page.getByRole('button', { name: 'Parameters', expanded: true }).click()
    expect(await height()).toBeLessThan(0.07)
    await page.setViewportSize({ width: 1280, height: 900 })
    expect(await page.locator('.opener:visible').count()).toBe(0)
    expect(await page.locator('.lever:visible').count()).toBe(6)
    await page.context().close()
  })

  test('is reached by keyboard alone, every stop with a name', async () => {
    const { page } = await opened(`${await written()}#explore&runs=200`)
    await settled(page)
    const stops: string[] = []
    for (let n = 0; n < 90; n++) {
      await page.keyboard.press('Tab')
      const stop = await page.evaluate(() => {
        const one = document.activeElement as HTMLElement
        const label =
          (one as HTMLInputElement).labels?.[0]?.textContent ?? one.getAttribute('aria-label') ?? one.textContent
        return one === document.body ? '' : `${one.tagName} ${label?.trim()}`
      })
      if (stop === '' || (n > 0 && stop === stops[0])) break
      stops.push(stop)
    }
    expect(stops.filter(stop => /^\w+ $/.test(stop))).toEqual([])
    for (const name of [
      'SELECT Scenario',
      'SELECT Compared with',
      'BUTTON Pin this state',
      'INPUT Quarter',
      'SELECT State',
    ])
      expect(
        stops.some(stop => stop.startsWith(name)),
        name,
      ).toBe(true)
    // Six levers are in sight; the others are behind two lines to open.
    expect(stops.filter(stop => stop.startsWith('INPUT') && stop.includes('win-win'))).toHaveLength(4)
    await page.fill('#lever-search', 'corridor')
    expect(await page.locator('.lever:visible').count()).toBeGreaterThan(5)
    expect(await page.textContent('.panel [role=status]')).toMatch(/^\d+ of 83 parameters$/)
    await page.context().close()
  })

  test('without workers says so, and computes fewer runs itself', async () => {
    const { page } = await opened(await written(), {}, () => {
      Reflect.deleteProperty(globalThis, 'Worker')
    })
    await settled(page)
    expect((await problemsOf(page))[0]).toContain('starts no worker')
    expect(await page.textContent('#runs')).toBe('400 runs')
    await page.context().close()
  })

  test('with little memory says so and stays with the runs there is room for', async () => {
    const { page } = await opened(`${await written()}#explore&set.delivered=0.7`, {}, () => {
      const Real = Float32Array
      globalThis.Float32Array = new Proxy(Real, {
        construct(target, [first, ...rest]: [unknown]) {
          if (typeof first === 'number' && first > 1e6) throw new RangeError('Array buffer allocation failed')
          return Reflect.construct(target, [first, ...rest])
        },
      })
    })
    await page.waitForSelector('.problem')
    expect((await problemsOf(page))[0]).toMatch(
      /^There is too little memory for more than \d+ runs, so these are all\./,
    )
    expect(await answerOf(page)).toMatch(/^Of \d+ runs/)
    await page.context().close()
  })

  test('refuses what an address asks for and no scenario allows', async () => {
    const { page } = await opened(`${await written()}#explore&runs=200&set.delivered=99&set.nonsense=1&set.ticket=0.3`)
    await settled(page)
    expect((await problemsOf(page))[0]).toBe(
      'delivered: expected a number from 0 to 1, got 99; it is left as it is\nnonsense: expected a parameter of this scenario; it is left as it is',
    )
    expect(await page.textContent('h1')).toBe('CIS Plus until 2030, with ticket 0.3')
    await page.context().close()
  })

  test('shows the error of a worker', async () => {
    const { page } = await opened(await written(), {}, () => {
      const post = Worker.prototype.postMessage
      Worker.prototype.postMessage = function (this: Worker, message: { kind: string; id: number }) {
        if (message.kind !== 'block') return post.call(this, message)
        this.dispatchEvent(new MessageEvent('message', { data: { id: message.id, error: 'planted' } }))
      } as typeof post
    })
    await page.waitForSelector('.problem')
    expect((await problemsOf(page))[0]).toContain('planted')
    await page.context().close()
  })

  test('beside the report of a batch opens with its scenario and seed, computes its very runs and shows its shares', async () => {
    const { summary, document } = await reported(undefined, 'sanctions-wave', 200)
    const path = join(folder(), 'batch.html')
    await writeFile(path, await batchExplorer(summary, document))
    const { page } = await opened(pathToFileURL(path).href)
    await page.waitForSelector('html[data-runs]', { state: 'attached' })
    expect(await page.textContent('h1')).toBe(summary.title)
    expect(await page.inputValue('#seed')).toBe(summary.plan.seed)
    expect(await page.textContent('header')).toContain(`digest ${summary.digest.slice(0, 12)}`)
    const counted = createBlockComputer(document, summary.plan.seed)(0, 200).outcome
    expect(outcomes.map((_, k) => counted.filter(one => one === k).length)).toEqual(
      summary.outcomes.map(({ count }) => count),
    )
    await page.context().close()
  })

  test('is one file of less than 1.5 MB', async () => {
    expect(Buffer.byteLength(await explorerFile())).toBeLessThan(1.5e6)
  })
})
