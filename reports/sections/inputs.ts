import type { Summary } from '../../sim/analysis/summary.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { html, type Markup } from '../escape.ts'
import { figure, folded, table } from '../figure.ts'
import { figuresIn, gradeCounts, type InputFigure, type SampledParameter, sampledParameters } from '../inputs.ts'
import { count, listed, percent } from '../words.ts'

/** What went in: parameters, figures and events, each with source and grade. */
export function inputsSection(summary: Summary, document: ScenarioDocument): Markup {
  const kinds = gradeCounts(document)
  const total = (grade: 'A' | 'B' | 'C' | 'D') => kinds.reduce((sum, { counts }) => sum + counts[grade], 0)
  const all = total('A') + total('B') + total('C') + total('D')
  const levers = sampledParameters(document, 'levers')
  const uncertainties = sampledParameters(document, 'uncertainties')
  return html`<section id="inputs"><h2>${percent(total('D') / all)} of ${count(all)} inputs are judgement (grade D)</h2>
<p>Every figure of the scenario has a source and a grade: A measured, B measured with gaps, C partly judged, D judgement. What is uncertain and could matter is sampled over a range; no part of a range is claimed to be likelier than its distribution says.</p>
${figure({
  id: 'input-grades',
  alternative: `Bars of grades. ${listed(kinds.map(({ kind, counts }) => `${kind}: ${counts.A} A, ${counts.B} B, ${counts.C} C, ${counts.D} D`))}.`,
  caption: 'Number of inputs by grade; the paler, the less is measured.',
  table: table('Inputs by grade', kinds, [
    { name: 'Inputs', value: ({ kind }) => kind },
    ...(['A', 'B', 'C', 'D'] as const).map(grade => ({
      name: grade,
      numeric: true,
      value: ({ counts }: (typeof kinds)[number]) => String(counts[grade]),
    })),
  ]),
  print: true,
})}
<h3>What differs from run to run</h3>
${levers.length === 0 ? undefined : folded(`${levers.length} levers: what somebody could choose`, parameterTable('Levers', levers), levers.length <= 10)}
${uncertainties.length === 0 ? undefined : folded(`${uncertainties.length} uncertainties: outside anyone’s choice, or unknown`, parameterTable('Uncertainties', uncertainties))}
${levers.length + uncertainties.length === 0 ? html`<p>Nothing is sampled: runs differ by their random draws alone.</p>` : undefined}
${eventsTable(summary, document)}
<h3>Figures at the start</h3>
${folded(
  `${count(figuresIn(document.actors).length)} figures of ${Object.keys(document.actors).length} states`,
  html`<div class="inner">${Object.values(document.actors).map(stateFigures)}</div>`,
)}
${folded('Bodies, corridors and Russia', figureTable('Figures of bodies, corridors and Russia', figuresIn({ institutions: document.institutions, corridors: document.corridors, club: document.club, russia: document.russia })))}
<h3>Sources</h3>
${folded(
  `${Object.keys(document.sources).length} sources`,
  table('Sources', Object.entries(document.sources), [
    { name: 'Key', value: ([key]) => key },
    { name: 'Source', value: ([, source]) => source },
  ]),
)}</section>`
}

function stateFigures(actor: ScenarioDocument['actors'][string]): Markup {
  const figures = figuresIn(actor)
  return folded(`${actor.name}: ${figures.length} figures`, figureTable(`Figures of ${actor.name}`, figures))
}

function parameterTable(caption: string, parameters: readonly SampledParameter[]): Markup {
  return table(caption, parameters, [
    { name: 'Parameter', value: ({ name }) => name },
    { name: 'Meaning', value: ({ meaning }) => meaning },
    { name: 'Distribution', value: ({ distribution }) => distribution },
    { name: 'Unit', value: ({ unit }) => unit },
    { name: 'Source', value: ({ source }) => source },
    { name: 'Grade', value: ({ grade }) => grade },
  ])
}

function figureTable(caption: string, figures: readonly InputFigure[]): Markup {
  return table(caption, figures, [
    { name: 'Figure', value: ({ what }) => what },
    { name: 'Value', value: ({ value }) => value },
    { name: 'Year', value: ({ year }) => (year === undefined ? '' : String(year)) },
    { name: 'Source', value: ({ sources }) => sources.join(', ') },
    { name: 'Grade', value: ({ grade }) => grade },
    { name: 'Note', value: ({ note }) => note ?? '' },
  ])
}

function eventsTable(summary: Summary, document: ScenarioDocument): Markup | undefined {
  if (summary.events.length === 0) return undefined
  const rows = summary.events.map(({ id }) => document.events[id]!)
  return folded(
    `${rows.length} events with source and grade`,
    table('Events', rows, [
      { name: 'Event', value: ({ title }) => title },
      { name: 'Source', value: ({ source }) => (typeof source === 'string' ? source : source.join(', ')) },
      { name: 'Grade', value: ({ grade }) => grade },
      { name: 'Assumed chance', numeric: true, value: ({ probability }) => percent(probability) },
      { name: 'Note', value: ({ note }) => note ?? '' },
    ]),
  )
}
