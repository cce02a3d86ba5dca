import type { Summary } from '../../sim/analysis/summary.ts'
import type { ThresholdSensitivity } from '../../sim/analysis/threshold-sensitivity.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { type Section, tableOf } from '../document.ts'
import { lookOf } from '../theme.ts'
import { count, interval, listed, percent, ranked, sentence, shareWords } from '../words.ts'
import { batchChart } from './batch-chart.ts'
import { thresholdsPart } from './thresholds.ts'

/** How often each outcome ends a run, and how that hangs on the thresholds. */
export function outcomesSection(
  summary: Summary,
  document: ScenarioDocument,
  sensitivity: ThresholdSensitivity | undefined,
): Section {
  const order = ranked(summary.outcomes)
  const first = order[0]!
  const rows = [
    ...order.map(share => ({
      ...share,
      name: sentence(lookOf(share.outcome).name),
      meaning: lookOf(share.outcome).meaning,
    })),
    {
      ...summary.ambiguous,
      name: 'Ambiguous (also counted above)',
      meaning: 'the two best outcomes score nearly alike',
    },
  ]
  return {
    id: 'outcomes',
    name: 'Outcomes',
    title: `${sentence(lookOf(first.outcome).name)} is the most frequent outcome: ${percent(first.share)} of runs`,
    blocks: [
      {
        kind: 'words',
        line: `Each run is judged once, by the mean of its last four quarters against its start. In ${shareWords(summary.ambiguous)} of runs the two best outcomes score nearly alike, so a small change of the thresholds would sort them elsewhere.`,
      },
      batchChart({
        id: 'outcome-shares',
        alternative: `Bars. ${sentence(listed(order.map(share => `${lookOf(share.outcome).name} ${shareWords(share)}`)))} of runs.`,
        caption:
          'Bar: share of runs. Thin line: 95 % interval (Wilson), which shrinks with more runs and says nothing about the model being right.',
        table: tableOf('Outcomes of runs', rows, [
          { name: 'Outcome', value: row => row.name },
          { name: 'Share', numeric: true, value: row => percent(row.share, 1) },
          { name: '95 % interval', numeric: true, value: row => interval(row) },
          { name: 'Runs', numeric: true, value: row => count(row.count) },
          { name: 'Runs in which', value: row => row.meaning },
        ]),
        print: true,
      }),
      ...(sensitivity ? [thresholdsPart(sensitivity, summary.runs - summary.failed.length, document)] : []),
    ],
  }
}
