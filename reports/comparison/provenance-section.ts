import type { ComparedSide } from '../../sim/analysis/comparison-result.ts'
import { type Section, tableOf } from '../document.ts'
import { plain } from '../escape.ts'
import { quotedForShell } from '../sections/reproduce.ts'
import { count, number, sentence } from '../words.ts'
import type { ComparisonPart } from './comparison-report.ts'
import { varianceReduction } from './comparison-words.ts'

/** Where the numbers of both sides come from, and how they were compared. */
export function provenanceSection({ result, suffix, of }: ComparisonPart): Section {
  const { b, compared } = result
  const sides = compared ? [compared.a, b] : [b]
  const rows: [name: string, value: (side: ComparedSide) => string][] = [
    ['Title', ({ title }) => plain(title)],
    ['Path', ({ path, kind }) => `${plain(path)}${kind === 'baseline' ? ' (recorded baseline)' : ''}`],
    ['Seed', ({ plan }) => plain(plan.seed)],
    ['Design', ({ plan }) => plan.design],
    ['Runs', ({ runs }) => count(runs)],
    ['Failed runs', ({ failed }) => count(failed)],
    ['Versions', ({ engine, model }) => `engine ${engine}, model ${model}`],
  ]
  const names = sides.length === 1 ? ['judged'] : ['compared with', 'compared']
  const hashes = [
    ['Scenario SHA-256', ({ scenarioHash }: ComparedSide) => scenarioHash],
    ['Batch', ({ batch }: ComparedSide) => batch],
    ['Digest of the runs', ({ digest }: ComparedSide) => digest],
  ] as const
  const reduction = compared ? varianceReduction(compared.quantities) : null
  return {
    id: `provenance${suffix}`,
    name: `${of}Provenance`,
    title: `${of}Where the numbers come from`,
    blocks: [
      { kind: 'command', text: commandOf(compared?.a, b) },
      tableOf('Provenance', rows, [
        { name: '', value: ([name]) => name },
        ...sides.map((side, n) => ({
          name: sentence(names[n]!),
          value: ([, value]: (typeof rows)[number]) => value(side),
        })),
      ]),
      {
        kind: 'definitions',
        items: hashes.flatMap(([name, value]) =>
          sides.map((side, n) => ({ term: `${name}, ${names[n]}`, line: [{ code: value(side) }] })),
        ),
      },
      ...(compared
        ? [
            {
              kind: 'list',
              items: [
                compared.paired
                  ? `Runs with one number share their random world and their point, so each is compared with its twin.${reduction === null ? '' : ` That divides the variance of a difference by ${number(reduction, 1)} (median over the quantities).`}`
                  : 'Runs are not paired.',
                `Changed: beyond the smallest effect that matters. Unchanged: shown to lie within it by two one-sided tests. Correction: ${compared.correction}; each kind of error in at most ${100 * compared.alpha} % of comparisons.`,
              ],
            } as const,
          ]
        : []),
    ],
  }
}

/** What makes the comparison again. */
function commandOf(a: ComparedSide | undefined, b: ComparedSide): string {
  const words = ['multivector', 'compare']
  if (a?.kind === 'baseline') words.push(b.path, '--baseline', a.path)
  else words.push(...(a ? [a.path] : []), b.path, '--runs', String(b.plan.runs), '--seed', b.plan.seed)
  return words.map(word => quotedForShell(plain(word))).join(' ')
}
