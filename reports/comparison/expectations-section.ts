import type { JudgedExpectation } from '../../sim/analysis/comparison-result.ts'
import { type Section, tableOf } from '../document.ts'
import { count } from '../words.ts'
import type { ComparisonPart } from './comparison-report.ts'
import { expectationWords, foundWords, roundedUp } from './comparison-words.ts'
import { filledColumns } from './filled-columns.ts'

const order: readonly JudgedExpectation['verdict'][] = ['not met', 'inconclusive', 'met']

/** What was expected and what was found, what is not met first. */
export function expectationsSection({ result, suffix, of }: ComparisonPart): Section {
  const { expectations, people } = result
  const rows = [...expectations].sort((x, y) => order.indexOf(x.verdict) - order.indexOf(y.verdict))
  const many = (verdict: JudgedExpectation['verdict']) => rows.filter(row => row.verdict === verdict).length
  const counts = order.filter(verdict => many(verdict) > 0).map(verdict => `${many(verdict)} ${verdict}`)
  return {
    id: `expectations${suffix}`,
    name: `${of}Expectations`,
    title: `${of}What was expected: ${counts.join(', ')}`,
    blocks: [
      filledColumns(
        tableOf('Expectations of the scenario', rows, [
          { name: 'Expectation', value: row => [{ strong: row.name }] },
          { name: 'Verdict', value: row => row.verdict },
          { name: 'Expected', value: row => expectationWords(row, people) },
          { name: 'Found (95 % interval)', value: row => foundWords(row) },
          {
            name: 'Runs that would decide',
            numeric: true,
            value: row => (row.runsNeeded === null ? '' : count(roundedUp(row.runsNeeded))),
          },
          { name: 'Why expected', value: row => row.expectation.why ?? '' },
        ]),
      ),
      {
        kind: 'words',
        line: 'Met: the whole interval lies inside the bounds. Not met: it lies beyond them, after Holm’s adjustment over all expectations. Otherwise inconclusive. Where all hold, at most 2.5 % of judgements call one not met; where one does not hold, at most 2.5 % call all met.',
      },
    ],
  }
}
