import type { AttributionSummary } from '../../sim/analysis/attribution-summary.ts'
import type { Storylines } from '../../sim/analysis/storylines.ts'
import { quarterAfter } from '../../sim/core/quarter.ts'
import { hasOuterTier } from '../../sim/scenario/outer-tier.ts'
import type { Batch } from '../../sim/store/batch.ts'
import type { Section } from '../document.ts'
import { html } from '../escape.ts'
import { withoutOuterTier } from '../outer-tier-words.ts'
import type { PageAssets } from '../page-assets.ts'
import { sectionMarkup } from '../render/html.ts'
import { lookOf } from '../theme.ts'
import { conditionSentence, count, listed, sentence } from '../words.ts'
import { attributionData, attributionSection } from './attribution-section.ts'
import { explanationPage } from './explanation-page.ts'
import { comparisonSection, outcomeSection } from './story-section.ts'

/**
 * The storylines of a batch as one HTML file that needs no network. Its policy allows the one script and the one style
 * it carries, by hash, and nothing else.
 */
export function renderStorylines(
  { manifest, scenario }: Pick<Batch, 'manifest' | 'scenario'>,
  storylines: Storylines,
  attribution: AttributionSummary,
  assets: PageAssets,
): string {
  const { document } = scenario
  const outerTier = hasOuterTier(document)
  const ticks = scenario.parameters[scenario.parameterIndex.get('horizon')!]!
  const quarters = Array.from({ length: ticks + 1 }, (_, tick) => quarterAfter(document.start, tick))
  const ends = [quarters[0]!, quarters.at(-1)!] as const
  const { outcomes, looked, failed } = storylines
  const stories = outcomes.reduce((sum, set) => sum + set.stories.length, 0)
  const names = outcomes.map(({ outcome }) => lookOf(outcome).name)
  const body = html`<header><h1>Storylines: ${document.title}</h1>
<p class="question">${document.question}</p>
<p class="answer">${count(looked - failed)} runs end in ${count(outcomes.length)} ways: ${listed(names)}. ${count(stories)} of them are told here, quarter by quarter.</p>
${
  outerTier
    ? undefined
    : html`<p class="banner">${withoutOuterTier}</p>
`
}<p class="condition">${conditionSentence} A story says what happened in one run and what moved it there; the same run is computed again with <code>multivector explain</code>.</p>
<nav aria-label="Sections"><ol><li><a href="#compare">Side by side</a></li>${outcomes.map(({ outcome }) => html`<li><a href="#${outcome}">${sentence(lookOf(outcome).name)}</a></li>`)}<li><a href="#causes">What moved whom</a></li><li><a href="#method">How to read</a></li></ol></nav></header>
<main>
${sectionMarkup(comparisonSection(storylines, outerTier))}
${outcomes.map(set => outcomeSection(set, storylines, document, quarters))}
${[attributionSection(attribution, document, ends), methodSection(storylines)].map(sectionMarkup)}
</main>
`
  const data = attributionData(attribution, document, ends)
  return explanationPage({ title: `Storylines: ${document.title}`, body, data }, manifest, assets)
}

function methodSection({ outcomes }: Storylines): Section {
  const most = Math.max(0, ...outcomes.map(({ candidates }) => candidates))
  const items = [
    `Up to ${count(most)} runs of each outcome, spread evenly over the batch, are computed again. Two runs are as far apart as the root mean square of their differences over all quarters, in standard deviations: of institutional and operational alignment, vitality, Russia’s leadership, outsiders and breadth, and, with the same weight together, of the two alignments of every core state.`,
    'The typical run is the medoid: its distances to the others add up to the least. The first contrast lies farthest from it, the second farthest from both, among the nearest nine tenths, so that no freak stands for an outcome.',
    '“Practice” is operational alignment. Charts show changes of the core means since the start, all on the same scale, and the level of vitality below. Numbers in brackets are parts of a change and add up to it with the causes that are not named. They come from the terms the model itself uses.',
    'A cause is a term of the model, not a cause in the world. “Chance” is the quarter’s random shock.',
    'Coercion, shocks and new leaders are told for core states; joins and exits of outsiders only for the CIS and CIS Plus.',
  ]
  return {
    id: 'method',
    name: 'How to read',
    title: 'How these runs were chosen, and what the sentences mean',
    blocks: [{ kind: 'list', items }],
  }
}
