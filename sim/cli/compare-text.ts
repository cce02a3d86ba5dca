import type { Comparison, Difference } from '../analysis/compare.ts'
import { parseTargets } from '../analysis/convergence.ts'
import type { Quantity } from '../analysis/quantity.ts'
import { exitCode, UserError } from '../core/errors.ts'
import type { Batch } from '../store/batch.ts'
import { figure } from './analysis-text.ts'

/** What `compare --json` holds for each batch that is compared with the first. */
export interface ComparisonDocument {
  readonly b: string
  readonly paired: boolean
  /** Whether both are one batch: every difference is 0 because nothing was to differ. */
  readonly same: boolean
  readonly runs: number
  readonly digests: { readonly a: string; readonly b: string }
  readonly alpha: number
  readonly correction: string
  readonly counts: { readonly changed: number; readonly unchanged: number; readonly inconclusive: number }
  readonly quantities: readonly Difference[]
}

export function comparisonDocument({
  a,
  b,
  path,
  paired,
  comparison,
}: {
  a: Batch
  b: Batch
  path: string
  paired: boolean
  comparison: Comparison
}): ComparisonDocument {
  const same = a.manifest.batch === b.manifest.batch
  const quantities = comparison.differences().map(difference => (same ? exact(difference) : difference))
  const count = (verdict: Difference['verdict']) => quantities.filter(each => each.verdict === verdict).length
  return {
    b: path,
    paired,
    same,
    runs: comparison.runs,
    digests: { a: a.manifest.batch, b: b.manifest.batch },
    alpha: 0.05,
    correction: 'Holm, over all quantities, for “changed” and for “unchanged” each',
    counts: { changed: count('changed'), unchanged: count('unchanged'), inconclusive: count('inconclusive') },
    quantities,
  }
}

/** One batch against itself: no run was drawn anew, so there is nothing to be unsure of. */
function exact(difference: Difference): Difference {
  return {
    ...difference,
    difference: { value: 0, lower: 0, upper: 0 },
    pChanged: 1,
    pUnchanged: 0,
    verdict: 'unchanged',
    runsNeeded: null,
  }
}

/** Indices that count states or events; all others are shares and means from −1 to 1. */
const counts = new Set(['ext', 'ext_depth', 'coercions', 'war'])

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
  return ({ name, kind }) =>
    written.get(name) ??
    (kind === 'share'
      ? (written.get('share') ?? 0.02)
      : counts.has(name)
        ? (written.get('count') ?? 0.1)
        : (written.get('index') ?? 0.01))
}

/** A comparison for people: what changed, what is open, what is shown not to have changed. */
export function compareText(a: string, document: ComparisonDocument): string {
  const { b, paired, same, runs, counts: verdicts, quantities } = document
  if (same) return `${a} and ${b} are one batch of ${runs} runs: every difference is exactly 0`
  const by = (verdict: Difference['verdict']) => quantities.filter(each => each.verdict === verdict)
  const line = ({ quantity, a: from, b: to, difference, runsNeeded }: Difference) =>
    `  ${quantity.padEnd(24)}${figure(from)} → ${figure(to)}   ${signed(difference.value)} (${signed(difference.lower)} to ${signed(difference.upper)})${runsNeeded === null ? '' : `   about ${runsNeeded} runs would decide`}`
  const reductions = quantities.flatMap(({ varianceReduction }) =>
    varianceReduction === null ? [] : [varianceReduction],
  )
  reductions.sort((x, y) => x - y)
  const middle = reductions[Math.floor(reductions.length / 2)]
  const pairs = paired
    ? `${runs} pairs on the same random worlds${middle === undefined ? '' : `; pairing divides the variance by ${figure(middle)} in the middle`}`
    : `${runs} runs each, not paired`
  return [
    `${b} against ${a}: ${pairs}`,
    `${verdicts.changed} of ${quantities.length} quantities changed, ${verdicts.unchanged} did not, ${verdicts.inconclusive} are inconclusive (5 % over all, ${document.correction.split(',')[0]})`,
    ...section('Changed, difference with 95 % interval', by('changed').sort(larger).slice(0, 20).map(line)),
    ...section('Inconclusive', by('inconclusive').sort(larger).slice(0, 10).map(line)),
    ...section(
      'Unchanged within the smallest effect that matters',
      wrapped(by('unchanged').map(each => each.quantity)),
    ),
  ].join('\n')
}

const larger = (a: Difference, b: Difference) =>
  Math.abs(b.difference.value) / b.smallestEffect - Math.abs(a.difference.value) / a.smallestEffect

const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : ['', title, ...lines])

const signed = (x: number) => (x > 0 ? `+${figure(x)}` : figure(x))

function wrapped(names: readonly string[]): string[] {
  const lines: string[] = []
  for (const name of names) {
    const last = lines.at(-1)
    if (last === undefined || last.length + name.length > 110) lines.push(`  ${name}`)
    else lines[lines.length - 1] = `${last}, ${name}`
  }
  return lines
}
