import type { Summary } from '../../sim/analysis/summary.ts'
import { drawing } from '../charts/catalogue.ts'
import type { TopLevelSpec } from '../charts/spec.ts'
import type { Block, ChartBlock, Line, ReportDocument } from '../document.ts'
import { plain } from '../escape.ts'
import { resolveColours } from '../theme.ts'
import { conditionSentence, count } from '../words.ts'
import type { Picture } from './picture.ts'

/** A picture with the name of its file. */
export interface NamedPicture extends Picture {
  readonly id: string
  /** Name of the chart in the catalogue. */
  readonly name: string
}

/**
 * Every chart of a report as a picture that can stand alone: the nearest heading is its title.
 *
 * @param source - where the numbers come from, in one line
 */
export function picturesOf(document: ReportDocument, source: string): NamedPicture[] {
  const inside = (blocks: readonly Block[], title: string): NamedPicture[] =>
    blocks.flatMap(block => {
      if (block.kind === 'chart') return [pictureOf(document, block, title, source)]
      if (block.kind === 'part') return inside(block.blocks, block.title)
      return block.kind === 'folded' ? inside(block.blocks, block.label) : []
    })
  return [
    ...inside(document.lead, document.title),
    ...document.sections.flatMap(({ blocks, title }) => inside(blocks, title)),
  ]
}

function pictureOf(document: ReportDocument, block: ChartBlock, title: string, source: string): NamedPicture {
  const { id, chart, data, alternative, caption } = block
  return {
    id,
    name: chart,
    title: plain(title),
    alternative: plain(alternative),
    caption: plain(textOf(caption)),
    source: plain(source),
    chart: width => drawing(chart, document.data[data], width),
  }
}

/** Where the numbers of a batch come from, in one line. */
export function sourceOf({ title, runs, plan, digest, engine }: Summary): string {
  const made = runs === plan.runs ? count(runs) : `${count(runs)} of ${count(plan.runs)}`
  return `${title} · ${made} runs · seed ${plan.seed} · digest ${digest.slice(0, 12)} · multivector ${engine}. ${conditionSentence}`
}

/** A line without its marks. */
function textOf(line: Line): string {
  if (typeof line === 'string') return line
  return line.map(span => (typeof span === 'string' ? span : Object.values(span)[0])).join('')
}

/** Width of the charts of specifications. */
const specWidth = 720

/**
 * A chart as a Vega-Lite specification with its data and colours in it, for the public editor and other tools.
 *
 * @see https://vega.github.io/editor
 */
export function specOf({ title, alternative, source, chart }: NamedPicture, dark = false): TopLevelSpec {
  const spec = chart(specWidth)
  const own = { ...spec, description: `${title}. ${alternative} ${source}`, background: 'var(--paper)' }
  return JSON.parse(resolveColours(JSON.stringify(own), dark)) as TopLevelSpec
}
