import type { CountrySummary, Summary } from '../../sim/analysis/summary.ts'
import { tierNames } from '../../sim/scenario/names.ts'
import { type ColumnOf, type Section, tableOf } from '../document.ts'
import { levels, listed, number, percent } from '../words.ts'
import { batchChart } from './batch-chart.ts'

/** Who is in the CIS and in CIS Plus, and how far in. */
export function membershipSection(summary: Summary): Section {
  const core = summary.actors.filter(actor => actor.core)
  const outsiders = summary.actors.filter(actor => !actor.core)
  const { ext } = summary.fans
  const last = summary.quarters.length - 1
  const kept = ({ tiers }: CountrySummary, institution: number) => {
    const { start, end } = tiers[institution]!
    return end[tierNames.indexOf(start as (typeof tierNames)[number])]!
  }
  const firm = core.filter(actor => kept(actor, 0) >= 0.5).length
  const joined = `${number(ext.q50[last]!, 0)} (${levels(ext.q05[last]!, ext.q95[last]!, 0)})`
  const flow = summary.flow[1]!
  const tierColumns = (institution: number, name: string): ColumnOf<CountrySummary>[] => [
    { name: `${name}, start`, value: ({ tiers }) => tiers[institution]!.start },
    ...tierNames.map((tier, n) => ({
      name: `${name}, ${tier}`,
      numeric: true,
      value: ({ tiers }: CountrySummary) => percent(tiers[institution]!.end[n]!, 1),
    })),
  ]
  return {
    id: 'membership',
    name: 'Membership',
    title: `${firm} of ${core.length} core states keep their tier in the CIS in at least half of the runs; a median of ${joined} outsiders take part in CIS Plus`,
    blocks: [
      batchChart({
        id: 'core-tiers',
        alternative: `Matrix of tiers at the end. Share of runs in which a state keeps its tier in the CIS: ${listed(core.map(actor => `${actor.name} ${percent(kept(actor, 0))}`))}.`,
        caption: 'Frame: tier at the start. Number and shade: share of runs, in per cent, in each tier at the end.',
        table: tableOf('Tiers of core states: start, and share of runs at the end', core, [
          { name: 'State', value: ({ name, id }) => `${name} (${id})` },
          ...tierColumns(0, 'CIS'),
          ...tierColumns(1, 'CIS Plus'),
        ]),
      }),
      {
        kind: 'part',
        title: 'How many outsiders take part in CIS Plus, by quarter',
        blocks: [
          batchChart({
            id: 'external-fan',
            alternative: `Fan of the number of outsiders in CIS Plus, from ${number(ext.q50[0]!, 0)} to a median of ${joined} at the end.`,
            caption: 'Line: median. Bands: half and 90 % of the runs. Tiers change at summits, hence the steps.',
            table: tableOf(
              'Outsiders in CIS Plus: median and 90 % of runs, and mean number by tier',
              summary.quarters.map((_, tick) => tick),
              [
                { name: 'Quarter', value: tick => summary.quarters[tick]! },
                {
                  name: 'Taking part',
                  numeric: true,
                  value: tick => `${number(ext.q50[tick]!, 0)} (${levels(ext.q05[tick]!, ext.q95[tick]!, 0)})`,
                },
                ...tierNames.slice(1).map((tier, n) => ({
                  name: `mean, ${tier}`,
                  numeric: true,
                  value: (tick: number) => number(flow.external[tick]![n + 1]!, 2),
                })),
              ],
            ),
          }),
        ],
      },
      {
        kind: 'part',
        title: 'Which outsiders take part in CIS Plus',
        blocks: [
          batchChart({
            id: 'external-tiers',
            alternative: `Matrix of tiers in CIS Plus at the end. Share of runs outside: ${listed(outsiders.map(({ name, tiers }) => `${name} ${percent(tiers[1]!.end[0]!)}`))}.`,
            caption: 'As above, the most frequent participants first.',
            table: tableOf('Tiers of outsiders in CIS Plus: start, and share of runs at the end', outsiders, [
              { name: 'State', value: ({ name, id }) => `${name} (${id})` },
              ...tierColumns(1, 'CIS Plus'),
            ]),
          }),
        ],
      },
    ],
  }
}
