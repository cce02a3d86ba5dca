import type { ActorSummary, Fan, Summary } from '../../sim/analysis/summary.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { type Block, type Section, type Table, tableOf } from '../document.ts'
import { change, changeWords, interval, levels, levelWords, listed, mostAndLeast, number, percent } from '../words.ts'
import { batchChart } from './batch-chart.ts'

const systemNames = {
  ID: 'Institutional alignment',
  OP: 'Operational alignment',
  gap: 'Gap',
  v: 'Vitality of CIS Plus',
  lead_RU: 'Russia’s share of leadership',
  breadth: 'Core still in the CIS',
} as const

/** How the system and the groups get to the end, quarter by quarter, and the events on the way. */
export function pathsSection(summary: Summary, document: ScenarioDocument): Section {
  const names = (Object.keys(systemNames) as (keyof typeof systemNames)[]).filter(
    name => name !== 'v' || summary.outerTier,
  )
  const last = summary.quarters.length - 1
  const at = (fan: Fan, tick: number) => ({
    start: fan.q50[0]!,
    median: fan.q50[tick]!,
    low: fan.q05[tick]!,
    high: fan.q95[tick]!,
  })
  const gap = at(summary.fans.gap, last)
  const byGroup = summary.groups.map(group => `${group.name} ${changeWords(group.gap)}`)
  const ticks = summary.quarters.map((_, tick) => tick)
  return {
    id: 'paths',
    name: 'Paths and events',
    title: titleOf(gap.median - gap.start, summary.groups),
    blocks: [
      {
        kind: 'words',
        line: `The mean over the core mixes states that move in opposite directions${hangsOnExits(summary) ? ', and it hangs on whether Armenia and Moldova leave bodies' : ''}; read it together with the groups below.`,
      },
      batchChart({
        id: 'system-fans',
        alternative: `${names.length} fans from ${summary.quarters[0]} to ${summary.quarters[last]}. Median and 90 % of runs at the end: ${listed(names.map(name => `${systemNames[name]} ${levelWords(at(summary.fans[name], last))}, from ${number(summary.fans[name].q50[0]!)}`))}.`,
        caption:
          'Line: median. Dark band: half of the runs. Light band: 90 %. Dashes: level at the start. The three panels of alignment have one scale step, so their movements compare. Points are ends of quarters; bands are quantiles at each, and a single run crosses them.',
        table: tableOf('Median and 90 % of runs by quarter', ticks, [
          { name: 'Quarter', value: tick => summary.quarters[tick]! },
          ...names.map(name => ({
            name: systemNames[name],
            numeric: true,
            value: (tick: number) => levelWords(at(summary.fans[name], tick)),
          })),
        ]),
      }),
      {
        kind: 'part',
        title: groupTitle(summary.groups),
        blocks: [
          batchChart({
            id: 'group-gap-fans',
            alternative: `Fans of the change of the gap in each group. Median and 90 % of runs at the end: ${listed(byGroup)}.`,
            caption:
              'Change of the gap since the start, one scale for all groups. Above the dashes institutions hold better than practice.',
            table: gapTable(summary.groups, 'Group'),
            print: true,
          }),
        ],
      },
      {
        kind: 'part',
        title: 'State by state: the gap of each core state since the start',
        blocks: [
          batchChart({
            id: 'actor-gap-fans',
            alternative: `Fans of the change of the gap of each core state. Median and 90 % of runs at the end: ${listed(summary.actors.filter(({ core }) => core).map(({ name, gap: own }) => `${name} ${changeWords(own)}`))}.`,
            caption: 'As above, on one scale for all states. Steps are yearly: states change their tier at summits.',
            table: gapTable(
              summary.actors.filter(({ core }) => core),
              'State',
            ),
          }),
        ],
      },
      ...eventsPart(summary, document),
    ],
  }
}

/** Whether the two states whose exits move the mean most are in the core. */
export function hangsOnExits({ actors }: Summary): boolean {
  return ['ARM', 'MDA'].every(id => actors.some(actor => actor.id === id && actor.core))
}

function titleOf(gapChange: number, groups: readonly ActorSummary[]): string {
  const verb = Math.abs(gapChange) < 0.01 ? 'hardly moves' : gapChange > 0 ? 'widens' : 'narrows'
  const moves = groups.map(({ gap }) => gap.median - gap.start)
  const apart = Math.max(...moves) > 0.005 && Math.min(...moves) < -0.005
  return `The mean gap of the core ${verb} (median ${change(gapChange)})${apart ? ', while groups move apart' : ''}`
}

function groupTitle(groups: readonly ActorSummary[]): string {
  if (groups.length < 2) return 'The gap by group'
  const moves = groups.map(({ name, gap }) => ({ name, move: gap.median - gap.start }))
  return `The gap ${mostAndLeast(moves, ['grows', 'shrinks'])}`
}

function gapTable(actors: readonly ActorSummary[], kind: string): Table {
  return tableOf('Change of the gap since the start, median and 90 % of runs', actors, [
    { name: kind, value: ({ name }) => name },
    { name: 'Gap, start', numeric: true, value: ({ gap }) => number(gap.start) },
    { name: 'Gap, end', numeric: true, value: ({ gap }) => `${number(gap.median)} (${levels(gap.low, gap.high)})` },
    { name: 'Change', numeric: true, value: ({ gap }) => changeWords(gap) },
  ])
}

function eventsPart(summary: Summary, document: ScenarioDocument): Block[] {
  const { events } = summary
  if (events.length === 0) return []
  const rows = events.map(event => ({ ...event, ...document.events[event.id]! }))
  const frequent = [...rows].sort((a, b) => b.happened.share - a.happened.share)
  return [
    {
      kind: 'part',
      title: `What may happen on the way: ${events.length} events, each an assumption of the scenario`,
      blocks: [
        batchChart({
          id: 'event-windows',
          alternative: `Windows of ${events.length} events between ${summary.quarters[0]} and ${summary.quarters.at(-1)}. Most frequent: ${listed(frequent.slice(0, 5).map(({ title, happened }) => `${title} ${percent(happened.share)}`))} of runs.`,
          caption:
            'Frame: quarters in which the event may happen. Filled part of its height, and number: share of runs in which it did. All dates, chances and sizes are judgement unless a grade in the inputs says otherwise.',
          table: tableOf('Events', rows, [
            { name: 'Event', value: ({ title }) => title },
            { name: 'Stands for', value: ({ system }) => system ?? '' },
            { name: 'Quarter or window', value: ({ window, at }) => at ?? String(window).replace(',', ' to ') },
            { name: 'Assumed chance', numeric: true, value: ({ probability }) => percent(probability) },
            { name: 'Share of runs', numeric: true, value: ({ happened }) => percent(happened.share, 1) },
            { name: '95 % interval', numeric: true, value: ({ happened }) => interval(happened) },
          ]),
        }),
      ],
    },
  ]
}
