import { type Look, meanHalfWidth, runsNeeded, shareHalfWidth, type Target } from '../analysis/convergence.ts'
import { exitCode, UserError } from '../core/errors.ts'
import { suggest } from '../scenario/suggestion.ts'
import type { Batch } from '../store/batch.ts'
import { collect } from '../store/collect.ts'
import { histogram, type TallyTable } from '../store/tallies.ts'

/** What a look at a batch found. */
export interface LookResult {
  readonly runs: number
  /** Coverage the half-widths have at this look. */
  readonly level: number
  readonly halfWidths: Readonly<Record<string, number>>
  readonly met: boolean
  /** Runs that would meet every target, from these figures. */
  readonly needed: number
}

/** @throws UserError for a target a batch has no figure for */
export function checkTargets(targets: readonly Target[], tables: ReadonlyMap<string, TallyTable>): void {
  for (const { quantity } of targets) {
    if (quantity === 'share' || tables.has(`final.${quantity}`)) continue
    const known = ['share', ...[...tables.keys()].flatMap(name => (name.startsWith('final.') ? [name.slice(6)] : []))]
    throw new UserError(
      exitCode.usage,
      `--until: expected share or an index, got ${JSON.stringify(quantity)}; ${suggest(quantity, known, 'quantities')}`,
    )
  }
}

/** Half-widths of what a batch holds so far, from its tallies. */
export async function lookAt(batch: Batch, targets: readonly Target[], { alpha }: Look): Promise<LookResult> {
  const { totals, runs, failed } = await collect(batch)
  const done = runs - failed.length
  const widths = targets.map(({ quantity }) => {
    if (quantity === 'share') {
      const counts = histogram(totals, batch.tallies.tables.get('outcome')!, 0)
      return Math.max(...Array.from(counts, count => shareHalfWidth(count, done, alpha)))
    }
    return meanHalfWidth(spreadOf(totals, batch.tallies.tables.get(`final.${quantity}`)!), done, alpha)
  })
  return {
    runs,
    level: 1 - alpha,
    halfWidths: Object.fromEntries(targets.map(({ quantity }, n) => [quantity, widths[n]!])),
    met: targets.every(({ halfWidth }, n) => widths[n]! <= halfWidth),
    needed: Math.max(...targets.map(({ halfWidth }, n) => runsNeeded(runs, widths[n]!, halfWidth))),
  }
}

/** Standard deviation of a tally, exact to its bins. */
function spreadOf(totals: Float64Array, table: TallyTable): number {
  const bins = histogram(totals, table, 0)
  let [n, sum, squares] = [0, 0, 0]
  bins.forEach((count, bin) => {
    n += count
    sum += count * bin
    squares += count * bin * bin
  })
  return table.width * Math.sqrt(Math.max(0, (squares - (sum * sum) / n) / (n - 1)))
}

/** The looks for people. */
export function looksText(looks: readonly LookResult[], targets: readonly Target[]): string {
  const last = looks.at(-1)!
  const widths = targets
    .map(({ quantity, halfWidth }) => `${quantity} ± ${last.halfWidths[quantity]!.toPrecision(3)} (asked ${halfWidth})`)
    .join(', ')
  const end = last.met
    ? 'enough'
    : `not yet enough: about ${last.needed - last.runs} more runs are needed, give --runs ${last.needed}`
  return `Until   ${widths} after ${last.runs} runs and ${looks.length} ${looks.length === 1 ? 'look' : 'looks'}, 95 % over all of them: ${end}`
}
