import type { ComparisonResult } from '../../sim/analysis/comparison-result.ts'
import type { Block, ReportDocument } from '../document.ts'
import { plain } from '../escape.ts'
import { count, number } from '../words.ts'
import { changesSection } from './changes-section.ts'
import { gateSentence, missingRuns, sideNames, varianceReduction, verdictSentence } from './comparison-words.ts'
import { differenceData, differencesSection } from './differences-section.ts'
import { expectationsSection } from './expectations-section.ts'
import { provenanceSection } from './provenance-section.ts'

/** How to read a comparison: in every report, next to the verdict. */
const condition =
  'A difference is one between the runs of two scenarios, under their ranges, events and rules. It is no forecast.'

/** The report of one comparison or several, as data for any renderer. */
export function comparisonReport(results: readonly ComparisonResult[], engine: string): ReportDocument {
  const several = results.length > 1
  const titles = results.map(result => sideNames(result)[1])
  return {
    kind: 'comparison',
    id: results.map(({ b }) => b.id).join('+'),
    title: several ? `${results.length} comparisons` : titleOf(results[0]!),
    lead: [
      ...results.flatMap(leadOf),
      { kind: 'words', role: 'condition', line: condition },
      ...(several ? [] : factsOf(results[0]!)),
    ],
    sections: results.flatMap((result, n) => {
      const part = { result, suffix: several ? `-${n + 1}` : '', of: several ? `${titles[n]}: ` : '' }
      return [
        ...(result.expectations.length > 0 ? [expectationsSection(part)] : []),
        ...(result.compared && result.compared.verdict !== 'identical'
          ? [differencesSection(part, result.compared)]
          : []),
        ...(result.compared ? [changesSection(part, result.compared)] : []),
        provenanceSection(part),
      ]
    }),
    data: Object.assign(
      {},
      ...results.map((result, n) => differenceData({ result, suffix: several ? `-${n + 1}` : '' })),
    ),
    foot: `multivector ${engine} · ${condition}`,
  }
}

/** One comparison of a report; `suffix` keeps ids apart, `of` begins headings. */
export interface ComparisonPart {
  readonly result: ComparisonResult
  readonly suffix: string
  readonly of: string
}

function titleOf(result: ComparisonResult): string {
  const [a, b] = sideNames(result)
  return result.compared ? `${b} against ${a}` : plain(result.b.title)
}

function leadOf(result: ComparisonResult): Block[] {
  const { compared, gate, people } = result
  const warnings = [...(compared?.notes ?? []), ...missingRuns(result)]
  return [
    { kind: 'words', role: 'answer', line: verdictSentence(result) },
    ...(gate === null ? [] : [{ kind: 'words', role: 'answer', line: gateSentence(result, people) } as const]),
    ...warnings.map(line => ({ kind: 'words', role: 'warning', line }) as const),
  ]
}

function factsOf({ compared, expectations }: ComparisonResult): Block[] {
  if (!compared) return []
  const { counts, runs, paired } = compared
  const reduction = varianceReduction(compared.quantities)
  return [
    {
      kind: 'facts',
      items: [
        [{ strong: count(runs) }, paired ? ' pairs of runs' : ' runs each, not paired'],
        [{ strong: String(counts.changed) }, ' changed'],
        [{ strong: String(counts.unchanged) }, ' unchanged'],
        [{ strong: String(counts.inconclusive) }, ' open'],
        ...(expectations.length > 0 ? [[{ strong: String(expectations.length) }, ' expected']] : []),
        ...(paired && reduction !== null
          ? [['pairing divides the variance by ', { strong: number(reduction, reduction < 10 ? 1 : 0) }, ' (median)']]
          : []),
      ],
    },
  ]
}
