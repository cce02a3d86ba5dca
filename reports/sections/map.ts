import type { Summary } from '../../sim/analysis/summary.ts'
import { mapTitle } from '../choice-words.ts'
import { type Block, type Section, tableOf } from '../document.ts'
import { change, changeWords, listed } from '../words.ts'
import { batchChart } from './batch-chart.ts'

const joinersLine: Block = {
  kind: 'words',
  line: 'For states outside the core, institutional alignment grows from almost nothing as soon as they take part in CIS Plus, so a wider gap there says that they joined and not that they left.',
}

/** The change of the gap on a map. */
export function mapSection(summary: Summary): Section {
  const moved = summary.actors
    .map(({ name, id, gap, core }) => ({ name, id, gap, core, change: gap.median - gap.start }))
    .sort((a, b) => b.change - a.change)
  const narrower = moved.filter(row => row.change <= -0.005)
  return {
    id: 'map',
    name: 'Map',
    title: mapTitle(summary.actors),
    blocks: [
      ...(summary.outerTier ? [joinersLine] : []),
      batchChart({
        id: 'gap-map',
        alternative: `Map of the median change of the gap. Widest: ${listed(moved.slice(0, 5).map(row => `${row.name} ${change(row.change)}`))}. Narrowed: ${narrower.length === 0 ? 'none' : listed(narrower.map(row => `${row.name} ${change(row.change)}`))}.`,
        caption:
          'Median change of the gap since the start, or the share of runs in the outcome chosen above; without colour: not an actor of the scenario. States outside the frame are in the table. Boundaries as in the data source (Natural Earth, 1 to 110 million); no position on any territory is implied.',
        table: tableOf('Change of the gap since the start, median and 90 % of runs', moved, [
          { name: 'State', value: ({ name, id }) => `${name} (${id})` },
          { name: 'Core', value: ({ core }) => (core ? 'yes' : '') },
          { name: 'Change of the gap', numeric: true, value: ({ gap }) => changeWords(gap) },
        ]),
      }),
    ],
  }
}
