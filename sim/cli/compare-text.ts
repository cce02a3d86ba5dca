import { changeWords } from '../../reports/comparison/changes-section.ts'
import {
  byVerdict,
  differenceWords,
  expectationWords,
  foundWords,
  gateSentence,
  missingRuns,
  roundedUp,
  varianceReduction,
  verdictSentence,
} from '../../reports/comparison/comparison-words.ts'
import { labelOf, quantityName } from '../../reports/quantity-names.ts'
import { amount, count, listed, number, sentence } from '../../reports/words.ts'
import type { ComparisonResult } from '../analysis/comparison-result.ts'
import { parseTargets } from '../analysis/convergence.ts'
import type { Quantity } from '../analysis/quantity.ts'
import { exitCode, UserError } from '../core/errors.ts'

/**
 * The smallest effects that matter, from `share=0.02,index=0.01,count=0.1` and names of quantities.
 *
 * @throws UserError for what cannot be read
 * @example smallestEffects('share=0.02,index=0.01,count=0.1,gap=0.005')({ name: 'gap', kind: 'index' }) // => 0.005
 */
export function smallestEffects(text: string): (quantity: Pick<Quantity, 'name' | 'kind'>) => number {
  let written: Map<string, number>
  try {
    written = new Map(parseTargets(text).map(({ quantity, halfWidth }) => [quantity, halfWidth]))
  } catch {
    throw new UserError(
      exitCode.usage,
      `--smallest: expected effects above 0 such as share=0.02,index=0.01,gap=0.005, got ${JSON.stringify(text)}`,
    )
  }
  const standard = { share: 0.02, index: 0.01, count: 0.1 }
  return ({ name }) => {
    const { unit } = quantityName(name, {})
    return written.get(name) ?? written.get(unit) ?? standard[unit]
  }
}

/** Differences that are listed for people; all are in the report and in the JSON. */
const most = { changed: 20, inconclusive: 10, changes: 12 } as const

/** A comparison for people: the verdict, what was expected, what changed and what is open. */
export function compareText(result: ComparisonResult): string {
  const { compared, people } = result
  return [
    verdictSentence(result),
    ...(result.gate === null ? [] : [gateSentence(result, people)]),
    ...missingRuns(result),
    ...expectationLines(result),
    ...(compared ? differenceLines(result, compared) : []),
  ].join('\n')
}

function expectationLines({ expectations, people }: ComparisonResult): string[] {
  return section(
    'Expected',
    expectations.map(each => {
      const more = each.runsNeeded === null ? '' : `   about ${count(roundedUp(each.runsNeeded))} runs would decide`
      return `  ${each.verdict.padEnd(13)} ${each.name}: ${expectationWords(each, people)}; found ${foundWords(each)}${more}`
    }),
  )
}

function differenceLines({ people }: ComparisonResult, compared: NonNullable<ComparisonResult['compared']>): string[] {
  const { quantities, notes, changes, verdict, paired } = compared
  const reduction = varianceReduction(quantities)
  const line = (each: (typeof quantities)[number]) =>
    `  ${sentence(differenceWords(each, people))}${each.runsNeeded === null ? '' : `   about ${count(roundedUp(each.runsNeeded))} runs would decide`}`
  const [changed, open, unchanged] = (['changed', 'inconclusive', 'unchanged'] as const).map(each =>
    byVerdict(quantities, each),
  )
  const told =
    verdict === 'identical'
      ? []
      : [
          '',
          smallestSentence(quantities),
          ...section('Changed, difference with 95 % interval', cut(changed!.map(line), most.changed)),
          ...section('Open', cut(open!.map(line), most.inconclusive)),
          ...section(
            'Unchanged within the smallest effect that matters',
            wrapped(unchanged!.map(each => labelOf(each.quantity, people))),
          ),
        ]
  return [
    ...notes,
    ...section(
      'The scenarios differ in',
      cut(
        (changes ?? []).map(change => `  ${[change.section, ...change.path].join(' › ')}: ${changeWords(change)}`),
        most.changes,
      ),
    ),
    ...told,
    ...(paired && reduction !== null
      ? ['', `Pairing divides the variance by ${number(reduction, 1)} (median); ${compared.correction}.`]
      : []),
  ]
}

/** What the figures are, and from where on a difference matters: of each unit, and of what has another limit by name. */
function smallestSentence(quantities: NonNullable<ComparisonResult['compared']>['quantities']): string {
  const limits = (['share', 'index', 'count'] as const).flatMap(unit => {
    const own = quantities.filter(({ quantity }) => quantityName(quantity, {}).unit === unit)
    const words = (effect: number) => (unit === 'share' ? `${amount(100 * effect)} points` : amount(effect))
    const effects = [...new Set(own.map(({ smallestEffect }) => smallestEffect))]
    const of = (effect: number) => own.filter(({ smallestEffect }) => smallestEffect === effect)
    const [usual, ...others] = effects.sort((x, y) => of(y).length - of(x).length)
    if (usual === undefined) return []
    return [
      `${words(usual)} for ${unit === 'index' ? 'an' : 'a'} ${unit}`,
      ...others.map(effect => `${words(effect)} for ${listed(of(effect).map(({ quantity }) => quantity))}`),
    ]
  })
  return `Figures are means over runs, or shares of runs. A difference matters from ${listed(limits)} (--smallest).`
}

function cut(lines: readonly string[], most: number): string[] {
  return lines.length > most ? [...lines.slice(0, most), `  and ${lines.length - most} more`] : [...lines]
}

const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : ['', title, ...lines])

function wrapped(names: readonly string[]): string[] {
  const lines: string[] = []
  for (const name of names) {
    const last = lines.at(-1)
    if (last === undefined || last.length + name.length > 110) lines.push(`  ${name}`)
    else lines[lines.length - 1] = `${last}, ${name}`
  }
  return lines
}

/** What `compare --json` holds: for each batch compared its verdict, differences and judged expectations. */
export function comparisonJson(results: readonly ComparisonResult[], gate: string | null): object {
  return {
    a: results[0]?.compared?.a.path ?? null,
    gate,
    comparisons: results.map(({ b, compared, expectations, gate: own }) => ({
      b: b.path,
      ...(compared && {
        verdict: compared.verdict,
        paired: compared.paired,
        same: compared.verdict === 'identical',
        runs: compared.runs,
        notes: compared.notes,
        alpha: compared.alpha,
        correction: compared.correction,
        counts: compared.counts,
        most: compared.most && {
          id: compared.most.id,
          name: compared.most.name,
          quantities: compared.most.differences.map(({ quantity }) => quantity),
        },
        changes: compared.changes,
        quantities: compared.quantities,
      }),
      gate: own,
      expectations,
      sides: { a: compared?.a ?? null, b },
    })),
  }
}
