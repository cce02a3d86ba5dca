import { beforeAll, describe, expect, test } from 'vitest'
import { charts } from '../../reports/charts/catalogue.ts'
import type { EstimateBarsData } from '../../reports/charts/estimate-bars.ts'
import { type Block, chartsIn } from '../../reports/document.ts'
import { distributionWords, gradeCounts } from '../../reports/inputs.ts'
import { loadPageAssets } from '../../reports/page-assets.ts'
import { renderMarkdown } from '../../reports/render/markdown.ts'
import { parameterTable } from '../../sim/scenario/parameter-table.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { chartExamples } from './chart-examples.ts'
import { harmless, hostile, pageOf, type Reported, reported, reportOf } from './reported.ts'

/** Elements of a page in order, by name, without what stands in scripts and styles. */
function elementsOf(page: string): string[] {
  const text = page.replace(/(<(script|style)\b[^>]*>)[\s\S]*?<\/\2>/g, '$1')
  return [...text.matchAll(/<(\/?[a-z][a-z0-9]*)/gi)].map(match => match[1]!)
}

/** What a reader reads. */
function textOf(page: string): string {
  return page
    .replace(/<(script|style|title)\b[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
}

let main: Reported
let page: string
beforeAll(async () => {
  main = await reported()
  page = pageOf(main)
})

describe('the report', () => {
  test('has its sections in order', () => {
    const ids = [...page.matchAll(/<section id="([a-z]+)"/g)].map(match => match[1])
    expect(ids).toEqual(
      'findings outcomes plane paths domains actors depth causes drives membership map inputs limits reproduce'.split(
        ' ',
      ),
    )
  })

  test('has for every chart a place, a text alternative with numbers, a caption and a table', () => {
    const blocks = chartsIn(reportOf(main))
    const own = Object.keys(charts).filter(name => !Object.hasOwn(chartExamples, name))
    expect(new Set(blocks.map(({ chart }) => chart))).toEqual(new Set(own))
    expect(new Set(blocks.map(({ id }) => id)).size).toBe(blocks.length)
    for (const { id, chart, data } of blocks) {
      const figure = page.match(
        new RegExp(
          `<div class="chart" id="${id}" data-chart="${chart}" data-key="${data}"(?: data-follows="[a-z-]+")? role="img" aria-label="([^"]*)"></div>\\s*<figcaption>([\\s\\S]*?)</figcaption></figure>\\s*<details[^>]*>[\\s\\S]*?<table>([\\s\\S]*?)</table>`,
        ),
      )
      expect(figure, id).not.toBeNull()
      expect(figure![1], id).toMatch(/\d/)
      expect(figure![2]!.length, id).toBeGreaterThan(20)
      expect(figure![3]!.match(/<tr>/g)!.length, id).toBeGreaterThan(2)
    }
    expect(page.match(/data-chart=/g)!.length).toBe(blocks.length)
  })

  test('says that shares are no forecasts, calls none a probability and promises nothing', () => {
    const text = textOf(page)
    expect(text).toContain('They are not forecasts.')
    // Folded tables of inputs quote the scenario and the parameter table.
    const own = textOf(page.replace(/<details[\s\S]*?<\/details>/g, ''))
    expect(own).not.toMatch(/probabilit|\bwill\b/i)
    expect(text).not.toMatch(/undefined|NaN|\[object/)
  })

  test('calls an input in a heading or finding by what it is, with its code in brackets', () => {
    const { document } = main
    const { sections } = reportOf(main)
    const drives = sections.find(({ id }) => id === 'drives')!.title
    const findings = JSON.stringify(sections.find(({ id }) => id === 'findings'))
    const codes = [...Object.keys(document.uncertainties), ...Object.keys(document.levers)]
    const coded = codes.filter(code => drives.includes(`(${code})`))
    expect(coded.length).toBeGreaterThan(0)
    for (const code of codes.filter(name => name.includes('_')))
      for (const text of [drives, findings]) expect(text.replaceAll(`(${code})`, '')).not.toContain(code)
  })

  test('names the direction of an input only where it and its weight are told from chance', () => {
    const { gap, direction } = main.drives.drivers!
    const { data } = reportOf(main) as { data: Record<string, unknown> }
    const { rows } = data['drives-gap'] as EstimateBarsData
    const told = rows.map(({ name, faint, note }) => ({ name, faint, says: note.split(':')[0] }))
    expect(told.filter(({ faint }) => faint).length).toBeGreaterThan(0)
    const expected = told.map(({ name, faint }) => {
      const { value, lower, upper } = direction!.correlation[name]!
      expect(faint).toBe(gap!.delta[name]!.value < gap!.noise)
      const sure = !faint && (lower > 0 || upper < 0)
      return { name, faint, says: !sure ? 'direction uncertain' : value > 0 ? 'widens it' : 'narrows it' }
    })
    expect(told).toEqual(expected)
    expect(told.some(({ faint, name }) => faint && direction!.correlation[name]!.lower > 0)).toBe(true)
  })

  test('gives every mean change with its interval, says which have no sign, and puts the median of all runs beside it', () => {
    const causes = reportOf(main).sections.find(({ id }) => id === 'causes')!
    const parts = causes.blocks.flatMap(block => (block.kind === 'part' ? [block] : []))
    expect(parts).toHaveLength(10)
    const mean = '([+−]?0\\.\\d{3}) ± (0\\.\\d{3})'
    for (const { title, blocks } of parts) {
      expect(title).toMatch(new RegExp(`: gap ${mean}, institutional ${mean}, operational ${mean}$`))
      const [, gap, half] = new RegExp(mean).exec(title)!
      const { line } = blocks[0] as { line: string }
      expect(line).toMatch(/^Means of 10 runs, ± half of the 95 % interval\./)
      expect(line).toMatch(/ over all 200 runs is [+−]?0\.\d{3} \(.*\)\.$/)
      const size = Math.abs(Number(gap!.replace('−', '-')))
      if (size > Number(half) + 0.001) expect(line).not.toMatch(/sign of the mean change of the gap/)
      if (size < Number(half) - 0.001) expect(line).toMatch(/sign of the mean change of the gap/)
    }
  })

  test('names what another person needs for the same numbers', () => {
    const { scenarioHash, digest, batch, engine, model } = main.summary
    for (const part of [scenarioHash, digest, batch, `engine ${engine}`, `model ${model}`]) expect(page).toContain(part)
    expect(textOf(page)).toContain(
      'multivector run scenarios/cis-plus-2030.yaml --runs 200 --seed 20251010 --design monte-carlo',
    )
  })

  test('lists every sampled parameter, event and figure with its grade', () => {
    const { document } = main
    for (const name of [...Object.keys(document.uncertainties), ...Object.keys(document.levers)]) {
      expect(page).toContain(`<th scope="row">${name}</th>`)
    }
    for (const { title } of Object.values(document.events)) {
      expect(textOf(page)).toContain(title)
    }
    const grades = page.match(/<td>[ABCD]<\/td>/g)!.length
    const counted = gradeCounts(document).flatMap(({ counts }) => Object.values(counts))
    expect(grades).toBe(counted.reduce((sum, one) => sum + one, 0))
  })

  test('lists what is the same in every run, what differs from its default marked and counted as judgement', async () => {
    const change = (document: ScenarioDocument): ScenarioDocument => ({
      ...document,
      parameters: { need_weight: 0.9, shock_tick: 4, rho_w: { value: 0.4, source: 'JUDGE', grade: 'C' } },
      thresholds: { ...document.thresholds, dual_gap: 0.005 },
    })
    const changed = await reported(change, undefined, 40)
    const own = pageOf(changed)
    expect(textOf(own)).toContain(
      'Other than the default in brackets: rho_w 0.4 (0.15), need_weight 0.9 (0.4), shock_tick 4 (0) and dual_gap 0.005 (0.02).',
    )
    const row = (name: string) => own.match(new RegExp(`<th scope="row">${name}</th>(.*?)</tr>`))![1]
    expect(row('need_weight')).toMatch(
      /^<td><b>0\.9<\/b><\/td><td>0\.4, changed<\/td>.*<td>set in the scenario, without a source<\/td><td>D<\/td>$/,
    )
    expect(row('rho_w')).toMatch(/<td>JUDGE<\/td><td>C<\/td>$/)
    expect(row('id_share')).toMatch(/<td>JUDGE<\/td><td>D<\/td>$/)
    expect(row('dual_gap')).toMatch(/^<td><b>0\.005<\/b><\/td><td>0\.02, changed<\/td><td>duality: growth of the gap/)
    const named = [
      ...Object.keys(parameterTable),
      ...Object.keys({ ...changed.document.weights, ...changed.document.indices, ...changed.document.thresholds }),
    ]
    for (const name of named.filter(name => name !== 'basis')) expect(own).toContain(`<th scope="row">${name}</th>`)
    expect(textOf(page)).toContain('Every fixed parameter, weight and threshold has its default.')
  })

  test('shows right after the outcome shares how they hang on the thresholds, with a finding and both tables', () => {
    const report = reportOf(main)
    const { blocks } = report.sections.find(({ id }) => id === 'outcomes')!
    const [, , shares, part] = blocks as [Block, Block, Block, Extract<Block, { kind: 'part' }>]
    expect(shares).toMatchObject({ kind: 'chart', id: 'outcome-shares' })
    expect(part.title).toMatch(
      /^Lowering the gap that counts as duality from 0\.02 to 0\.01 takes it from [\d.]+\s% to \d+\s% of runs, raising it to 0\.03 to [\d.]+\s%$/,
    )
    const section = page.slice(page.indexOf('<section id="outcomes"'), page.indexOf('<section id="plane"'))
    expect(textOf(section)).toContain('set after the spread of earlier runs of the model had been seen')
    expect(textOf(section)).toMatch(/Strategic duality dual_gap 0\.03 · 0\.02 · 0\.01 /)
    expect(textOf(section)).toMatch(/Realignment realign_op 0\.075 · 0\.06 · 0\.045 /)
    expect(renderMarkdown(report)).toMatch(/\| Strategic duality \| dual\\_gap 0\.03 · 0\.02 · 0\.01 \|/)
  })

  test('marks a batch that is not finished, and one with failed runs', () => {
    expect(page).not.toContain('class="banner" role="alert"')
    const { summary } = main
    const part = pageOf({ ...main, summary: { ...summary, complete: false, runs: 120 } })
    expect(textOf(part)).toContain('Incomplete batch: 120 of 200 planned runs are here.')
    const failed = [{ run: 17, variable: 'alignment', of: 'KAZ', tick: 3 }]
    const broken = textOf(pageOf({ ...main, summary: { ...summary, failed } }))
    expect(broken).toContain('1 run failed and is in no number below')
    expect(broken).toContain('17 2026Q3 alignment of KAZ')
  })

  test('quotes a seed for the shell', () => {
    const { summary } = main
    const seed = "it's; rm -rf $HOME"
    const text = pageOf({ ...main, summary: { ...summary, plan: { ...summary.plan, seed } } })
    expect(text).toContain('--seed &#39;it&#39;\\&#39;&#39;s; rm -rf $HOME&#39;')
  })

  test('with hostile texts has the same elements as with harmless ones', async () => {
    const [evil, plain] = await Promise.all([reported(hostile, undefined, 40), reported(harmless, undefined, 40)])
    const pages = [evil, plain].map(one => pageOf(one))
    expect(elementsOf(pages[0]!)).toEqual(elementsOf(pages[1]!))
    expect(elementsOf(pages[0]!).length).toBeGreaterThan(1000)
    expect(pages[0]).not.toMatch(/[\u202e\u2066]|<img/)
  })

  test('is below 2 MB with everything in it, and loads nothing', async () => {
    const whole = pageOf(main, await loadPageAssets())
    expect(Buffer.byteLength(whole)).toBeGreaterThan(600_000)
    expect(Buffer.byteLength(whole)).toBeLessThan(2_000_000)
    const markup = whole.replace(/(<(script|style)\b[^>]*>)[\s\S]*?<\/\2>/g, '$1')
    expect(markup).not.toMatch(/\s(src|href)="(?!#|data:|explore\.html")/)
    expect(whole).toMatch(/content="default-src &#39;none&#39;; script-src &#39;sha256-[\w+/=]+&#39;; style-src/)
  })
})

describe('distributions', () => {
  test('are written in words', () => {
    const words = [
      { distribution: 'uniform', low: 0, high: 0.25 },
      { distribution: 'pert', low: 0, mode: 1, high: 2, shape: 4 },
      { distribution: 'normal', mean: 1, sd: 0.5, low: 0 },
      { distribution: 'lognormal', median: 2, sigma: 0.3 },
      { distribution: 'discrete', values: [1, 2] },
      { distribution: 'fixed', value: 9 },
    ] as const
    expect(words.map(one => distributionWords({ ...one } as never))).toEqual([
      'even, 0 to 0.25',
      'PERT, 0 to 2, peak 1',
      'normal, mean 1, sd 0.5, cut to 0 to any',
      'lognormal, median 2, log sd 0.3',
      'one of 1, 2',
      'fixed, 9',
    ])
  })
})
