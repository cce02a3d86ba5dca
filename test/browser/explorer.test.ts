import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { explorerFile } from '../../reports/explorer-file.ts'
import { traceRun } from '../../sim/model/trace.ts'
import { loadScenarioFile } from '../../sim/scenario-files.ts'
import { shippedDocument } from '../world.ts'
import { answerOf, executablePath, needs, problemsOf, settled, useExplorer } from './explorer-page.ts'
import { violationsOf } from './open-page.ts'

/** Runs of an independent implementation: what the engine must give, here and in Node. */
interface Golden {
  readonly variant: string
  readonly overrides: Record<string, number>
  readonly runs: readonly {
    readonly seed: number
    readonly run: number
    readonly outcome: string
    readonly indices: Record<string, number[]>
  }[]
}

describe.skipIf(executablePath === undefined)(`the explorer in Chromium${needs}`, () => {
  const { folder, written, opened } = useExplorer()

  async function download(page: Page, act: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
    const [file] = await Promise.all([page.waitForEvent('download'), act()])
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
  }

  test('computes the golden runs in a worker, bit for bit as Node does', async () => {
    const { page } = await opened(await written())
    const document = await shippedDocument('baseline')
    const goldens = readdirSync('test/golden')
      .filter(name => name.startsWith('run-'))
      .map(name => JSON.parse(readFileSync(join('test/golden', name), 'utf8')) as Golden)
    const questions = goldens.flatMap(({ overrides, runs }) =>
      runs.map(({ seed, run }) => ({ seed: String(seed), run, set: overrides })),
    )
    expect(questions.length).toBe(36)
    const answers = await page.evaluate(
      ({ document, questions }) => {
        const script = globalThis.document.scripts[globalThis.document.scripts.length - 1]!.text
        const worker = new Worker(URL.createObjectURL(new Blob([script])))
        return Promise.all(
          questions.map(
            (request, id) =>
              new Promise<string>((done, fail) => {
                worker.addEventListener('message', ({ data }) => {
                  if (data.id === id) 'error' in data ? fail(new Error(data.error)) : done(JSON.stringify(data.answer))
                })
                worker.postMessage({ id, kind: 'trace', document, request })
              }),
          ),
        )
      },
      { document: structuredClone(document) as never, questions },
    )
    // Text for text, but told apart by place: a whole run is too long for a message.
    const unlike = questions.filter((question, n) => answers[n] !== JSON.stringify(traceRun(document, question)))
    expect(unlike.map(({ seed, run }) => `seed ${seed} run ${run}`)).toEqual([])
    const traced = answers.map(answer => JSON.parse(answer) as { indices: Record<string, number[]>; label: string })
    const expected = goldens.flatMap(({ runs }) => runs)
    expect(traced.map(({ label }) => label)).toEqual(expected.map(({ outcome }) => outcome))
    const deviations = expected.flatMap(({ indices }, n) =>
      Object.entries(indices).flatMap(([name, values]) =>
        values.map((value, tick) => Math.abs(traced[n]!.indices[name]![tick]! - value)),
      ),
    )
    expect(deviations.length).toBeGreaterThan(10_000)
    expect(Math.max(...deviations)).toBeLessThan(1e-9)
    expect(await violationsOf(page)).toEqual([])
    await page.context().close()
  })

  test('grows to 2,000 runs from the file alone: nothing asked for, nothing forbidden, nothing to complain', async () => {
    const address = await written()
    const { page, complaints, requests } = await opened(address)
    await settled(page)
    expect(await page.textContent('#runs')).toBe('2,000 runs')
    expect(await answerOf(page)).toMatch(
      /^Of 2,000 runs under these assumptions, \d+\s%[^,.]* and \d+\s%[^,.]* in strategic duality\.$/,
    )
    const figures = await page.$$eval('figure', all => all.map(one => one.id))
    expect(figures).toEqual(['outcomes', 'plane', 'paths', 'map', 'actor', 'causes'].map(id => `figure-${id}`))
    for (const id of figures) {
      await page.locator(`#${id}`).scrollIntoViewIfNeeded()
      await page.waitForSelector(`#${id} svg[aria-label] text`)
    }
    expect(await page.$$eval('svg', all => all.filter(one => !one.getAttribute('aria-label')).length)).toBe(0)
    // Only the file itself and workers made of it.
    expect(requests.filter(url => !/^(?:file|data|blob):/.test(url))).toEqual([])
    expect(requests.filter(url => url.startsWith('file:'))).toEqual([address])
    expect(await violationsOf(page)).toEqual([])
    expect(complaints).toEqual([])
    expect(await problemsOf(page)).toEqual([])
    await page.context().close()
  })

  test('refuses a script and a request that somebody adds to the file', async () => {
    const planted = '<script>document.title="planted"</script><img src="https://example.org/x.png">'
    const path = join(folder(), 'planted.html')
    await writeFile(path, (await explorerFile()).replace('<div id="view">', `${planted}<div id="view">`))
    const { page } = await opened(pathToFileURL(path).href)
    const violations = await violationsOf(page)
    expect(violations.some(one => one.startsWith('script-src'))).toBe(true)
    expect(violations.some(one => one.startsWith('img-src'))).toBe(true)
    await page.waitForSelector('h1')
    expect(await page.title()).not.toBe('planted')
    await page.context().close()
  })

  test('served by a machine, redraws as a lever moves by keyboard, and keeps everything in its address', async () => {
    const text = await explorerFile()
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(text)
    })
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const { page, complaints } = await opened(`${address}#explore&runs=300`, { offline: false })
    await settled(page)
    const before = await answerOf(page)
    await page.focus('#lever-delivered')
    await page.keyboard.press('End')
    await settled(page)
    expect(await answerOf(page)).not.toBe(before)
    expect(await answerOf(page)).toMatch(/Against the scenario as it is: .*points \(/)
    expect(await page.textContent('h1')).toBe('CIS Plus until 2030, with delivered 1')
    expect(await page.textContent('#voice')).toBe(await answerOf(page))

    // A state that is pinned is what the next one is compared with.
    await page.getByRole('button', { name: 'Pin this state' }).click()
    await page.fill('[data-lever=ticket] input[type=number]', '0.45')
    await page.keyboard.press('Enter')
    await page.selectOption('#actor', 'UZB')
    await page.getByRole('slider', { name: 'Quarter', exact: true }).focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowRight')
    await settled(page)
    expect(await answerOf(page)).toContain('Against the pinned state')
    await page.waitForURL(/tick=1/)
    const shared = page.url()
    const shown = await page.$$eval('.card, .quarter, h1, #figure-outcomes text', all =>
      all.map(one => one.textContent),
    )

    const again = await opened(shared, { offline: false })
    await settled(again.page)
    expect(
      await again.page.$$eval('.card, .quarter, h1, #figure-outcomes text', all => all.map(one => one.textContent)),
    ).toEqual(shown)
    expect(await again.page.inputValue('#actor')).toBe('UZB')
    expect(await again.page.textContent('.quarter')).toBe('2026Q1')
    await again.page.context().close()

    await page.keyboard.press('Control+z')
    await settled(page)
    expect(await page.textContent('h1')).toBe('CIS Plus until 2030, with delivered 1')
    await page.getByRole('button', { name: 'Redo' }).click()
    expect(await page.textContent('h1')).toContain('ticket 0.45')
    await page.getByRole('button', { name: 'Reset' }).click()
    await settled(page)
    expect(await answerOf(page)).toBe(before)
    expect(complaints).toEqual([])
    expect(await violationsOf(page)).toEqual([])
    await page.context().close()
    server.close()
  })

  test('finds no difference at all where a parameter keeps its value, since runs are paired', async () => {
    const { page } = await opened(`${await written()}#explore&runs=200&set.need_weight=0.4`)
    await settled(page)
    expect(await answerOf(page)).toContain('no share moves beyond its interval')
    const moved = await page.$$eval('.card .moved', all => all.map(one => one.textContent!.replace(/ \(.*/, '')))
    expect(moved).toEqual(['0.0 points', '0.000', '0.000', '0.000'])
    await page.context().close()
  })

  test('plays through time, step by step and by itself', async () => {
    const { page } = await opened(`${await written()}#explore&runs=200&tick=17`)
    await settled(page)
    await page.getByRole('button', { name: 'One quarter back' }).click()
    expect(await page.textContent('.quarter')).toBe('2029Q4')
    await page.selectOption('.time select', 'fast')
    await page.getByRole('button', { name: 'Play' }).click()
    await page.waitForFunction(() => document.querySelector('.quarter')?.textContent === '2030Q4')
    await page.getByRole('button', { name: 'Play' }).waitFor()
    await page.context().close()
  })

  test('saves a state that the command line checks and runs, the pictures and the table', async () => {
    const { page } = await opened(
      `${await written()}#explore&runs=500&set.delivered=0.9&set.b_win=1.2&set.sigma_w=0.05`,
      {
        acceptDownloads: true,
      },
    )
    await settled(page)
    const saved = await download(page, () => page.getByRole('button', { name: 'Save', exact: true }).click())
    expect(saved.name).toBe('cis-plus-2030-changed.yaml')
    const scenarios = join(folder(), 'scenarios')
    await cp('scenarios', scenarios, { recursive: true })
    await writeFile(join(scenarios, saved.name), saved.bytes)
    const { document } = await loadScenarioFile(join(scenarios, saved.name))
    expect(document.levers.delivered).toEqual({ distribution: 'fixed', value: 0.9 })
    expect(document.uncertainties.b_win).toEqual({ distribution: 'fixed', value: 1.2 })
    expect(document.parameters.sigma_w).toBe(0.05)
    const words = ['run', join(scenarios, saved.name), '--runs', '60', '--no-report', '--out', join(folder(), 'batch')]
    const { status, stderr } = spawnSync(process.execPath, [resolve('dist/command/main.js'), ...words], {
      encoding: 'utf8',
    })
    expect(stderr).not.toContain('error')
    expect(status).toBe(0)

    const svg = await download(page, () => page.getByRole('button', { name: 'Save Where runs end as SVG' }).click())
    expect(svg.bytes.toString()).toMatch(/^<svg [^>]*xmlns/)
    expect(svg.bytes.toString()).not.toContain('var(--')
    const png = await download(page, () => page.getByRole('button', { name: 'Save Where runs end as PNG' }).click())
    expect(png.bytes.subarray(1, 4).toString()).toBe('PNG')
    expect(png.bytes.length).toBeGreaterThan(10_000)
    const csv = await download(page, () => page.getByRole('button', { name: 'Table' }).click())
    const rows = csv.bytes.toString().trim().split('\r\n')
    expect(rows[0]).toBe('quantity,now,now lower,now upper,reference,difference,lower,upper,verdict,runs')
    expect(rows.length).toBeGreaterThan(100)
    expect(rows.find(row => row.startsWith('share of runs: coordination council,'))).toContain(',changed,500')
    expect(await violationsOf(page)).toEqual([])
    await page.context().close()
  })

  test('opens a scenario file, and says of a broken one what the command line says', async () => {
    const { page } = await opened(`${await written()}#explore&runs=200`)
    const input = page.locator('input[type=file]')
    const good =
      'extends: sanctions-wave.yaml\ntitle: Dropped\nquestion: What then?\nlevers:\n  delivered: { distribution: fixed, value: 0.2 }\n'
    await input.setInputFiles({ name: 'own.yaml', mimeType: 'application/yaml', buffer: Buffer.from(good) })
    await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'Dropped')
    await page.waitForURL(/file\.own\.yaml=/)
    const again = await opened(page.url())
    await again.page.waitForFunction(() => document.querySelector('h1')?.textContent === 'Dropped')
    await again.page.context().close()

    const broken = `${good}uncertainties:\n  sancions: { distribution: uniform, low: 1, high: 0 }\nevents:\n  x: 7\n`
    const place = join(folder(), 'broken')
    await cp('scenarios', place, { recursive: true })
    await writeFile(join(place, 'own.yaml'), broken)
    const error = await loadScenarioFile(join(place, 'own.yaml')).catch((reason: Error) => reason)
    const expected = (error as Error).message.replaceAll(/^\S*\/own\.yaml:/gm, 'own.yaml:')
    expect(expected).toMatch(/^own\.yaml:7:3: error\[/)
    await input.setInputFiles({ name: 'own.yaml', mimeType: 'application/yaml', buffer: Buffer.from(broken) })
    await page.waitForSelector('.problem')
    expect((await problemsOf(page)).map(text => text.trim())).toEqual([expected])
    await page.getByRole('button', { name: 'Close' }).click()
    await input.setInputFiles({ name: 'none.yaml', mimeType: 'application/yaml', buffer: Buffer.from('[') })
    await page.waitForSelector('.problem')
    expect((await problemsOf(page))[0]).toMatch(/^none\.yaml:1:\d+: error\[yaml-/)
    await page.context().close()
  })
})
