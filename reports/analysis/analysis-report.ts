import type { AnalysisDocument } from '../../sim/analysis/analysis-document.ts'
import type { ReportDocument } from '../document.ts'
import { plain } from '../escape.ts'
import { count, sentence } from '../words.ts'
import { type AnalysisContext, analysisCondition, type Findings, reproduction } from './context.ts'
import { cartFindings, primFindings } from './discovery-findings.ts'
import { deltaFindings, morrisFindings, rankFindings, sobolFindings, varianceFindings } from './sensitivity-findings.ts'

type Method = AnalysisDocument['method']
type Of<M extends Method> = Extract<AnalysisDocument, { readonly method: M }>

/** What a page says of an analysis, by its method: how its title begins, and what was found. */
const pages: {
  readonly [M in Method]: {
    readonly title: string
    readonly find: (result: Of<M>, context: AnalysisContext) => Findings
  }
} = {
  prim: { title: 'Under which conditions:', find: primFindings },
  cart: { title: 'Conditions by a tree:', find: cartFindings },
  sobol: { title: 'What drives', find: sobolFindings },
  morris: { title: 'What drives', find: morrisFindings },
  delta: { title: 'What drives', find: deltaFindings },
  rank: { title: 'What drives', find: rankFindings },
  variance: { title: 'Chance or ignorance in', find: varianceFindings },
}

/** An analysis as a report, for any renderer. */
export function analysisReport(result: AnalysisDocument, context: AnalysisContext): ReportDocument {
  const { title, find } = pages[result.method]
  // The entry of a method takes what that method found, which the type of a table cannot say.
  const { answer, sections, data } = find(result as never, context)
  const rows = result.method === 'variance' ? result.points * result.replications : result.rows
  return {
    kind: 'analysis',
    id: `analysis-${result.method}-${result.outcome}`,
    title: `${title} ${plain(context.outcome)}`,
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
