import type { AttributionSummary } from '../../sim/analysis/attribution-summary.ts'
import type { Summary } from '../../sim/analysis/summary.ts'
import { tierNames } from '../../sim/scenario/names.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import type { ChartData } from '../charts/chart-data.ts'
import { actorInDepth, rangeAt } from '../charts/choice.ts'
import type { WaterfallData } from '../charts/waterfall.ts'
import { depthTitle, inDepthWords } from '../choice-words.ts'
import { type Block, type ChartBlock, type Choices, type Section, type Table, tableOf } from '../document.ts'
import { plain } from '../escape.ts'
import { causeName } from '../explain/cause-words.ts'
import { lookOf } from '../theme.ts'
import { change, changeWords, count, levelWords, meanWords, percent, sentence, shareWords } from '../words.ts'
import { batchChart, batchData } from './batch-chart.ts'

/** Begins the key of the causes of each actor. */
const causesKey = 'waterfall-'
const depthId = 'depth'

/** Everything about one state: the one a reader chooses, and until then the one that most often ends in duality. */
export function depthSection(
  summary: Summary,
  document: ScenarioDocument,
  data: Readonly<Record<string, unknown>>,
  causes?: AttributionSummary,
): Section[] {
  const batch = data[batchData] as ChartData
  const actor = actorInDepth(batch, {})
  if (actor === undefined) return []
  const key = causesKey + actor.id
  const words = inDepthWords(actor, data[key] as WaterfallData | undefined)
  const block = (id: string, caption: string, table: Table): ChartBlock =>
    batchChart({ id, alternative: words[id]!, caption, table })
  const blocks: Block[] = [
    {
      kind: 'words',
      line: `Shown is the state chosen above the report, or else ${actor.name}, which most often ends in duality. The tables have all states.`,
    },
    block(
      'actor-paths',
      'Line: median. Dark band: half of the runs. Light band: 90 %. Dashes: level at the start. One scale step for the three.',
      pathsTable(summary),
    ),
    block('actor-ends', 'Bar and number: share of runs. Thin line: 95 % interval.', endsTable(summary)),
    block(
      'actor-tiers',
      'Frame: tier at the start. Number and shade: share of runs in each tier at the end.',
      tiersTable(summary),
    ),
  ]
  if (causes && data[key] !== undefined)
    blocks.push({
      kind: 'chart',
      id: 'actor-causes',
      chart: 'waterfall',
      data: key,
      follows: causesKey,
      alternative: words.waterfall!,
      caption: 'What moved it: the largest cause first; blue leads away from Russia, orange towards it.',
      table: causesTable(causes, document),
    })
  return [{ id: depthId, name: 'One state in depth', title: depthTitle(actor.name), blocks }]
}

/** What a reader may choose in the report of a batch. */
export function batchChoices(summary: Summary): Choices {
  return {
    data: batchData,
    actors: summary.actors.map(({ id, name }) => ({ id, name: plain(name) })),
    outcomes: (summary.actors[0]?.outcomes ?? []).map(({ outcome }) => ({
      id: outcome,
      name: sentence(lookOf(outcome).name),
    })),
    quarters: summary.quarters,
    depth: depthId,
  }
}

function pathsTable({ actors, quarters }: Summary): Table {
  const rows = actors.flatMap(actor => quarters.map((_, tick) => ({ actor, tick })))
  return tableOf('Paths of all states, median and 90 % of runs', rows, [
    { name: 'State', value: ({ actor }) => actor.name },
    { name: 'Quarter', value: ({ tick }) => quarters[tick]! },
    { name: 'Institutional', numeric: true, value: ({ actor, tick }) => levelWords(rangeAt(actor.fans.ID, tick)) },
    { name: 'Operational', numeric: true, value: ({ actor, tick }) => levelWords(rangeAt(actor.fans.OP, tick)) },
    { name: 'Gap, change', numeric: true, value: ({ actor, tick }) => changeWords(rangeAt(actor.fans.gap, tick)) },
  ])
}

function endsTable({ actors }: Summary): Table {
  return tableOf('Share of runs by outcome, 95 % interval', actors, [
    { name: 'State', value: ({ name }) => name },
    ...(actors[0]?.outcomes ?? []).map(({ outcome }, n) => ({
      name: sentence(lookOf(outcome).name),
      numeric: true,
      value: ({ outcomes }: Summary['actors'][number]) => shareWords(outcomes[n]!),
    })),
  ])
}

function tiersTable({ actors, outerTier }: Summary): Table {
  const bodies = outerTier ? ['CIS', 'CIS Plus'] : ['CIS']
  return tableOf('Tiers: start, and share of runs at the end', actors, [
    { name: 'State', value: ({ name }) => name },
    ...bodies.flatMap((body, m) => [
      { name: `${body}, start`, value: ({ tiers }: Summary['actors'][number]) => tiers[m]!.start },
      ...tierNames.map((tier, n) => ({
        name: `${body}, ${tier}`,
        numeric: true,
        value: ({ tiers }: Summary['actors'][number]) => percent(tiers[m]!.end[n]!),
      })),
    ]),
  ])
}

function causesTable({ actors, runs }: AttributionSummary, document: ScenarioDocument): Table {
  const shown = actors.filter(({ id }) => id !== 'core' && document.actors[id]!.core)
  const largest = (parts: (typeof shown)[number]['ID']['parts']) => {
    const first = [...parts].sort((a, b) => Math.abs(b.mean) - Math.abs(a.mean))[0]!
    return `${causeName(first.cause, document)} ${change(first.mean)}`
  }
  return tableOf(
    `Mean changes of ${count(runs)} runs, ± half of the 95 % interval, and their largest causes; all causes are in the section on causes`,
    shown,
    [
      { name: 'State', value: ({ id }) => document.actors[id]!.name },
      { name: 'Institutional', numeric: true, value: ({ ID }) => meanWords(ID.change) },
      { name: 'Largest cause', value: ({ ID }) => largest(ID.parts) },
      { name: 'Operational', numeric: true, value: ({ OP }) => meanWords(OP.change) },
      { name: 'Largest cause', value: ({ OP }) => largest(OP.parts) },
    ],
  )
}
