import type { Story } from '../../sim/analysis/storyline-story.ts'
import type { OutcomeStories, Storylines } from '../../sim/analysis/storylines.ts'
import { hasOuterTier } from '../../sim/scenario/outer-tier.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { type Section, tableOf } from '../document.ts'
import { html, type Markup } from '../escape.ts'
import { outcomeMeaning } from '../outer-tier-words.ts'
import { lookOf } from '../theme.ts'
import { change, count, number, percent, sentence } from '../words.ts'
import { sharedRanges, storyChart } from './story-chart.ts'
import { contrastSentence, coreSentence, endSentence, leaningLines, toldStory } from './story-words.ts'

/** All runs that are told, side by side in one table. */
export function comparisonSection({ outcomes }: Storylines, outerTier: boolean): Section {
  const rows = outcomes.flatMap(({ outcome, stories }) => stories.map(story => ({ outcome, story })))
  const column = (name: string, value: (story: Story) => string) => ({
    name,
    numeric: true,
    value: ({ story }: (typeof rows)[number]) => value(story),
  })
  return {
    id: 'compare',
    name: 'Side by side',
    title: `${count(rows.length)} runs side by side`,
    blocks: [
      {
        kind: 'words',
        line: 'For every outcome the typical run, whose path is nearest to all others of that outcome, and two that contrast with it and with each other. Changes since the start; means of the last four quarters, over the core.',
      },
      tableOf('The runs that are told', rows, [
        {
          name: 'Run',
          value: ({ outcome, story }) => [
            { link: `${sentence(lookOf(outcome).name)}, ${roleWords(story, outcomes)}`, to: `#run-${story.run}` },
          ],
        },
        column('Address', story => String(story.run)),
        column('ID', story => change(story.final.ID)),
        column('OP', story => change(story.final.OP)),
        column('Gap', story => change(story.final.gap)),
        ...(outerTier ? [column('Vitality', story => number(story.final.v, 2))] : []),
        column('Leadership', story => change(story.final.lead_RU)),
        ...(outerTier ? [column('Outsiders', story => number(story.final.ext, 1))] : []),
        column('Coercions', story => count(story.coercions)),
        column('Ahead by', story => number(story.margin, 2)),
      ]),
    ],
  }
}

function roleWords(story: Story, sets: readonly OutcomeStories[]): string {
  if (story.role === 'medoid') return 'typical'
  const set = sets.find(({ stories }) => stories.includes(story))!
  return `contrast ${set.stories.indexOf(story)}`
}

/** The three runs of one outcome, told next to each other. */
export function outcomeSection(
  set: OutcomeStories,
  { outcomes, looked }: Storylines,
  document: ScenarioDocument,
  quarters: readonly string[],
): Markup {
  const ranges = sharedRanges(outcomes.flatMap(({ stories }) => stories))
  const outerTier = hasOuterTier(document)
  const medoid = set.stories[0]!
  const lines = leaningLines(set, document)
  return html`<section id="${set.outcome}"><h2>${sentence(lookOf(set.outcome).name)}: ${outcomeMeaning(set.outcome, outerTier)}</h2>
<p>${count(set.runs)} of ${count(looked)} runs (${percent(set.runs / looked, 1)}). On average, in the core: ${coreSentence(set.core, document)}</p>
<p>${lines.length === 0 ? 'No input sets them clearly apart from all runs.' : 'What sets them apart from all runs most:'}</p>
${lines.length === 0 ? undefined : html`<ul class="plain">${lines.map(line => html`<li>${line}</li>`)}</ul>`}
<div class="stories">${set.stories.map(
    story => html`<article id="run-${story.run}"><h3>Run ${story.run}, ${roleWords(story, outcomes)}</h3>
${storyChart(story, ranges, quarters, outerTier)}
<p>${story.role === 'medoid' ? `Nearest to the ${count(set.candidates)} runs compared.` : contrastSentence(story, medoid, outerTier)}</p>
<ol class="told">${toldStory(story, document).map(
      ({ quarter, sentence: text, back }) =>
        html`<li${back ? html` class="back"` : undefined}><b>${quarter}</b> ${text}</li>
`,
    )}</ol>
<p>${endSentence(story, document)}</p></article>
`,
  )}</div></section>`
}
