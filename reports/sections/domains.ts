import type { Summary } from '../../sim/analysis/summary.ts'
import { type Section, tableOf } from '../document.ts'
import { change, changeWords, listed, mostAndLeast, sentence } from '../words.ts'
import { batchChart } from './batch-chart.ts'

/** In which domains Russia's share changes. */
export function domainsSection(summary: Summary): Section {
  const core = summary.actors.filter(actor => actor.core)
  const names = core[0]?.domains.map(({ domain }) => domain) ?? []
  const means = names
    .map((domain, d) => ({
      domain,
      mean: core.reduce((sum, actor) => sum + actor.domains[d]!.median - actor.domains[d]!.start, 0) / core.length,
    }))
    .sort((a, b) => a.mean - b.mean)
  const words = ({ domain, mean }: { domain: string; mean: number }) => `${domain} (${change(mean)})`
  const moves = means.map(({ domain, mean }) => ({ name: `the ${domain} domain`, move: mean }))
  const title =
    moves.length < 2 ? 'Russia’s share by domain' : `Russia’s share ${mostAndLeast(moves, ['grows', 'falls'])}`
  return {
    id: 'domains',
    name: 'Domains',
    title,
    blocks: [
      {
        kind: 'words',
        line: 'Change of Russia’s share of a state’s attachment, in share points of 1, since the start; the title gives the mean of the medians of the core states.',
      },
      batchChart({
        id: 'domain-heat',
        alternative: `Heat map of ${core.length} states by ${names.length} domains. Mean of the medians: ${listed(means.map(words))}.`,
        caption:
          'Number and colour: median. Line and dot: 90 % of runs and median around a tick for no change, one scale for all cells. Where the line crosses the tick, runs disagree about the direction.',
        table: tableOf('Change of Russia’s share, median and 90 % of runs', core, [
          { name: 'State', value: ({ name, id }) => `${name} (${id})` },
          ...names.map((domain, d) => ({
            name: sentence(domain),
            numeric: true,
            value: ({ domains }: (typeof core)[number]) => changeWords(domains[d]!),
          })),
        ]),
      }),
    ],
  }
}
