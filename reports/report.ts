import type { AttributionSummary } from '../sim/analysis/attribution-summary.ts'
import type { Summary } from '../sim/analysis/summary.ts'
import type { ScenarioDocument } from '../sim/scenario/schema.ts'
import { chartData } from './embedded-data.ts'
import { embeddedJson, html, Markup } from './escape.ts'
import { attributionSection } from './explain/attribution-section.ts'
import type { PageAssets } from './page-assets.ts'
import { actorsSection } from './sections/actors.ts'
import { domainsSection } from './sections/domains.ts'
import { headline } from './sections/headline.ts'
import { inputsSection } from './sections/inputs.ts'
import { limitsSection } from './sections/limits.ts'
import { mapSection } from './sections/map.ts'
import { membershipSection } from './sections/membership.ts'
import { outcomesSection } from './sections/outcomes.ts'
import { pathsSection } from './sections/paths.ts'
import { planeSection } from './sections/plane.ts'
import { reproduceSection } from './sections/reproduce.ts'
import { conditionSentence } from './words.ts'

const noCauses = html`<section id="causes"><h2>What moved whom</h2><p>Causes are told when all runs are there.</p></section>`

/**
 * The report of a batch as one HTML file that needs no network. Its policy allows the one script and the one style it
 * carries, by hash, and nothing else.
 *
 * @param causes - what accounts for the changes, over a sample of runs; without it the section says why
 */
export function renderReport(
  summary: Summary,
  document: ScenarioDocument,
  page: PageAssets,
  causes?: AttributionSummary,
): string {
  const policy = [
    "default-src 'none'",
    `script-src '${page.scriptHash}'`,
    `style-src '${page.styleHash}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${summary.title}</title>
<link rel="icon" href="data:,">
<style>${new Markup(page.style)}</style></head>
<body>
${headline(summary)}
<main>
<noscript><p class="banner">The charts need the script in this file. Every number is also in the tables.</p></noscript>
${outcomesSection(summary)}
${planeSection(summary)}
${pathsSection(summary, document)}
${domainsSection(summary)}
${actorsSection(summary)}
${causes ? attributionSection(causes, document, [summary.quarters[0]!, summary.quarters.at(-1)!]) : noCauses}
${membershipSection(summary)}
${mapSection(summary)}
${inputsSection(summary, document)}
${limitsSection(summary, document)}
${reproduceSection(summary)}
</main>
<footer>multivector ${summary.engine} · one file, no network · ${conditionSentence}</footer>
<script type="application/json" id="data">${new Markup(embeddedJson(chartData(summary, document, page.map)))}</script>
<script>${new Markup(page.script)}</script>
</body></html>
`.text
}
