import type { Summary } from '../../sim/analysis/summary.ts'
import { html, type Markup } from '../escape.ts'
import { answerSentence, conditionSentence, count, percent } from '../words.ts'

/** Title, question, the answer in a sentence, and everything that limits it. */
export function headline(summary: Summary): Markup {
  const { title, question, runs, plan, failed, complete, quarters, ambiguous } = summary
  return html`<header><h1>${title}</h1>
<p class="question">${question}</p>
${complete ? undefined : html`<p class="banner" role="alert">Incomplete batch: ${count(runs)} of ${count(plan.runs)} planned runs are here. The numbers below change until the batch is finished.</p>`}
${failed.length === 0 ? undefined : html`<p class="banner" role="alert">${count(failed.length)} ${failed.length === 1 ? 'run' : 'runs'} failed and ${failed.length === 1 ? 'is' : 'are'} in no number below; see <a href="#reproduce">how to reproduce</a>.</p>`}
<p class="answer">${answerSentence(summary)}</p>
<p class="condition">${conditionSentence}</p>
<ul class="facts">
<li><b>${count(runs)}</b> runs</li>
<li><b>${summary.actors.length}</b> states, ${summary.actors.filter(({ core }) => core).length} in the core</li>
<li><b>${quarters[0]}</b> to <b>${quarters.at(-1)}</b> by quarter</li>
<li><b>${percent(ambiguous.share)}</b> ambiguous</li>
<li><b>${count(failed.length)}</b> failed</li>
</ul></header>`
}
