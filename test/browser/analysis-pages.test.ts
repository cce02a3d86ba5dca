import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { multivector } from '../cli/command.ts'
import { chromiumPath, quiet } from './chromium.ts'

const executablePath = chromiumPath()
const scenario = 'scenarios/cis-plus-2030.yaml'
/** A column of a table from elsewhere, named by somebody who means harm. */
const hostile = '<img src=x onerror=alert(1)>'

/** Pages by their file: the command that makes each, and what a reader must find. */
const pages: [file: string, args: string[], shown: RegExp[]][] = [
  [
    'b/report/analysis-class-status_quo-prim.html',
    ['analyse', 'b', '--outcome', 'class=status_quo', '--method', 'prim', '--page'],
    [/Boxes could restrict the 12 inputs/, /held-out rows/, /analyse b --outcome/],
  ],
  ['cart.html', ['analyse', 'b', '--outcome', 'gap', '--method', 'cart', '--page', 'cart.html'], [/squared error/]],
  ['delta.html', ['analyse', 'b', '--outcome', 'KAZ_gap', '--method', 'delta', '--page', 'delta.html'], [/Kazakhstan/]],
  ['rank.html', ['analyse', 'b', '--outcome', 'gap', '--method', 'rank', '--page', 'rank.html'], [/hazard per year/]],
  ['morris.html', ['analyse', 'm', '--outcome', 'gap', '--method', 'morris', '--page', 'morris.html'], [/σ = 0.1 μ/]],
  ['sobol.html', ['analyse', 's', '--outcome', 'gap', '--method', 'sobol', '--page', 'sobol.html'], [/2 blocks/]],
  [
    'variance.html',
    ['analyse', 'r', '--outcome', 'gap', '--method', 'variance', '--page', 'variance.html'],
    [/is chance/],
  ],
  [
    'table.html',
    ['analyse', 't.csv', '--outcome', 'y', '--method', 'prim', '--page', 'table.html'],
    [/Where &lt;img src=x onerror=alert\(1\)&gt; is at least/],
  ],
  [
    'robustness.html',
    [
      ...['robustness', scenario, '--levers', 'delivered,growth_china=0:0.03', '--levels', '2', '--worlds', '60'],
      ...['--criterion', 'KAZ:share:duality', '--page', 'robustness.html'],
    ],
    [/growth_china 0.03/, /Where policies fail/, /strategic duality of Kazakhstan/],
  ],
  [
    'hypotheses.html',
    ['hypotheses', '--pairs', '4', '--points', '12', '--page', 'hypotheses.html'],
    [/Falsified when/, /H6a/, /undecided/],
  ],
]

describe('pages of analyses', () => {
  let folder: string
  let browser: Browser | undefined
  const run = (...args: string[]) => multivector(args, folder)

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pages-'))
    await symlink(resolve('scenarios'), join(folder, 'scenarios'))
    const batch = (out: string, ...more: string[]) =>
      run('run', scenario, '--no-report', '--quiet', '--workers', '1', '--out', out, ...more)
    await batch('b', '--runs', '300')
    await batch('m', '--design', 'morris', '--runs', '140')
    await batch('s', '--design', 'saltelli', '--runs', '142')
    await batch('r', '--runs', '60', '--replications', '3')
    const rows = Array.from({ length: 400 }, (_, n) => `${n},${(n * 7919) % 400},${n >= 250 ? 1 : 0}`)
    await writeFile(join(folder, 't.csv'), [`${hostile},b,y`, ...rows].join('\n'))
    if (executablePath) browser = await chromium.launch({ executablePath, args: quiet })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })

  test.each(pages)('%s says what was found, and draws its charts from the file alone', async (file, args, shown) => {
    const { code, stdout, stderr } = await run(...args)
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Page {4}\S+\.html$/m)
    const text = await readFile(join(folder, file), 'utf8')
    expect(text.includes(hostile)).toBe(false)
    const said = text.slice(text.indexOf('<body>'), text.indexOf('<script'))
    for (const pattern of shown) expect(said).toMatch(pattern)
    expect(said).not.toMatch(/NaN|undefined|Infinity/)
    if (!browser) return
    const context = await browser.newContext({ offline: true, viewport: { width: 390, height: 800 } })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', message => complaints.push(message.text()))
    page.on('pageerror', error => complaints.push(String(error)))
    await page.goto(pathToFileURL(join(folder, file)).href)
    await page.waitForSelector('html[data-drawn]', { state: 'attached', timeout: 30_000 })
    const charts = await page.$$eval('[data-chart]', all => all.map(one => one.querySelectorAll('svg text').length))
    expect(charts.length).toBeGreaterThan(0)
    expect(Math.min(...charts)).toBeGreaterThan(0)
    expect(complaints).toEqual([])
    const [wide, room] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ])
    expect(wide).toBeLessThanOrEqual(room!)
    await context.close()
  })

  test('a page that cannot be written is named, and JSON stays alone on stdout', async () => {
    const json = await run('analyse', 'b', '--outcome', 'gap', '--method', 'rank', '--page', 'j.html', '--json')
    expect(JSON.parse(json.stdout).method).toBe('rank')
    expect(json.stderr).toContain('j.html')
    await writeFile(join(folder, 'file'), '')
    const refused = await run('analyse', 'b', '--outcome', 'gap', '--method', 'rank', '--page', 'file/x.html')
    expect(refused.code).toBeGreaterThanOrEqual(73)
    expect(refused.stderr).toContain('file')
  })
})
