import { parse, type Spec as VegaSpec, View } from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import { compile } from 'vega-lite'
import { beforeAll, describe, expect, test } from 'vitest'
import { charts, drawing } from '../../reports/charts/catalogue.ts'
import { colourOf, contrast } from '../../reports/charts/ink.ts'
import { type ChartBlock, chartsIn, type ReportDocument } from '../../reports/document.ts'
import { resolveColours, tokens } from '../../reports/theme.ts'
import { chartExamples } from './chart-examples.ts'
import { harmless, hostile, reported, reportOf } from './reported.ts'

const widths = [320, 640, 1040]

/** Texts a reader must find in each chart. */
const shown: Readonly<Record<string, readonly RegExp[]>> = {
  'outcome-shares': [/^Status quo$/, /^\d+\s% \(\d+–\d+\s%\)$/, /^practice and leadership move/],
  'threshold-shares': [/^Strategic duality$/, /^growth of the gap$/, /^stricter$/, /^looser$/, /^\d+\s%$/],
  'duality-plane': [/^KAZ [+−]?0\.\d{3}$/, /^institutions hold, practice leaves$/, /what is signed$/, /^0\.4$/],
  'change-clouds': [/^Uzbekistan$/, /^\d+\s% duality$/, /^practice →$/, /^\+0\.\d+$/],
  'system-fans': [/^Vitality of CIS Plus$/, /^0\.\d{3}$/, /^2028$/],
  'group-gap-fans': [/^Central Asia$/, /^[+−]?0\.\d{3}$/, /^2028$/],
  'actor-gap-fans': [/^Moldova$/, /^[+−]?0\.\d{3}$/, /^2028$/],
  'event-windows': [/^Trade deal of the EAEU with Mongolia/, /^\d+\s%$/, /^2028$/],
  'domain-heat': [/^Kazakhstan$/, /^Transport$/, /^[+−]0\.\d{3}$/],
  'actor-outcomes': [/^South Caucasus$/, /^Strategic duality$/, /^\d+\s%$/],
  'core-tiers': [/^Armenia$/, /^member$/, /^CIS Plus$/, /^\d+\s%$/],
  'external-fan': [/^Outsiders in CIS Plus$/, /^\d+$/, /^2028$/],
  'external-tiers': [/^Iran$/, /^observer$/, /^\d+\s%$/],
  'gap-map': [/^KAZ [+−]?0\.\d{3}$/, /^IND$/],
  'actor-paths': [/^Gap$/, /^Uzbekistan: what is signed$/, /^0\.\d{3}$/, /^2028$/],
  'actor-ends': [/^Uzbekistan$/, /^Strategic duality$/, /^\d+\s%$/],
  'actor-tiers': [/^Uzbekistan$/, /^member$/, /^CIS Plus$/],
  waterfall: [/^Operational alignment$/, /^neighbours$/, /^2030Q4$/, /^[+−]0\.\d{3} \(.* to .*\)$/],
  forest: [/^Kazakhstan: gap$/, /^\+12\.8 \(\+11\.0 to \+14\.6\)$/, /^−0\.081 \(/, /^\+5$/, /^0$/],
  'input-grades': [/^Events$/, /^D \d+$/],
  'estimate-bars': [/^[a-z]+[a-z_0-9]*$/, /\(.+\)$/, /^0\.\d{3} \(0\.\d{3} to 0\.\d{3}\)$/, /^noise$/],
  'paired-bars': [/^h_exit$/, /^base rate of leaving/, /^0\.42 \(0\.38 to 0\.46\)$/, /^with interactions$/, /^20%$/],
  'morris-plane': [/^capacity_shift$/, /^σ = μ\*$/, /μ\* →$/, /^0\.02$/],
  'box-trade-off': [/^box 1: 47\s% of its rows$/, /^all rows: 20\s%$/, /^80%$/],
  'box-panel': [/^delivered$/, /^0\.64$/, /^quasi-p &lt; 0\.001/, /^0\.101$/],
  'heat-table': [/^delivered 0, ticket 0$/, /^h_exit$/, /^middle$/, /^0\.40$/],
  convergence: [/^gap ± 0\.0071$/, /^asked for$/, /^1,000$/],
  'hypothesis-verdicts': [/^H7$/, /^not held$/, /^undecided$/, /^as stated →$/, /^In at least half/],
}

/** A logger that keeps what it is told. */
function listener(heard: string[]) {
  const keep = (...words: readonly unknown[]) => {
    heard.push(words.join(' '))
    return self
  }
  const self = { level: () => self, error: keep, warn: keep, info: () => self, debug: () => self }
  return self as never
}

async function svgOf(report: ReportDocument, block: ChartBlock, width: number, heard: string[]): Promise<string> {
  const logger = listener(heard)
  const spec: VegaSpec = compile(drawing(block.chart, report.data[block.data], width), { logger }).spec
  const view = new View(parse(spec, undefined, { ast: true }), {
    renderer: 'none',
    expr: expressionInterpreter,
    logger,
  })
  return view.toSVG()
}

/** A specification without its data. */
function withoutData(spec: unknown): unknown {
  return JSON.parse(JSON.stringify(spec, (key, value) => (key === 'data' ? 'data' : value)))
}

describe.each(Object.keys(charts))('the chart %s', id => {
  let report: ReportDocument
  let block: ChartBlock
  beforeAll(async () => {
    const batch = reportOf(await cached())
    report = { ...batch, data: { ...batch.data, ...chartExamples } }
    block = chartsIn(report).find(({ chart }) => chart === id) ?? ({ chart: id, data: id } as ChartBlock)
  })

  test.each(widths)('draws at a width of %i without a warning and without a hole', async width => {
    const heard: string[] = []
    const svg = await svgOf(report, block, width, heard)
    expect(heard).toEqual([])
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
    expect(svg.match(/<(path|text|line|rect)\b/g)?.length ?? 0).toBeGreaterThan(20)
  })

  test('writes what it shows beside its marks', async () => {
    const svg = await svgOf(report, block, 1040, [])
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(match => match[1]!)
    for (const pattern of shown[id]!)
      expect(
        texts.some(text => pattern.test(text)),
        String(pattern),
      ).toBe(true)
  })

  test('names its colours by token only', async () => {
    const svg = await svgOf(report, block, 1040, [])
    const colours = [...svg.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(match => match[1]!)
    expect(colours.filter(one => !/^(none|transparent|var\(--[a-z0-9-]+\))$/.test(one))).toEqual([])
    expect(resolveColours(svg)).not.toContain('var(--')
  })
})

describe('texts of a scenario', () => {
  test('enter charts as data and never as part of a specification', async () => {
    const [evil, plain] = await Promise.all([reported(hostile, undefined, 40), reported(harmless, undefined, 40)])
    const [bad, good] = [reportOf(evil), reportOf(plain)]
    for (const { id, chart, data } of chartsIn(bad)) {
      const specs = [bad, good].map(report => drawing(chart, report.data[data], 640))
      expect(JSON.stringify(specs[0]), id).not.toContain('\u202e')
      expect(withoutData(specs[0]), id).toEqual(withoutData(specs[1]))
      expect(JSON.stringify(withoutData(specs[0])), id).not.toContain('onerror')
    }
  })
})

describe('other worlds', () => {
  test.each(['baseline', 'without-cis-plus'])('%s, too, draws every chart without a warning', async name => {
    const report = reportOf(await reported(undefined, name, 40))
    for (const block of chartsIn(report)) {
      const heard: string[] = []
      expect(await svgOf(report, block, 640, heard)).not.toMatch(/NaN|undefined/)
      expect(heard, block.id).toEqual([])
    }
  })
})

describe('the theme', () => {
  test.each([0, 1] as const)('keeps text readable on its paper (%i)', place => {
    for (const text of ['ink', 'soft', 'accent', 'warn'] as const) {
      for (const paper of ['paper', 'panel'] as const) {
        expect(
          contrast(colourOf(tokens[text][place]), colourOf(tokens[paper][place])),
          `${text} on ${paper}`,
        ).toBeGreaterThan(4.5)
      }
    }
  })
})

let kept: ReturnType<typeof reported> | undefined
function cached(): ReturnType<typeof reported> {
  kept ??= reported()
  return kept
}
