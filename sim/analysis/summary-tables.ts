import type { Cell } from './csv-text.ts'
import type { Fan, Range, Summary } from './summary.ts'

/** A table of findings for spreadsheets, with full precision. */
export interface SummaryTable {
  readonly name: string
  /** Each column with what it says. */
  readonly columns: readonly { readonly name: string; readonly unit: string; readonly meaning: string }[]
  readonly rows: readonly (readonly Cell[])[]
}

type Columns = SummaryTable['columns']

const text = (name: string, meaning: string) => ({ name, unit: 'text', meaning })
const share = (name: string, meaning: string) => ({ name, unit: 'share', meaning })
const interval: Columns = [
  { name: 'runs', unit: 'runs', meaning: 'runs counted' },
  share('share', 'share of the runs that finished, under the assumptions of the scenario'),
  share('lower', 'lower end of the 95 % interval (Wilson)'),
  share('upper', 'upper end of the 95 % interval (Wilson)'),
]
const range = (of: string, unit = 'index'): Columns => [
  { name: 'start', unit, meaning: `${of} at the start` },
  { name: 'median', unit, meaning: `${of} at the end, median of the runs` },
  { name: 'q05', unit, meaning: `${of} at the end, 5 % of the runs lie below` },
  { name: 'q95', unit, meaning: `${of} at the end, 95 % of the runs lie below` },
]
const rangeCells = ({ start, median, low, high }: Range) => [start, median, low, high]

/** The findings of a batch as tables. */
export function summaryTables(summary: Summary): SummaryTable[] {
  const { outcomes, ambiguous, indices, groups, actors, events, quarters, fans } = summary
  const kinds = [
    ...groups.map(one => ({ kind: 'group', one })),
    ...actors.map(one => ({ kind: one.core ? 'core' : 'outside', one })),
  ]
  const who: Columns = [
    text('id', 'actor or group'),
    text('name', 'its name'),
    text('kind', 'group, core (counted in the means), or outside'),
  ]
  const fanRows = (of: string, index: string, fan: Fan) =>
    quarters.map((quarter, t) => [of, index, quarter, fan.q05[t], fan.q25[t], fan.q50[t], fan.q75[t], fan.q95[t]])
  const quantile = (name: string, below: string) => ({ name, unit: 'index', meaning: `${below} of the runs lie below` })
  return [
    {
      name: 'outcomes',
      columns: [text('outcome', 'outcome of runs; ambiguous runs are also counted in their best outcome'), ...interval],
      rows: [...outcomes, { outcome: 'ambiguous', ...ambiguous }].map(one => [
        one.outcome,
        one.count,
        one.share,
        one.lower,
        one.upper,
      ]),
    },
    {
      name: 'indices',
      columns: [text('index', 'as in the columns of runs.csv'), ...range('mean of the last four ticks')],
      rows: indices.map(one => [one.index, ...rangeCells(one)]),
    },
    {
      name: 'actors',
      columns: [
        ...who,
        text('measure', 'ID institutional, OP operational alignment, gap = ID − OP'),
        ...range('level'),
      ],
      rows: kinds.flatMap(({ kind, one }) =>
        (
          [
            ['ID', one.institutional],
            ['OP', one.operational],
            ['gap', one.gap],
          ] as const
        ).map(([measure, level]) => [one.id, one.name, kind, measure, ...rangeCells(level)]),
      ),
    },
    {
      name: 'actor-outcomes',
      columns: [...who, text('outcome', 'outcome of the actor or group'), ...interval],
      rows: kinds.flatMap(({ kind, one }) =>
        one.outcomes.map(own => [one.id, one.name, kind, own.outcome, own.count, own.share, own.lower, own.upper]),
      ),
    },
    {
      name: 'domains',
      columns: [...who, text('domain', 'domain of alignment'), ...range('change of Russia’s share', 'share')],
      rows: actors.flatMap(one =>
        one.domains.map(own => [one.id, one.name, one.core ? 'core' : 'outside', own.domain, ...rangeCells(own)]),
      ),
    },
    {
      name: 'tiers',
      columns: [
        ...who,
        text('institution', 'institution'),
        text('start', 'tier at the start'),
        ...['none', 'observer', 'partner', 'member'].map(tier =>
          share(tier, `share of runs in which it ends as ${tier}`),
        ),
      ],
      rows: actors.flatMap(one =>
        one.tiers.map(own => [one.id, one.name, one.core ? 'core' : 'outside', own.institution, own.start, ...own.end]),
      ),
    },
    {
      name: 'quarters',
      columns: [
        text('of', 'system, or the id of an actor or group'),
        text('index', 'as in the columns of runs.csv'),
        text('quarter', 'end of the tick'),
        quantile('q05', '5 %'),
        quantile('q25', '25 %'),
        quantile('q50', 'half'),
        quantile('q75', '75 %'),
        quantile('q95', '95 %'),
      ],
      rows: [
        ...Object.entries(fans).flatMap(([index, fan]) => fanRows('system', index, fan)),
        ...kinds.flatMap(({ one }) => Object.entries(one.fans).flatMap(([index, fan]) => fanRows(one.id, index, fan))),
      ],
    },
    {
      name: 'events',
      columns: [
        text('id', 'event'),
        text('title', 'its title'),
        text('window', 'quarter, or the quarters between which it may happen'),
        share('assumed', 'chance assumed in the scenario'),
        ...interval,
      ],
      rows: events.map(({ id, title, window, probability, happened }) => [
        id,
        title,
        window,
        probability,
        happened.count,
        happened.share,
        happened.lower,
        happened.upper,
      ]),
    },
  ]
}
