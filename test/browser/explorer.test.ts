import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { explorerFile, type StartScenario } from '../../reports/explorer-file.ts'
import { traceRun } from '../../sim/model/trace.ts'
import { shippedScenario } from '../world.ts'
import { chromiumPath, quiet } from './chromium.ts'

const executablePath = chromiumPath()
const needs = executablePath === undefined ? ' (skipped: no Chromium; set CHROMIUM or put chromium on the PATH)' : ''

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

/** A page that is open, with everything it complained about or asked for. */
interface Opened {
  readonly page: Page
  readonly complaints: string[]
  readonly requests: string[]
}

describe.skipIf(executablePath === undefined)(`the explorer in Chromium${needs}`, () => {
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
  async function opened(address: string, options: BrowserContextOptions = {}): Promise<Opened> {
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
    await page.goto(address)
    await page.waitForSelector('html[data-ready]', { state: 'attached', timeout: 30_000 })
    return { page, complaints, requests }
  }

  const violationsOf = (page: Page) =>
    page.evaluate(() => (globalThis as unknown as { violations: string[] }).violations)

  test('computes the golden runs in a worker, bit for bit as Node does', async () => {
    const { page } = await opened(await written())
    const { document } = await shippedScenario('baseline')
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
})
