import type { Summary } from '../../sim/analysis/summary.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { html, type Markup } from '../escape.ts'
import { shareWords } from '../words.ts'
import { hangsOnExits } from './paths.ts'

/** What a reader must not take from the report; after the weak points of the model's own document. */
export function limitsSection(summary: Summary, document: ScenarioDocument): Markup {
  const { ambiguous, plan } = summary
  return html`<section id="limits"><h2>What this report cannot tell you</h2>
<ul class="plain">
<li><b>What comes next.</b> The model has shown no skill in forecasting. Started from 2013 and run to 2021 and to 2023 with its usual values, it estimated Russia’s shares worse than the assumption that nothing changes. It shows what follows from assumptions.</li>
<li><b>How likely anything is.</b> A share counts runs of this scenario. Wider or other ranges give other shares. Intervals tell how exactly ${plan.runs === summary.runs ? 'these' : 'the finished'} runs measure the scenario; more runs make them narrower and the model no truer.</li>
<li><b>Where one outcome ends and the next begins.</b> Thresholds are chosen. In ${shareWords(ambiguous)} of runs the two best outcomes score within ${document.thresholds.ambiguous} of each other. Responses and the thresholds of realignment were set while the model was tested, so some of its patterns are calibrated and not confirmed.</li>
<li><b>What is measured and what one person judged.</b> Transport and cultural shares, exposures, appetites and all weights are the judgement of a single author, until others are asked.</li>
<li><b>Whether CIS Plus shields its members.</b> That it softens the pull of shocks is built in through the parameter <code>buffer</code>. Without it CIS Plus amplifies the answer to a weak coercer, since coercion also costs it vitality.</li>
${hangsOnExits(summary) ? html`<li><b>What the mean of the core does.</b> It depends most on whether Armenia and Moldova leave bodies. Read groups and states beside it.</li>` : undefined}
<li><b>Whether politics or membership moves first.</b> Political alignment at the start is partly computed from memberships, so the two parts of institutional alignment are not independent.</li>
<li><b>How worlds hang together.</b> Parameters are sampled independently; worlds in which several go together are not represented. Chance acts on the Russian option alone.</li>
<li><b>Threat at today’s capacity.</b> Where the capacity of Russia equals the threshold <code>r_star</code>, threat has no political side, by construction.</li>
<li><b>Trade after a settlement.</b> Gains from rerouted trade under sanctions are missing, so the fall of Russia’s trade share after a settlement is overstated.</li>
<li><b>The level of the gap.</b> Institutional and operational alignment are measured differently, and base years run from 2014 to 2024. Only changes are compared.</li>
<li><b>What was left out.</b> Domestic politics, firms, and everything the two source texts of 2025 do not name. Both texts argue one side, so what they expect is treated as a hypothesis.</li>
</ul></section>`
}
