import type { AnalysisDocument } from '../../sim/analysis/analysis-document.ts'
import type { ReportDocument } from '../document.ts'
import { plain } from '../escape.ts'
import { count, sentence } from '../words.ts'
import { type AnalysisContext, analysisCondition, type Findings, reproduction } from './context.ts'
import { cartFindings, primFindings } from './discovery-findings.ts'
import { deltaFindings, morrisFindings, rankFindings, sobolFindings, varianceFindings } from './sensitivity-findings.ts'

const names = {
  prim: 'Under which conditions:',
  cart: 'Conditions by a tree:',
  sobol: 'What drives',
  morris: 'What drives',
  delta: 'What drives',
  rank: 'What drives',
  variance: 'Chance or ignorance in',
} as const satisfies Record<AnalysisDocument['method'], string>

/** An analysis as a report, for any renderer. */
export function analysisReport(result: AnalysisDocument, context: AnalysisContext): ReportDocument {
  const { answer, sections, data } = findings(result, context)
  const rows = result.method === 'variance' ? result.points * result.replications : result.rows
  return {
    kind: 'analysis',
    id: `analysis-${result.method}-${result.outcome}`,
    title: `${names[result.method]} ${plain(context.outcome)}`,
    lead: [
      { kind: 'words', role: 'question', line: context.subject },
      { kind: 'words', role: 'answer', line: sentence(answer) },
      { kind: 'words', role: 'condition', line: analysisCondition },
      {
        kind: 'facts',
        items: [
          [{ strong: count(rows) }, ' rows'],
          [{ strong: result.method }, ' method'],
        ],
      },
    ],
    sections: [...sections, reproduction(context)],
    data,
    foot: context.foot,
  }
}

function findings(result: AnalysisDocument, context: AnalysisContext): Findings {
  switch (result.method) {
    case 'prim':
      return primFindings(result, context)
    case 'cart':
      return cartFindings(result, context)
    case 'sobol':
      return sobolFindings(result, context)
    case 'morris':
      return morrisFindings(result, context)
    case 'delta':
      return deltaFindings(result, context)
    case 'rank':
      return rankFindings(result, context)
    case 'variance':
      return varianceFindings(result, context)
  }
}
