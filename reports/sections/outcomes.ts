import type { Summary } from '../../sim/analysis/summary.ts'
import type { ThresholdSensitivity } from '../../sim/analysis/threshold-sensitivity.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { type Section, tableOf } from '../document.ts'
import { plain } from '../escape.ts'
import { outcomeMeaning, withoutOuterTier } from '../outer-tier-words.ts'
import { lookOf } from '../theme.ts'
import { count, dualityOf, interval, listed, percent, ranked, sentence, shareWords } from '../words.ts'
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
  const { outerTier } = summary
  const rows = [
    ...order.map(share => ({
      ...share,
      name: sentence(lookOf(share.outcome).name),
      meaning: outcomeMeaning(share.outcome, outerTier),
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
    title: outerTier
      ? `${sentence(lookOf(first.outcome).name)} is the most frequent outcome: ${percent(first.share)} of runs`
      : 'Outcomes of runs read a CIS Plus that is not there: compare indices',
    blocks: [
      {
        kind: 'words',
        line: `Each run is judged once, by the mean of its last four quarters against its start. In ${shareWords(summary.ambiguous)} of runs the two best outcomes score nearly alike, so a small change of the thresholds would sort them elsewhere.`,
      },
      ...(outerTier ? [] : [{ kind: 'words', line: withoutOuterTier } as const]),
      { kind: 'words', line: rulesSentence(summary) },
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

/** Why strategic duality has one share among runs and another for groups and states. */
function rulesSentence({ outcomes, groups, outerTier }: Summary): string {
  const run = outcomes.find(({ outcome }) => outcome === 'duality')!
  const [whole] = groups
  const group = whole === undefined ? '' : `, as ${plain(whole.name)} do in ${shareWords(dualityOf(whole))} of runs`
  const lively = outerTier ? 'CIS Plus is lively enough' : 'CIS Plus would be lively enough'
  return `Strategic duality is found by two rules. A run ends in it, as ${shareWords(run)} do, when the gap of the core widens while its institutions hold, ${lively}, and no other outcome scores higher. A state or group ends in it when its own gap widens at the last quarter while its own institutions hold, whatever CIS Plus does${group}.`
}
