import type { ComparedSide } from '../../sim/analysis/comparison-result.ts'
import { type Section, tableOf } from '../document.ts'
import { plain } from '../escape.ts'
import { count, number } from '../words.ts'
import type { ComparisonPart } from './comparison-report.ts'
import { varianceReduction } from './comparison-words.ts'

/** Where the numbers of both sides come from, and how they were compared. */
export function provenanceSection({ result, suffix, of }: ComparisonPart): Section {
  const { b, compared } = result
  const sides = compared ? [compared.a, b] : [b]
  const rows: [name: string, value: (side: ComparedSide) => string, code?: true][] = [
    ['Title', ({ title }) => plain(title)],
    ['Path', ({ path, kind }) => `${plain(path)}${kind === 'baseline' ? ' (recorded baseline)' : ''}`],
    ['Scenario SHA-256', ({ scenarioHash }) => scenarioHash, true],
    ['Seed', ({ plan }) => plain(plan.seed)],
    ['Design', ({ plan }) => plan.design],
    ['Runs, failed', ({ runs, failed }) => `${count(runs)}, ${count(failed)}`],
    ['Versions', ({ engine, model }) => `engine ${engine}, model ${model}`],
    ['Batch', ({ batch }) => batch, true],
    ['Digest of the runs', ({ digest }) => digest, true],
  ]
  const reduction = compared ? varianceReduction(compared.quantities) : null
  return {
    id: `provenance${suffix}`,
    name: `${of}Provenance`,
    title: `${of}Where the numbers come from`,
    blocks: [
      tableOf('Provenance', rows, [
        { name: '', value: ([name]) => name },
        ...sides.map((side, n) => ({
          name: sides.length === 1 ? 'Judged' : n === 0 ? 'Compared with' : 'Compared',
          value: ([, value, code]: (typeof rows)[number]) => (code ? [{ code: value(side) }] : value(side)),
        })),
      ]),
      ...(compared
        ? [
            {
              kind: 'list',
              items: [
                compared.paired
                  ? `Runs with one number share their random world and their point, so each is compared with its twin.${reduction === null ? '' : ` That divides the variance of a difference by ${number(reduction, 1)} in the middle over the quantities.`}`
                  : 'Runs are not paired.',
                `Changed: beyond the smallest effect that matters. Unchanged: shown to lie within it by two one-sided tests. Correction: ${compared.correction}; each kind of error in at most ${100 * compared.alpha} % of comparisons.`,
              ],
            } as const,
          ]
        : []),
    ],
  }
}
