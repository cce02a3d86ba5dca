import type { Summary } from '../../sim/analysis/summary.ts'
import { html, type Markup } from '../escape.ts'
import { folded, table } from '../figure.ts'
import { count } from '../words.ts'

/** Failed runs that are listed one by one. */
const listedFailures = 200

/** Everything another person needs to get the same numbers. */
export function reproduceSection(summary: Summary): Markup {
  const { plan, failed, runs, quarters } = summary
  const command = `multivector run scenarios/${summary.id}.yaml --runs ${plan.runs} --seed ${quotedForShell(plan.seed)} --design ${plan.design}`
  return html`<section id="reproduce"><h2>How to reproduce this report</h2>
<pre>${command}</pre>
<p>The same scenario, seed and versions give the same digest on every machine and with any number of workers.</p>
<dl>
<dt>Scenario</dt><dd>${summary.id}</dd>
<dt>Scenario SHA-256</dt><dd><code>${summary.scenarioHash}</code></dd>
<dt>Batch</dt><dd><code>${summary.batch}</code></dd>
<dt>Digest of the runs</dt><dd><code>${summary.digest}</code></dd>
<dt>Seed, design</dt><dd>${plan.seed}, ${plan.design}</dd>
<dt>Runs</dt><dd>${count(runs)} of ${count(plan.runs)} planned, ${count(failed.length)} failed</dd>
<dt>Time</dt><dd>${quarters[0]} to ${quarters.at(-1)}, ${quarters.length - 1} quarters</dd>
<dt>Versions</dt><dd>engine ${summary.engine}, model ${summary.model}</dd>
</dl>
${
  failed.length === 0
    ? undefined
    : folded(
        `${count(failed.length)} failed runs${failed.length > listedFailures ? `, the first ${listedFailures}` : ''}`,
        table('Runs that left the finite numbers; they are counted nowhere', failed.slice(0, listedFailures), [
          { name: 'Run', value: ({ run }) => String(run) },
          { name: 'Quarter', value: ({ tick }) => quarters[tick] ?? String(tick) },
          { name: 'Variable', value: ({ variable, of }) => (of === '' ? variable : `${variable} of ${of}`) },
        ]),
        true,
      )
}</section>`
}

/** A text as one word of a POSIX shell. */
function quotedForShell(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
