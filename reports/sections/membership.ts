import type { CountrySummary, Fan, Summary } from '../../sim/analysis/summary.ts'
import { tierNames } from '../../sim/scenario/names.ts'
import { type Block, type ColumnOf, type Section, tableOf } from '../document.ts'
import { levels, listed, number, percent } from '../words.ts'
import { batchChart } from './batch-chart.ts'

/** Who is in the CIS and in CIS Plus, and how far in. */
export function membershipSection(summary: Summary): Section {
  const core = summary.actors.filter(actor => actor.core)
  const kept = ({ tiers }: CountrySummary) => {
    const { start, end } = tiers[0]!
    return end[tierNames.indexOf(start as (typeof tierNames)[number])]!
  }
  const firm = core.filter(actor => kept(actor) >= 0.5).length
  const stay = `${firm} of ${core.length} core states keep their tier in the CIS in at least half of the runs`
  return {
    id: 'membership',
    name: 'Membership',
    title: summary.outerTier ? `${stay}; a median of ${joinedWords(summary)} outsiders take part in CIS Plus` : stay,
    blocks: [
      batchChart({
        id: 'core-tiers',
        alternative: `Matrix of tiers at the end. Share of runs in which a state keeps its tier in the CIS: ${listed(core.map(actor => `${actor.name} ${percent(kept(actor))}`))}.`,
        caption: 'Frame: tier at the start. Number and shade: share of runs, in per cent, in each tier at the end.',
        table: tableOf('Tiers of core states: start, and share of runs at the end', core, [
          { name: 'State', value: ({ name, id }) => `${name} (${id})` },
          ...tierColumns(0, 'CIS'),
          ...(summary.outerTier ? tierColumns(1, 'CIS Plus') : []),
        ]),
      }),
      ...(summary.outerTier ? outsiderParts(summary) : []),
    ],
  }
}

/** Outsiders that take part in CIS Plus at the end: median and central 90 % of runs. */
function joinedWords({ fans: { ext }, quarters }: Summary): string {
  return fanWords(ext, quarters.length - 1)
}

function fanWords({ q05, q50, q95 }: Fan, tick: number): string {
  return `${number(q50[tick]!, 0)} (${levels(q05[tick]!, q95[tick]!, 0)})`
}

function tierColumns(institution: number, name: string): ColumnOf<CountrySummary>[] {
  return [
    { name: `${name}, start`, value: ({ tiers }) => tiers[institution]!.start },
    ...tierNames.map((tier, n) => ({
      name: `${name}, ${tier}`,
      numeric: true,
      value: ({ tiers }: CountrySummary) => percent(tiers[institution]!.end[n]!, 1),
    })),
  ]
}

/** Who from outside takes part in CIS Plus. */
function outsiderParts(summary: Summary): Block[] {
  const outsiders = summary.actors.filter(actor => !actor.core)
  const { ext } = summary.fans
  const flow = summary.flow[1]!
  return [
    {
      kind: 'part',
      title: 'How many outsiders take part in CIS Plus, by quarter',
      blocks: [
        batchChart({
          id: 'external-fan',
          alternative: `Fan of the number of outsiders in CIS Plus, from ${number(ext.q50[0]!, 0)} to a median of ${joinedWords(summary)} at the end.`,
          caption: 'Line: median. Bands: half and 90 % of the runs. Tiers change at summits, hence the steps.',
          table: tableOf(
            'Outsiders in CIS Plus: median and 90 % of runs, and mean number by tier',
            summary.quarters.map((_, tick) => tick),
            [
              { name: 'Quarter', value: tick => summary.quarters[tick]! },
              { name: 'Taking part', numeric: true, value: tick => fanWords(ext, tick) },
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
  ]
}
