import type { Summary } from '../../sim/analysis/summary.ts'
import { type Section, tableOf } from '../document.ts'
import { lookOf } from '../theme.ts'
import { byDuality, dualityOf, isMoreOften, listed, percent, ranked, sentence, shareWords } from '../words.ts'
import { batchChart } from './batch-chart.ts'

/** Outcomes of single actors and groups. */
export function actorsSection(summary: Summary): Section {
  const core = byDuality(summary.actors)
  const top = core.slice(0, 3).map(actor => `${actor.name} (${percent(dualityOf(actor).share)})`)
  const [whole] = summary.groups
  const apart = core[0] !== undefined && whole !== undefined && isMoreOften(core[0], whole)
  const outcomes = core[0]?.outcomes.map(({ outcome }) => outcome) ?? []
  const rows = [...summary.groups, ...core, ...summary.actors.filter(actor => !actor.core)]
  const most = core.map(actor => {
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
        line: 'Each state and each group is judged by its own changes at the last quarter, with the thresholds of the scenario and by a rule of its own: duality here is not the outcome of a run (see the outcomes). A group is judged by its means, so it can hold while its members part.',
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
