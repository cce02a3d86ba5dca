import type { HypothesisResult } from '../../sim/analysis/hypotheses.ts'
import type { Condition } from '../../sim/analysis/hypothesis.ts'
import { formatFigure } from '../../sim/analysis/hypothesis-figures.ts'
import type { HypothesisVerdictsData } from '../charts/hypothesis-verdicts.ts'
import { type ReportDocument, type Section, tableOf } from '../document.ts'
import { count, listed } from '../words.ts'
import { type AnalysisContext, analysisCondition, reproduction } from './context.ts'

/** The verdicts on hypotheses, with what each was decided by, as a report. */
export function hypothesesReport(
  all: readonly HypothesisResult[],
  settings: { readonly pairs: number; readonly points: number },
  context: AnalysisContext,
): ReportDocument {
  // The hypotheses of the sources come before the tests of mechanisms.
  const results = ['H', 'T'].flatMap(letter => all.filter(({ id }) => id.startsWith(letter)))
  const of = (verdict: HypothesisResult['verdict']) => results.filter(result => result.verdict === verdict)
  const named = (verdict: HypothesisResult['verdict']) => {
    const own = of(verdict).map(({ id }) => id)
    return own.length === 0 ? `none ${verdict}` : `${listed(own)} ${verdict}`
  }
  return {
    kind: 'hypotheses',
    id: 'hypotheses',
    title: 'Which hypotheses hold in the model',
    lead: [
      { kind: 'words', role: 'question', line: context.subject },
      {
        kind: 'words',
        role: 'answer',
        line: `${count(of('held').length)} of ${count(results.length)} hypotheses held, ${count(of('not held').length)} did not, ${count(of('undecided').length)} stay undecided: ${named('not held')}, ${named('undecided')}.`,
      },
      {
        kind: 'words',
        role: 'condition',
        line: `${analysisCondition} The sign of most rows follows from the sign of one coefficient, so a row that holds is a check of the model and no evidence about the world; T3c, T5, H2e and H7 are compound effects.`,
      },
      {
        kind: 'facts',
        items: [
          [{ strong: count(settings.pairs) }, ' pairs of runs of each comparison'],
          [{ strong: count(settings.points) }, ' points over all documented ranges'],
        ],
      },
    ],
    sections: [glance(results), ...detailSections(results), reproduction(context)],
    data: { verdicts: verdictsData(results) },
    foot: context.foot,
  }
}

/** How far a figure lies beyond its limit in the direction stated. */
function beyond({ figure: { value, halfWidth = 0 }, side, limit }: Condition) {
  const distance = side === 'above' ? value - limit : limit - value
  return { value: distance, lower: distance - halfWidth, upper: distance + halfWidth }
}

const conditionText = ({ figure, side, limit }: Condition) => `${formatFigure(figure)}, to be ${side} ${limit}`

function verdictsData(results: readonly HypothesisResult[]): HypothesisVerdictsData {
  return {
    rows: results.map(({ id, statement, verdict, conditions }) => {
      const known = conditions.filter(({ figure }) => Number.isFinite(figure.value))
      const figures = known.map(condition => ({
        name: condition.name,
        ...beyond(condition),
        text: conditionText(condition),
      }))
      return {
        id,
        statement,
        verdict,
        // Each figure in units of its own, for a row may have shares and levels.
        figures: figures.map(({ value, lower, upper, ...rest }) => {
          const unit = Math.max(Math.abs(lower), Math.abs(upper)) || 1
          return { value: value / unit, lower: lower / unit, upper: upper / unit, ...rest }
        }),
      }
    }),
  }
}

function glance(results: readonly HypothesisResult[]): Section {
  return {
    id: 'glance',
    name: 'At a glance',
    title: 'At a glance',
    blocks: [
      {
        kind: 'chart',
        id: 'verdicts',
        chart: 'hypothesis-verdicts',
        data: 'verdicts',
        alternative: `Verdicts. ${results.map(({ id, verdict }) => `${id} ${verdict}`).join(', ')}.`,
        caption:
          'Points: the figures that decide, with their 95 % intervals, each in units of its own. Right of the dashed line: as stated. Held means that every whole interval lies right of it, not held that one lies left of it, and undecided neither.',
        table: tableOf('Verdicts', results, [
          { name: 'Hypothesis', value: ({ id }) => id },
          { name: 'Verdict', value: ({ verdict }) => verdict },
          { name: 'Statement', value: ({ statement }) => statement },
          { name: 'Falsified when', value: ({ falsified }) => falsified },
        ]),
        print: true,
      },
    ],
  }
}

function detailSections(results: readonly HypothesisResult[]): Section[] {
  const groups = [
    { id: 'hypotheses', name: 'Hypotheses', title: 'The hypotheses of the sources', letter: 'H' },
    { id: 'tests', name: 'Mechanisms', title: 'What the mechanisms should do', letter: 'T' },
  ]
  return groups.map(({ id, name, title, letter }) => ({
    id,
    name,
    title,
    blocks: results.filter(result => result.id.startsWith(letter)).map(part),
  }))
}

function part(result: HypothesisResult): Section['blocks'][number] {
  const { id, verdict, statement, falsified, conditions, detail } = result
  const decisive = conditions.map(condition => ({
    name: condition.name,
    text: formatFigure(condition.figure),
    rule: `${condition.side} ${condition.limit}`,
  }))
  const known = new Set(decisive.map(({ name }) => name))
  const others = Object.entries(detail)
    .filter(([name]) => !known.has(name))
    .map(([name, figure]) => ({ name, text: formatFigure(figure), rule: '' }))
  return {
    kind: 'part',
    title: `${id} ${verdict}: ${statement}`,
    blocks: [
      { kind: 'words', line: [{ strong: 'Falsified when ' }, `${falsified}.`] },
      {
        kind: 'folded',
        label: 'The figures, with 95 % intervals',
        print: true,
        blocks: [
          tableOf(
            `What ${id} was decided by`,
            [...decisive, ...others],
            [
              { name: 'Figure', value: ({ name }) => name },
              { name: 'Value', numeric: true, value: ({ text }) => text },
              { name: 'To hold it must be', numeric: true, value: ({ rule }) => rule },
            ],
          ),
        ],
      },
    ],
  }
}
