import type { BoxPanelData } from '../../reports/charts/box-panel.ts'
import type { BoxTradeOffData } from '../../reports/charts/box-trade-off.ts'
import type { ConvergenceData } from '../../reports/charts/convergence.ts'
import type { EstimateBarsData } from '../../reports/charts/estimate-bars.ts'
import type { ForestData } from '../../reports/charts/forest.ts'
import type { HeatTableData } from '../../reports/charts/heat-table.ts'
import type { HypothesisVerdictsData } from '../../reports/charts/hypothesis-verdicts.ts'
import type { MorrisPlaneData } from '../../reports/charts/morris-plane.ts'

const forest: ForestData = {
  panels: [
    {
      title: 'Shares of runs, difference in points',
      times: 100,
      rows: [
        { label: 'symbolic shell', value: 0.128, lower: 0.11, upper: 0.146, smallest: 0.02, verdict: 'changed' },
        { label: 'Kazakhstan: duality', value: -0.06, lower: -0.09, upper: -0.03, smallest: 0.02, verdict: 'changed' },
        { label: 'realignment', value: 0.018, lower: -0.004, upper: 0.04, smallest: 0.02, verdict: 'inconclusive' },
        { label: 'status quo', value: -0.002, lower: -0.012, upper: 0.008, smallest: 0.02, verdict: 'unchanged' },
      ],
    },
    {
      title: 'Indices, difference',
      times: 1,
      rows: [
        {
          label: 'Vitality of CIS Plus',
          value: -0.0812,
          lower: -0.0843,
          upper: -0.0781,
          smallest: 0.01,
          verdict: 'changed',
        },
        {
          label: 'Kazakhstan: gap',
          value: 0.0203,
          lower: 0.0151,
          upper: 0.0255,
          smallest: 0.01,
          verdict: 'inconclusive',
        },
      ],
    },
  ],
}

const bar = (value: number, lower: number, upper: number) => ({
  ...{ value, lower, upper },
  text: `${value.toFixed(2)} (${lower.toFixed(2)} to ${upper.toFixed(2)})`,
})

const pairs: EstimateBarsData = {
  rows: [
    {
      name: 'h_exit',
      note: 'base rate of leaving a tier, per summit',
      faint: false,
      bars: [bar(0.31, 0.27, 0.35), bar(0.42, 0.38, 0.46)],
    },
    {
      name: 'delivered',
      note: 'win-win that is delivered',
      faint: false,
      bars: [bar(0.2, 0.16, 0.24), bar(0.23, 0.2, 0.27)],
    },
    { name: 'rho_v', note: 'memory of vitality', faint: true, bars: [bar(0, -0.02, 0.02), bar(0.01, 0, 0.03)] },
  ],
  series: ['alone', 'with interactions'],
  extent: [-0.02, 0.5],
  shares: true,
}

const morris: MorrisPlaneData = {
  outcome: 'gap',
  inputs: [
    { name: 'h_exit', muStar: 0.04, lower: 0.034, upper: 0.046, sigma: 0.03 },
    { name: 'capacity_shift', muStar: 0.031, lower: 0.027, upper: 0.035, sigma: 0.012 },
    { name: 'coercion', muStar: 0.03, lower: 0.025, upper: 0.036, sigma: 0.014 },
    { name: 'sanctions', muStar: 0.012, lower: 0.01, upper: 0.014, sigma: 0.004 },
    { name: 'ticket', muStar: 0.002, lower: 0.001, upper: 0.003, sigma: 0.002 },
    { name: 'link', muStar: 0.001, lower: 0.0005, upper: 0.0016, sigma: 0.001 },
  ],
}

const tradeOff: BoxTradeOffData = {
  cases: 'class=council',
  base: 0.2,
  steps: Array.from({ length: 30 }, (_, n) => {
    const left = 0.95 ** n
    return { coverage: left ** 0.55, density: 0.2 * left ** -0.45, mass: left }
  }),
  taken: [
    { name: 'box 1', coverage: 0.61, density: 0.47 },
    { name: 'denser', coverage: 0.3, density: 0.58 },
  ],
}

