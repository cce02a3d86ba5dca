import type { ForestData } from '../../reports/charts/forest.ts'

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

/** Data of charts that the report of a batch does not draw, by the name of the chart. */
export const chartExamples: Readonly<Record<string, unknown>> = { forest }
