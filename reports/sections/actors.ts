import type { Summary } from '../../sim/analysis/summary.ts'
import { type Section, tableOf } from '../document.ts'
import { lookOf } from '../theme.ts'
import { dualityOf, listed, percent, ranked, sentence, shareWords } from '../words.ts'
import { batchChart } from './batch-chart.ts'

/** Outcomes of single actors and groups. */
export function actorsSection(summary: Summary): Section {
  const core = summary.actors.filter(actor => actor.core)
  const byDuality = [...core].sort((a, b) => dualityOf(b).share - dualityOf(a).share)
  const top = byDuality.slice(0, 3).map(actor => `${actor.name} (${percent(dualityOf(actor).share)})`)
  const overall = summary.outcomes.find(({ outcome }) => outcome === 'duality')!
  const apart = byDuality[0] !== undefined && dualityOf(byDuality[0]).lower > overall.upper
  const outcomes = core[0]?.outcomes.map(({ outcome }) => outcome) ?? []
  const rows = [...summary.groups, ...byDuality, ...summary.actors.filter(actor => !actor.core)]
  const most = byDuality.map(actor => {
    const first = ranked(actor.outcomes)[0]!
    return `${actor.name} ${lookOf(first.outcome).name} ${percent(first.share)}`
  })
  return {
    id: 'actors',
    name: 'States and groups',
    title: `${apart ? 'Duality is a pattern of single states' : 'Duality by state'}: most frequent in ${listed(top)}`,
    blocks: [
      {
        kind: 'words',
        line: 'Each state and each group is judged by its own changes, with the thresholds of the scenario. A group is judged by its means, so it can hold while its members part.',
      },
      batchChart({
        id: 'actor-outcomes',
        alternative: `Bars for each group and state. Most frequent outcome of each state: ${listed(most)} of runs.`,
        caption:
          'Bar and number: share of runs in per cent, rows add up to 100. Thin line: 95 % interval. One scale for all columns.',
        table: tableOf('Share of runs by outcome, 95 % interval; states outside the core at the end', rows, [
          { name: 'State or group', value: ({ name }) => name },
          ...outcomes.map((outcome, n) => ({
            name: sentence(lookOf(outcome).name),
            numeric: true,
            value: (row: (typeof rows)[number]) => shareWords(row.outcomes[n]!),
          })),
        ]),
      }),
    ],
  }
}
