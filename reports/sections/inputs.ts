import type { Summary } from '../../sim/analysis/summary.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { type Block, type Section, type Table, tableOf } from '../document.ts'
import { figuresIn, gradeCounts, type InputFigure, type SampledParameter, sampledParameters } from '../inputs.ts'
import { count, listed, percent } from '../words.ts'
import { batchChart } from './batch-chart.ts'
import { fixedPart } from './fixed-inputs.ts'

/** What went in: parameters, figures and events, each with source and grade. */
export function inputsSection(summary: Summary, document: ScenarioDocument): Section {
  const kinds = gradeCounts(document)
  const total = (grade: 'A' | 'B' | 'C' | 'D') => kinds.reduce((sum, { counts }) => sum + counts[grade], 0)
  const all = total('A') + total('B') + total('C') + total('D')
  const { institutions, corridors, club, russia } = document
  return {
    id: 'inputs',
    name: 'Inputs',
    title: `${percent(total('D') / all)} of ${count(all)} inputs are judgement (grade D)`,
    blocks: [
      {
        kind: 'words',
        line: 'Every input is listed with its source and a grade: A measured, B measured with gaps, C partly judged, D judgement; a number that the scenario sets without a source is judgement. What is uncertain and could matter is sampled over a range; no part of a range is claimed to be likelier than its distribution says.',
      },
      batchChart({
        id: 'input-grades',
        alternative: `Bars of grades. ${listed(kinds.map(({ kind, counts }) => `${kind}: ${counts.A} A, ${counts.B} B, ${counts.C} C, ${counts.D} D`))}.`,
        caption: 'Number of inputs by grade; the paler, the less is measured.',
        table: tableOf('Inputs by grade', kinds, [
          { name: 'Inputs', value: ({ kind }) => kind },
          ...(['A', 'B', 'C', 'D'] as const).map(grade => ({
            name: grade,
            numeric: true,
            value: ({ counts }: (typeof kinds)[number]) => String(counts[grade]),
          })),
        ]),
        print: true,
      }),
      { kind: 'part', title: 'What differs from run to run', blocks: sampledBlocks(summary, document) },
      fixedPart(document),
      {
        kind: 'part',
        title: 'Figures at the start',
        blocks: [
          {
            kind: 'folded',
            label: `${count(figuresIn(document.actors).length)} figures of ${Object.keys(document.actors).length} states`,
            blocks: Object.values(document.actors).map(stateFigures),
          },
          {
            kind: 'folded',
            label: 'Bodies, corridors and Russia',
            blocks: [
              figureTable(
                'Figures of bodies, corridors and Russia',
                figuresIn({ institutions, corridors, club, russia }),
              ),
            ],
          },
        ],
      },
      {
        kind: 'part',
        title: 'Sources',
        blocks: [
          {
            kind: 'folded',
            label: `${Object.keys(document.sources).length} sources`,
            blocks: [
              tableOf('Sources', Object.entries(document.sources), [
                { name: 'Key', value: ([key]) => key },
                { name: 'Source', value: ([, source]) => source },
              ]),
            ],
            print: true,
          },
        ],
      },
    ],
  }
}

/** Levers, uncertainties and events. */
function sampledBlocks(summary: Summary, document: ScenarioDocument): Block[] {
  const levers = sampledParameters(document, 'levers')
  const uncertainties = sampledParameters(document, 'uncertainties')
  const folded = (label: string, table: Table): Block => ({ kind: 'folded', label, blocks: [table], print: true })
  const blocks: Block[] = []
  if (levers.length > 0)
    blocks.push(folded(`${levers.length} levers: what somebody could choose`, parameterTable('Levers', levers)))
  if (uncertainties.length > 0)
    blocks.push(
      folded(
        `${uncertainties.length} uncertainties: outside anyone’s choice, or unknown`,
        parameterTable('Uncertainties', uncertainties),
      ),
    )
  if (blocks.length === 0)
    blocks.push({ kind: 'words', line: 'Nothing is sampled: runs differ by their random draws alone.' })
  if (summary.events.length > 0)
    blocks.push(folded(`${summary.events.length} events with source and grade`, eventsTable(summary, document)))
  return blocks
}

function stateFigures(actor: ScenarioDocument['actors'][string]): Block {
  const figures = figuresIn(actor)
  return {
    kind: 'folded',
    label: `${actor.name}: ${figures.length} figures`,
    blocks: [figureTable(`Figures of ${actor.name}`, figures)],
  }
}

function parameterTable(caption: string, parameters: readonly SampledParameter[]): Table {
  return tableOf(caption, parameters, [
    { name: 'Parameter', value: ({ name }) => name },
    { name: 'Meaning', value: ({ meaning }) => meaning },
    { name: 'Distribution', value: ({ distribution }) => distribution },
    { name: 'Unit', value: ({ unit }) => unit },
    { name: 'Source', value: ({ source }) => source },
    { name: 'Grade', value: ({ grade }) => grade },
  ])
}

function figureTable(caption: string, figures: readonly InputFigure[]): Table {
  return tableOf(caption, figures, [
    { name: 'Figure', value: ({ what }) => what },
    { name: 'Value', value: ({ value }) => value },
    { name: 'Year', value: ({ year }) => (year === undefined ? '' : String(year)) },
    { name: 'Source', value: ({ sources }) => sources.join(', ') },
    { name: 'Grade', value: ({ grade }) => grade },
    { name: 'Note', value: ({ note }) => note ?? '' },
  ])
}

function eventsTable(summary: Summary, document: ScenarioDocument): Table {
  const rows = summary.events.map(({ id }) => document.events[id]!)
  return tableOf('Events', rows, [
    { name: 'Event', value: ({ title }) => title },
    { name: 'Source', value: ({ source }) => (typeof source === 'string' ? source : source.join(', ')) },
    { name: 'Grade', value: ({ grade }) => grade },
    { name: 'Assumed chance', numeric: true, value: ({ probability }) => percent(probability) },
    { name: 'Note', value: ({ note }) => note ?? '' },
  ])
}
