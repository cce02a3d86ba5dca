import {
  type Look,
  type LookResult,
  meanHalfWidth,
  runsNeeded,
  shareHalfWidth,
  type Target,
} from '../analysis/convergence.ts'
import { counted } from '../core/counted.ts'
import { exitCode, UserError } from '../core/errors.ts'
import { horizonOf } from '../experiment.ts'
import { indexNames } from '../model/indices.ts'
import { actorOutcomes, outcomes } from '../model/outcomes.ts'
import type { Scenario } from '../scenario/compile.ts'
import { suggest } from '../scenario/suggestion.ts'
import type { Batch } from '../store/batch.ts'
import { collect } from '../store/collect.ts'
import { histogram, type TallyLayout, type TallyTable } from '../store/tallies.ts'

/** How a half-width is read off the counts of a batch. */
type Measure = (totals: Float64Array, runs: number, alpha: number) => number

/**
 * Everything a target may name: `share` (all outcomes of runs), `share:council`, any index, `KAZ_gap` at the last tick and
 * `KAZ:share:duality` of actors and groups.
 */
function measuresOf(scenario: Scenario, { tables }: TallyLayout): Map<string, Measure> {
  const measures = new Map<string, Measure>()
  const share = (table: TallyTable, place: number, bin: number): Measure => {
    return (totals, runs, alpha) => shareHalfWidth(histogram(totals, table, place)[bin]!, runs, alpha)
  }
  const spread = (table: TallyTable, place: number): Measure => {
    return (totals, runs, alpha) => meanHalfWidth(spreadOf(histogram(totals, table, place), table.width), runs, alpha)
  }
  const outcome = outcomes.map((_, bin) => share(tables.get('outcome')!, 0, bin))
  measures.set('share', (...counted) => Math.max(...outcome.map(measure => measure(...counted))))
  for (const [bin, name] of outcomes.entries()) measures.set(`share:${name}`, outcome[bin]!)
  for (const name of indexNames) measures.set(name, spread(tables.get(`final.${name}`)!, 0))
  const people = { actor: scenario.actors, group: scenario.groups.map(({ id }) => id) }
  for (const [kind, ids] of Object.entries(people)) {
    const last = horizonOf(scenario) * ids.length
    for (const [n, id] of ids.entries()) {
      for (const name of ['ID', 'OP', 'gap'])
        measures.set(`${id}_${name}`, spread(tables.get(`${kind}.${name}`)!, last + n))
      for (const [bin, name] of actorOutcomes.entries())
        measures.set(`${id}:share:${name}`, share(tables.get(`${kind}Outcome`)!, n, bin))
    }
  }
  return measures
}

/** The name of a quantity as `analyse` has it, `class=council` or `KAZ_class=duality`, in the words of targets. */
function asTarget(quantity: string): string {
  return quantity.replace(/^(?:(.+)_)?class=/, (_, who?: string) => (who === undefined ? 'share:' : `${who}:share:`))
}

/** @throws UserError for a target a batch has no figure for */
export function checkTargets(targets: readonly Target[], scenario: Scenario, tallies: TallyLayout): void {
  const known = measuresOf(scenario, tallies)
  for (const { quantity } of targets) {
    if (known.has(asTarget(quantity))) continue
    throw new UserError(
      exitCode.usage,
      `--until: expected share, share:<outcome>, an index, <actor>_gap or <actor>:share:<outcome>, got ${JSON.stringify(quantity)}; ${suggest(asTarget(quantity), known.keys(), 'quantities')}`,
    )
  }
}

/** Half-widths of what a batch holds so far, from its tallies. */
export async function lookAt(batch: Batch, targets: readonly Target[], { alpha }: Look): Promise<LookResult> {
  const { totals, runs, failed } = await collect(batch)
  const done = runs - failed.length
  const measures = measuresOf(batch.scenario, batch.tallies)
  const widths = targets.map(({ quantity }) => measures.get(asTarget(quantity))!(totals, done, alpha))
  return {
    runs,
    level: 1 - alpha,
    halfWidths: Object.fromEntries(targets.map(({ quantity }, n) => [quantity, widths[n]!])),
    met: targets.every(({ halfWidth }, n) => widths[n]! <= halfWidth),
    needed: Math.max(...targets.map(({ halfWidth }, n) => runsNeeded(runs, widths[n]!, halfWidth))),
  }
}

/** Standard deviation of a histogram, exact to its bins. */
function spreadOf(bins: Float64Array, width: number): number {
  let [n, sum, squares] = [0, 0, 0]
  bins.forEach((count, bin) => {
    n += count
    sum += count * bin
    squares += count * bin * bin
  })
  return width * Math.sqrt(Math.max(0, (squares - (sum * sum) / n) / (n - 1)))
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
  return `Until   ${widths} after ${last.runs} runs and ${counted(looks.length, 'look')}, 95 % over all of them: ${end}`
}
