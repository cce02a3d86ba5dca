import type { ActorAttribution, AttributionSummary, PartRange } from '../../sim/analysis/attribution-summary.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import type { WaterfallData } from '../charts/waterfall.ts'
import { type Block, type Section, type Table, tableOf } from '../document.ts'
import { plain } from '../escape.ts'
import { change, changes, count, listed, number, sentence } from '../words.ts'
import { causeName } from './cause-words.ts'
import { waterfallBars } from './waterfall-bars.ts'

const measures = [
  ['ID', 'Institutional alignment'],
  ['OP', 'Operational alignment'],
] as const

/** What accounts for the changes of the core and of each core actor: bars that add up. Its charts draw `attributionData`. */
export function attributionSection(
  summary: AttributionSummary,
  document: ScenarioDocument,
  ends: readonly [string, string],
): Section {
  const exact = `the parts add up to the change (largest remainder ${summary.largestRemainder.toExponential(0)})`
  const basis =
    summary.runs === 1
      ? `In this run ${exact}.`
      : `Over ${count(summary.runs)} runs of the batch, evenly spread. In every run ${exact}; the bars are their means. Thin line and brackets: the central 90 % of runs; a line that reaches the edge goes on.`
  return {
    id: 'causes',
    name: 'Causes',
    title: 'What moved whom',
    blocks: [
      {
        kind: 'words',
        line: `${basis} Blue leads away from Russia, orange towards it. Aversion to concentration, spillover and neighbours pass on what other causes began. Tiers count where institutional alignment counts them.`,
      },
      ...shownIn(summary, document).map(actor => actorPart(actor, document, ends, summary.runs === 1)),
    ],
  }
}

/** The data of the waterfalls of the section, by key. */
export function attributionData(
  summary: AttributionSummary,
  document: ScenarioDocument,
  ends: readonly [string, string],
): Record<string, WaterfallData> {
  return Object.fromEntries(
    shownIn(summary, document).map(actor => [
      keyOf(actor),
      {
        panels: measures.map(([measure, title]) => ({
          title,
          bars: waterfallBars(actor[measure], ends, document).map(bar => ({ ...bar, label: plain(bar.label) })),
        })),
      },
    ]),
  )
}

function shownIn({ actors }: AttributionSummary, document: ScenarioDocument): ActorAttribution[] {
  return actors.filter(({ id }) => id === 'core' || document.actors[id]!.core)
}

function keyOf({ id }: ActorAttribution): string {
  return `waterfall-${id}`
}

function actorPart(
  actor: ActorAttribution,
  document: ScenarioDocument,
  ends: readonly [string, string],
  single: boolean,
): Block {
  const whole = actor.id === 'core'
  const name = whole ? 'The core as a whole' : document.actors[actor.id]!.name
  const said = measures.map(([measure, title]) => {
    const { start, end } = actor[measure]
    const parts = waterfallBars(actor[measure], ends, document).flatMap(({ label, part }) =>
      part ? [`${label} ${change(part.mean)}`] : [],
    )
    return `${title} from ${number(start)} to ${number(end)}: ${listed(parts)}.`
  })
  return {
    kind: 'part',
    title: `${name}: gap ${change(actor.gap.end - actor.gap.start)}, institutional ${change(actor.ID.end - actor.ID.start)}, operational ${change(actor.OP.end - actor.OP.start)}`,
    blocks: [
      {
        kind: 'chart',
        id: keyOf(actor),
        chart: 'waterfall',
        data: keyOf(actor),
        alternative: said.join(' '),
        caption: `From ${ends[0]} to ${ends[1]}, the largest cause first; blue leads away from Russia, orange towards it. Thin line: 90 % of runs.`,
        table: partsTable(actor, name, document, single),
      },
      {
        kind: 'folded',
        label: `Causes of the change in each domain, ${whole ? 'the core' : name}`,
        blocks: [domainTable(actor, name, document)],
      },
    ],
  }
}

function partsTable(actor: ActorAttribution, name: string, document: ScenarioDocument, single: boolean): Table {
  // A body that does not exist moves nothing in any run.
  const rows = actor.ID.parts
    .map((part, n) => ({ ID: part, OP: actor.OP.parts[n]!, gap: actor.gap.parts[n]! }))
    .filter(row => Object.values(row).some(({ low, mean, high }) => low !== 0 || mean !== 0 || high !== 0))
  const column = (measure: 'ID' | 'OP' | 'gap') => ({
    name: single ? measure : `${measure}, mean ± 95 %, 90 % of runs`,
    numeric: true,
    value: (row: (typeof rows)[number]) => partWords(row[measure]),
  })
  return tableOf(`Parts of the changes, ${name}`, rows, [
    { name: 'Cause', value: ({ ID }) => sentence(causeName(ID.cause, document)) },
    column('ID'),
    column('OP'),
    column('gap'),
  ])
}

function domainTable({ domains }: ActorAttribution, name: string, document: ScenarioDocument): Table {
  const causes = domains[0]!.parts.map(({ cause }) => cause)
  return tableOf(
    `Parts of the change of the Russian share in each domain, ${name}`,
    causes.map((cause, n) => ({ cause, n })),
    [
      { name: 'Cause', value: ({ cause }) => sentence(causeName(cause, document)) },
      ...domains.map(({ domain, parts }) => ({
        name: sentence(domain),
        numeric: true,
        value: ({ n }: { n: number }) => change(parts[n]!.mean, 4),
      })),
    ],
  )
}

function partWords({ mean, halfWidth, low, high }: PartRange): string {
  return Number.isFinite(halfWidth)
    ? `${change(mean, 4)} ± ${halfWidth.toFixed(4)} (${changes(low, high)})`
    : change(mean, 4)
}
