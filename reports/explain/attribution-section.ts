import type { ActorAttribution, AttributionSummary, PartRange } from '../../sim/analysis/attribution-summary.ts'
import type { Range, Summary } from '../../sim/analysis/summary.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { rangeAt } from '../charts/choice.ts'
import type { WaterfallData } from '../charts/waterfall.ts'
import { type Block, type Section, type Table, tableOf } from '../document.ts'
import { plain } from '../escape.ts'
import { change, changes, changeWords, count, listed, meanWords, number, sentence } from '../words.ts'
import { causeName } from './cause-words.ts'
import { waterfallBars } from './waterfall-bars.ts'

const measures = [
  ['ID', 'Institutional alignment'],
  ['OP', 'Operational alignment'],
] as const

/**
 * What accounts for the changes of the core and of each core actor: bars that add up. Its charts draw `attributionData`.
 *
 * @param whole - the batch the runs are a sample of, whose medians stand beside the means of the sample
 */
export function attributionSection(
  summary: AttributionSummary,
  document: ScenarioDocument,
  ends: readonly [string, string],
  whole?: Summary,
): Section {
  const exact = `the parts add up to the change (largest remainder ${summary.largestRemainder.toExponential(0)})`
  const basis =
    summary.runs === 1
      ? `In this run ${exact}.`
      : `Over ${count(summary.runs)} runs of the batch, evenly spread. In every run ${exact}; the bars are their means, for means add up over causes and medians do not. Where few runs move far, the mean of a change and its median differ, and may differ in sign. Thin line and brackets: the central 90 % of runs; a line that reaches the edge goes on.`
  return {
    id: 'causes',
    name: 'Causes',
    title: 'What moved whom',
    blocks: [
      {
        kind: 'words',
        line: `${basis} Blue leads away from Russia, orange towards it. Aversion to concentration, spillover and neighbours pass on what other causes began. Tiers count where institutional alignment counts them.`,
      },
      ...shownIn(summary, document).map(actor => actorPart(actor, document, ends, summary.runs, whole)),
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
  runs: number,
  batch: Summary | undefined,
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
    title: `${name}: gap ${meanWords(actor.gap.change)}, institutional ${meanWords(actor.ID.change)}, operational ${meanWords(actor.OP.change)}`,
    blocks: [
      ...(runs === 1 ? [] : [{ kind: 'words', line: meansSentence(actor, runs, batch) } as const]),
      {
        kind: 'chart',
        id: keyOf(actor),
        chart: 'waterfall',
        data: keyOf(actor),
        alternative: said.join(' '),
        caption: `From ${ends[0]} to ${ends[1]}, the largest cause first; blue leads away from Russia, orange towards it. Thin line: 90 % of runs.`,
        table: partsTable(actor, name, document, runs === 1),
      },
      {
        kind: 'folded',
        label: `Causes of the change in each domain, ${whole ? 'the core' : name}`,
        blocks: [domainTable(actor, name, document)],
      },
    ],
  }
}

/** What the numbers of a heading are, and which of them have a sign. */
function meansSentence(actor: ActorAttribution, runs: number, batch: Summary | undefined): string {
  const open = (
    [
      ['the gap', actor.gap],
      ['institutional alignment', actor.ID],
      ['operational alignment', actor.OP],
    ] as const
  ).flatMap(([what, { change: by }]) => (Math.abs(by.mean) > by.halfWidth ? [] : [what]))
  const sign = open.length === 0 ? '' : ` These runs do not determine the sign of the mean change of ${listed(open)}.`
  const gap = batch && gapOf(batch, actor.id)
  const median = gap
    ? ` The median change of the gap over all ${count(batch.runs - batch.failed.length)} runs is ${changeWords(gap)}.`
    : ''
  return `Means of ${count(runs)} runs, ± half of the 95 % interval.${sign}${median}`
}

/** The gap of the core or an actor at the last quarter, over all runs. */
function gapOf({ fans, actors, quarters }: Summary, id: string): Range | undefined {
  return id === 'core' ? rangeAt(fans.gap, quarters.length - 1) : actors.find(actor => actor.id === id)?.gap
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
