import type { CountrySummary, Summary } from '../../sim/analysis/summary.ts'
import { planeTitle } from '../choice-words.ts'
import { type Section, tableOf } from '../document.ts'
import { changeWords, dualityOf, levelWords, listed, shareWords } from '../words.ts'
import { batchChart } from './batch-chart.ts'

/** Institutional against operational alignment: where states stand and where they go. */
export function planeSection(summary: Summary): Section {
  const core = summary.actors.filter(actor => actor.core)
  const gaps = listed(core.map(({ name, gap }) => `${name} ${changeWords(gap)}`))
  return {
    id: 'plane',
    name: 'The duality plane',
    title: planeTitle(core),
    blocks: [
      {
        kind: 'words',
        line: 'Institutional alignment is what is signed: political alignment with Russia, and depth in the bodies Russia leads. Operational alignment is what is done: security, trade, transport and culture. Strategic duality is a move up and to the left: institutions hold while practice leaves. Levels of the gap depend on how both are measured, so only changes are judged.',
      },
      batchChart({
        id: 'duality-plane',
        alternative: `Scatter plot of ${core.length} states. Median change of the gap between institutional and operational alignment, with 90 % of runs: ${gaps}.`,
        caption:
          'Ring: start. Arrow: median of the runs at the end, or at the quarter chosen above; blue where the gap between institutions and practice widens, orange where it narrows; the number is the change of the gap. Dots: single runs at the end, a sample for each state.',
        table: tableOf('Alignment with Russia, median at the end and 90 % of runs', core, [
          { name: 'State', value: nameOf },
          { name: 'Institutional, start', numeric: true, value: ({ institutional }) => institutional.start.toFixed(3) },
          { name: 'Institutional, end', numeric: true, value: ({ institutional }) => levelWords(institutional) },
          { name: 'Operational, start', numeric: true, value: ({ operational }) => operational.start.toFixed(3) },
          { name: 'Operational, end', numeric: true, value: ({ operational }) => levelWords(operational) },
          { name: 'Change of the gap', numeric: true, value: ({ gap }) => changeWords(gap) },
        ]),
        print: true,
      }),
      {
        kind: 'part',
        title: 'The same moves, larger: how far the runs of each state scatter around its start',
        blocks: [
          batchChart({
            id: 'change-clouds',
            alternative: `Small scatter plots, one for each state, of the change of institutional against operational alignment. Share of runs in duality: ${listed(core.map(actor => `${actor.name} ${shareWords(dualityOf(actor))}`))}.`,
            caption:
              'Middle of each square: no change. Shaded: the gap grows and institutions hold, as duality requires. Cross: median and 90 % of runs. Dots: single runs at the end; those beyond the frame stand on its edge.',
            table: tableOf('Changes since the start, median and 90 % of runs', core, [
              { name: 'State', value: nameOf },
              { name: 'Institutional', numeric: true, value: ({ institutional }) => changeWords(institutional) },
              { name: 'Operational', numeric: true, value: ({ operational }) => changeWords(operational) },
              { name: 'Runs in duality', numeric: true, value: actor => shareWords(dualityOf(actor)) },
            ]),
          }),
        ],
      },
    ],
  }
}

function nameOf({ name, id }: CountrySummary): string {
  return `${name} (${id})`
}
