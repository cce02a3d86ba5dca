import type { AttributionSummary } from '../../sim/analysis/attribution-summary.ts'
import type { Story } from '../../sim/analysis/storyline-story.ts'
import { quarterAfter } from '../../sim/core/quarter.ts'
import { hasOuterTier } from '../../sim/scenario/outer-tier.ts'
import type { Batch } from '../../sim/store/batch.ts'
import { type Section, tableOf } from '../document.ts'
import { html } from '../escape.ts'
import { outcomeMeaning, withoutOuterTier } from '../outer-tier-words.ts'
import type { PageAssets } from '../page-assets.ts'
import { sectionMarkup } from '../render/html.ts'
import { lookOf } from '../theme.ts'
import { conditionSentence, number, sentence } from '../words.ts'
import { attributionData, attributionSection } from './attribution-section.ts'
import { explanationPage } from './explanation-page.ts'
import { sharedRanges, storyChart } from './story-chart.ts'
import { endSentence, toldStory } from './story-words.ts'

/** A run as a page says it. */
export interface ToldRun {
  readonly story: Story
  /** What moved each state in this run alone. */
  readonly attribution: AttributionSummary
  /** Sampled inputs by name, and scores by outcome. */
  readonly inputs: Readonly<Record<string, number>>
  readonly scores: Readonly<Record<string, number>>
  /** Says that the run is the stored one. */
  readonly proof: string
}

/** One run of a batch as an HTML file: its path, what happened by quarter, what moved whom, and what it assumed. */
export function renderRun(
  { manifest, scenario }: Pick<Batch, 'manifest' | 'scenario'>,
  { story, attribution, inputs, scores, proof }: ToldRun,
  assets: PageAssets,
): string {
  const { document } = scenario
  const outerTier = hasOuterTier(document)
  const quarters = story.paths.ID.map((_, tick) => quarterAfter(document.start, tick))
  const ends = [quarters[0]!, quarters.at(-1)!] as const
  const title = `Run ${story.run}: ${lookOf(story.outcome).name}`
  const body = html`<header><h1>${title}</h1>
<p class="question">${document.title}</p>
<p class="answer">${endSentence(story, document)}</p>
${
  outerTier
    ? undefined
    : html`<p class="banner">${withoutOuterTier}</p>
`
}<p class="condition">${proof} ${conditionSentence}</p>
<nav aria-label="Sections"><ol><li><a href="#story">By quarter</a></li><li><a href="#causes">What moved whom</a></li><li><a href="#scores">How it was judged</a></li><li><a href="#inputs">What it assumed</a></li></ol></nav></header>
<main>
<section id="story"><h2>What happened, by quarter</h2>
<div class="single">${storyChart(story, sharedRanges([story]), quarters, outerTier)}</div>
<ol class="told">${toldStory(story, document, true).map(
    ({
      quarter,
      sentence: text,
      back,
    }) => html`<li${back ? html` class="back"` : undefined}><b>${quarter}</b> ${text}</li>
`,
  )}</ol></section>
${[attributionSection(attribution, document, ends), scoresSection(scores, outerTier), inputsSection(inputs, scenario)].map(sectionMarkup)}
</main>
`
  const data = attributionData(attribution, document, ends)
  return explanationPage({ title: `${title} · ${document.title}`, body, data }, manifest, assets)
}

function scoresSection(scores: ToldRun['scores'], outerTier: boolean): Section {
  const rows = Object.entries(scores).sort(([, a], [, b]) => b - a)
  const table = tableOf('Score of each outcome; the highest wins', rows, [
    { name: 'Outcome', value: ([outcome]) => sentence(lookOf(outcome).name) },
    { name: 'Score', numeric: true, value: ([, score]) => number(score, 2) },
    { name: 'A run in which', value: ([outcome]) => outcomeMeaning(outcome, outerTier) },
  ])
  return { id: 'scores', name: 'How it was judged', title: 'How it was judged', blocks: [table] }
}

function inputsSection(inputs: ToldRun['inputs'], { catalogue }: Batch['scenario']): Section {
  const table = tableOf('Sampled inputs of the run', Object.entries(inputs), [
    { name: 'Input', value: ([name]) => name },
    { name: 'Value', numeric: true, value: ([, value]) => number(value, 4) },
    { name: 'Unit', value: ([name]) => catalogue.get(name)!.unit },
    { name: 'Meaning', value: ([name]) => catalogue.get(name)!.meaning },
  ])
  return { id: 'inputs', name: 'What it assumed', title: 'What it assumed', blocks: [table] }
}
