import type { Summary } from '../../sim/analysis/summary.ts'
import { caveatsOf } from '../caveats.ts'
import { type Block, type Line, unbroken } from '../document.ts'
import { answerSentence, conditionSentence, count, percent } from '../words.ts'

/** Question, the answer in a sentence, and everything that limits it. */
export function headline(summary: Summary): Block[] {
  const { question, runs, plan, failed, complete, quarters, ambiguous } = summary
  const warning = (line: Line): Block => ({ kind: 'words', role: 'warning', line })
  const [run, is] = failed.length === 1 ? ['run', 'is'] : ['runs', 'are']
  return [
    { kind: 'words', role: 'question', line: question },
    ...(complete
      ? []
      : [
          warning(
            `Incomplete batch: ${count(runs)} of ${count(plan.runs)} planned runs are here. The numbers below change until the batch is finished.`,
          ),
        ]),
    ...(failed.length === 0
      ? []
      : [
          warning([
            `${count(failed.length)} ${run} failed and ${is} in no number below; see `,
            { link: 'how to reproduce', to: '#reproduce' },
            '.',
          ]),
        ]),
    ...caveatsOf(summary).map(warning),
    { kind: 'words', role: 'answer', line: unbroken(answerSentence(summary)) },
    { kind: 'words', role: 'condition', line: conditionSentence },
    {
      kind: 'facts',
      items: [
        [{ strong: count(runs) }, complete ? ' runs' : ` of ${count(plan.runs)} runs`],
        [
          { strong: String(summary.actors.length) },
          ` states, ${summary.actors.filter(({ core }) => core).length} in the core`,
        ],
        [{ strong: quarters[0]! }, ' to ', { strong: quarters.at(-1)! }, ' by quarter'],
        [{ strong: percent(ambiguous.share) }, ' ambiguous'],
        [{ strong: count(failed.length) }, ' failed'],
      ],
    },
  ]
}
