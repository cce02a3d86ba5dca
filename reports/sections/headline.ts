import type { Summary } from '../../sim/analysis/summary.ts'
import { html, type Markup } from '../escape.ts'
import { answerSentence, conditionSentence, count, percent } from '../words.ts'

const contents = [
  ['outcomes', 'Outcomes'],
  ['plane', 'The duality plane'],
  ['paths', 'Paths and events'],
  ['domains', 'Domains'],
  ['actors', 'States and groups'],
  ['causes', 'Causes'],
  ['membership', 'Membership'],
  ['map', 'Map'],
  ['inputs', 'Inputs'],
  ['limits', 'What this cannot tell'],
  ['reproduce', 'Reproduce'],
] as const

/** Title, question, the answer in a sentence, and everything that limits it. */
export function headline(summary: Summary): Markup {
  const { title, question, runs, plan, failed, complete, quarters, ambiguous } = summary
  return html`<header><h1>${title}</h1>
<p class="question">${question}</p>
${complete ? undefined : html`<p class="banner" role="alert">Incomplete batch: ${count(runs)} of ${count(plan.runs)} planned runs are here. The numbers below change until the batch is finished.</p>`}
${failed.length === 0 ? undefined : html`<p class="banner" role="alert">${count(failed.length)} ${failed.length === 1 ? 'run' : 'runs'} failed and ${failed.length === 1 ? 'is' : 'are'} in no number below; see <a href="#reproduce">how to reproduce</a>.</p>`}
<p class="answer">${unbroken(answerSentence(summary))}</p>
<p class="condition">${conditionSentence}</p>
<ul class="facts">
<li><b>${count(runs)}</b> runs</li>
<li><b>${summary.actors.length}</b> states, ${summary.actors.filter(({ core }) => core).length} in the core</li>
<li><b>${quarters[0]}</b> to <b>${quarters.at(-1)}</b> by quarter</li>
<li><b>${percent(ambiguous.share)}</b> ambiguous</li>
<li><b>${count(failed.length)}</b> failed</li>
</ul>
<nav aria-label="Contents"><ol>${contents.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ol></nav></header>`
}

/** A sentence whose intervals stay on one line. */
function unbroken(text: string): Markup[] {
  return text
    .split(/(\([\d.]+–[\d.]+\s%\))/)
    .map((part, n) => (n % 2 === 1 ? html`<span class="nb">${part}</span>` : html`${part}`))
}