const panel: BoxPanelData = {
  limits: [
    {
      ...{
        name: 'delivered',
        note: 'level of delivered win-win',
        from: 0.64,
        to: 1,
        test: 'quasi-p < 0.001, in 100 % of resamples',
      },
      ...{ low: '0.64', high: '1', least: '0', most: '1' },
    },
    {
      ...{
        name: 'h_entry',
        note: 'base rate of entry',
        from: 0.33,
        to: 0.8,
        test: 'quasi-p < 0.001, in 90 % of resamples',
      },
      ...{ low: '0.101', high: '0.24', least: '0.002', most: '0.3' },
    },
    {
      ...{ name: 'ticket', note: 'price of entry', from: 0, to: 0.5, test: 'quasi-p 0.012, in 40 % of resamples' },
      ...{ low: '0', high: '0.5', least: '0', most: '1' },
    },
  ],
}

const heat: HeatTableData = {
  rows: ['delivered 0, ticket 0', 'delivered 0.5, ticket 0', 'delivered 1, ticket 0'],
  columns: [
    { group: '', name: 'all worlds' },
    ...['h_exit', 'coercion'].flatMap(group => ['low', 'middle', 'high'].map(name => ({ group, name }))),
  ],
  values: [
    [0.3, 0.2, 0.3, 0.4, 0.31, 0.3, 0.29],
    [0.15, 0.1, 0.15, 0.2, 0.15, 0.15, 0.15],
    [0, 0, 0, 0.01, 0, 0, 0],
  ],
  texts: [
    ['0.30', '0.20', '0.30', '0.40', '0.31', '0.30', '0.29'],
    ['0.15', '0.10', '0.15', '0.20', '0.15', '0.15', '0.15'],
    ['0.00', '0.00', '0.00', '0.01', '0.00', '0.00', '0.00'],
  ],
}

const looks = (first: number) =>
  [1000, 2000, 4000, 8000].map(runs => {
    const halfWidth = first / Math.sqrt(runs / 1000)
    return { runs, halfWidth, text: `± ${halfWidth.toPrecision(2)}` }
  })

const widths: ConvergenceData = {
  quantities: [
    { name: 'gap', target: 0.005, looks: looks(0.02) },
    { name: 'share:council', target: 0.02, looks: looks(0.05) },
    { name: 'KAZ_gap', target: 0.02, looks: looks(0.03) },
  ],
}

const verdicts: HypothesisVerdictsData = {
  rows: [
    {
      ...{
        id: 'H1',
        verdict: 'not held',
        statement: 'In at least half of the plausible worlds the gap grows while institutional alignment holds.',
      },
      figures: [{ name: 'both', value: -0.94, lower: -1, upper: -0.88, text: '0.13 ± 0.017, above 0.5' }],
    },
    {
      ...{
        id: 'H3',
        verdict: 'held',
        statement:
          'CIS Plus falls below the vitality of a shell when win-win is declared but not delivered, and only then.',
      },
      figures: [
        { name: 'high', value: 0.98, lower: 0.96, upper: 1, text: '0.67 ± 0.003, above 0.33' },
        { name: 'rhetoric', value: 0.5, lower: 0.48, upper: 0.52, text: '0.16 ± 0.004, below 0.33' },
      ],
    },
    {
      ...{
        id: 'H7',
        verdict: 'undecided',
        statement: 'Among runs of duality and council, the livelier CIS Plus is the less Russia leads it.',
      },
      figures: [{ name: 'within', value: 0.3, lower: -0.4, upper: 1, text: '−0.1 ± 0.23, below 0' }],
    },
  ],
}

/** Data of charts that the report of a batch does not draw, by the name of the chart. */
export const chartExamples: Readonly<Record<string, unknown>> = {
  forest,
  'paired-bars': pairs,
  'morris-plane': morris,
  'box-trade-off': tradeOff,
  'box-panel': panel,
  'heat-table': heat,
  convergence: widths,
  'hypothesis-verdicts': verdicts,
}
