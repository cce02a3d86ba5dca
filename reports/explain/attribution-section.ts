import type { ActorAttribution, AttributionSummary, PartRange } from '../../sim/analysis/attribution-summary.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { html, type Markup } from '../escape.ts'
import { folded, table } from '../figure.ts'
import { change, changes, count, sentence } from '../words.ts'
import { causeName } from './cause-words.ts'
import { waterfall } from './waterfall.ts'

/** What accounts for the changes of the core and of each core actor: bars that add up. */
export function attributionSection(
  summary: AttributionSummary,
  document: ScenarioDocument,
  ends: readonly [string, string],
): Markup {
  const shown = summary.actors.filter(({ id }) => id === 'core' || document.actors[id]!.core)
  const exact = `the parts add up to the change (largest remainder ${summary.largestRemainder.toExponential(0)})`
  const basis =
    summary.runs === 1
      ? `In this run ${exact}.`
      : `Over ${count(summary.runs)} runs of the batch, evenly spread. In every run ${exact}; the bars are their means. Thin line and brackets: the central 90 % of runs; a line that reaches the edge goes on.`
  return html`<section id="causes"><h2>What moved whom</h2>
<p>${basis} Blue leads away from Russia, orange towards it. Aversion to concentration, spillover and neighbours pass on what other causes began. Tiers count where institutional alignment counts them.</p>
${shown.map(actor => actorPart(actor, document, ends, summary.runs === 1))}</section>`
}

function actorPart(
  actor: ActorAttribution,
  document: ScenarioDocument,
  ends: readonly [string, string],
  single: boolean,
): Markup {
  const name = actor.id === 'core' ? 'The core as a whole' : document.actors[actor.id]!.name
  const rows = actor.ID.parts.map((part, n) => ({ ID: part, OP: actor.OP.parts[n]!, gap: actor.gap.parts[n]! }))
  const column = (measure: 'ID' | 'OP' | 'gap') => ({
    name: single ? measure : `${measure}, mean ± 95 %, 90 % of runs`,
    numeric: true,
    value: (row: (typeof rows)[number]) => partWords(row[measure]),
  })
  return html`<h3>${name}: gap ${change(actor.gap.end - actor.gap.start)}, institutional ${change(actor.ID.end - actor.ID.start)}, operational ${change(actor.OP.end - actor.OP.start)}</h3>
<div class="falls">${waterfall(`Institutional alignment, ${name}`, actor.ID, ends, document)}
${waterfall(`Operational alignment, ${name}`, actor.OP, ends, document)}</div>
${folded(
  `Numbers for ${actor.id === 'core' ? 'the core' : name}, also by domain`,
  html`${table(`Parts of the changes, ${name}`, rows, [
    { name: 'Cause', value: ({ ID }) => sentence(causeName(ID.cause, document)) },
    column('ID'),
    column('OP'),
    column('gap'),
  ])}${domainTable(actor, name, document)}`,
)}`
}

function domainTable({ domains }: ActorAttribution, name: string, document: ScenarioDocument): Markup {
  const causes = domains[0]!.parts.map(({ cause }) => cause)
  return table(
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
