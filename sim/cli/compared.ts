import { plain } from '../../reports/escape.ts'
import { comparedWithoutOuterTier } from '../../reports/outer-tier-words.ts'
import { compareMoments, createComparison, type Difference, type Moments } from '../analysis/compare.ts'
import { type Compared, mostAffected, overall, verdictCounts } from '../analysis/comparison-result.ts'
import { type Quantity, quantity } from '../analysis/quantity.ts'
import { scenarioChanges } from '../analysis/scenario-changes.ts'
import { exitCode, UserError } from '../core/errors.ts'
import { hasOuterTier } from '../scenario/outer-tier.ts'
import type { Baseline } from '../store/baseline.ts'
import type { Batch } from '../store/batch.ts'
import { columnsOf, comparedQuantities, hasQuantity } from './compared-quantities.ts'
import { addRuns, measureRuns, shareWorlds } from './compared-runs.ts'
import type { Side } from './compared-side.ts'

/** A comparison, and the differences of quantities that expectations ask for. */
export interface ComparedRuns {
  readonly compared: Compared
  readonly distances: ReadonlyMap<string, Difference>
}

type Effects = (quantity: Pick<Quantity, 'name' | 'kind'>) => number

/**
 * Compares a batch with a batch or a baseline.
 *
 * @param names - of further quantities, for expectations
 */
export async function compareSides(
  a: Side,
  b: Side,
  effects: Effects,
  names: readonly string[],
): Promise<ComparedRuns> {
  const batch = b.batch
  if (!batch)
    throw new UserError(exitCode.usage, `${b.side.path}: expected a batch or scenario, got a baseline; name it first`)
  const known = a.batch ? hasQuantity(a.batch) : recorded(a.baseline!)
  const quantities = comparedQuantities(batch, known, withoutOuterTier(a, b).length !== 1)
  const missing = names.find(name => !known(name))
  if (missing !== undefined)
    throw new UserError(
      exitCode.mismatch,
      `${a.side.path}: expected ${missing}, which is expected to be near it, got none`,
    )
  const further = names.map(name => quantity(name, columnsOf(batch)))
  const identical = a.side.digest === b.side.digest
  const paired = identical || (a.batch !== undefined && shareWorlds(a.batch.manifest.plan, batch.manifest.plan))
  const found =
    paired && a.batch
      ? await pairedRuns(a.batch, batch, [quantities, further], effects)
      : await unpairedRuns(a, batch, [quantities, further], effects)
  const [differences, distances] = (identical ? found.map(list => list.map(exact)) : found) as [
    Difference[],
    Difference[],
  ]
  const documents = [a.batch, batch].map(side => side?.manifest.scenario.document)
  return {
    compared: {
      a: a.side,
      verdict: identical ? 'identical' : overall(differences),
      paired,
      notes: [...outerTierNote(a, b), ...notesOf(a, b, paired)],
      runs: Math.min(a.side.runs, b.side.runs),
      alpha: 0.05,
      correction: 'Holm, over all quantities, for “changed” and for “unchanged” each',
      counts: verdictCounts(differences),
      quantities: differences,
      changes: identicalScenario(a, b) ? [] : documents[0] ? scenarioChanges(documents[0], documents[1]!) : null,
      most: mostAffected(differences, batch.manifest.scenario.document.actors),
    },
    distances: new Map(distances.map(each => [each.quantity, each])),
  }
}

const identicalScenario = (a: Side, b: Side) => a.side.scenarioHash === b.side.scenarioHash

async function pairedRuns(a: Batch, b: Batch, lists: readonly (readonly Quantity[])[], smallestEffect: Effects) {
  const comparisons = lists.map(quantities => ({
    quantities,
    comparison: createComparison(quantities, { paired: true, smallestEffect }),
  }))
  await addRuns(
    comparisons.map(({ quantities, comparison }) => ({ quantities, add: comparison.add })),
    a,
    b,
  )
  return comparisons.map(({ comparison }) => comparison.differences())
}

async function unpairedRuns(a: Side, b: Batch, lists: readonly (readonly Quantity[])[], smallestEffect: Effects) {
  const all = lists.flat()
  const right = await measureRuns(b, all)
  const left = a.batch ? await measureRuns(a.batch, all) : undefined
  const moments = (name: string): Moments => left?.get(name) ?? recordedMoments(a.baseline!, name)
  return lists.map(quantities =>
    compareMoments(
      quantities,
      quantities.map(({ name }) => moments(name)),
      quantities.map(({ name }) => right.get(name)!),
      { smallestEffect },
    ),
  )
}

const recorded =
  ({ counts, means }: Baseline) =>
  (name: string) =>
    Object.hasOwn(counts, name) || Object.hasOwn(means, name)

function recordedMoments({ counts, means, runs }: Baseline, name: string): Moments {
  if (Object.hasOwn(means, name)) {
    const [mean, variance] = means[name]!
    return { runs, mean, variance }
  }
  const mean = counts[name]! / runs
  return { runs, mean, variance: runs > 1 ? (mean * (1 - mean) * runs) / (runs - 1) : 0 }
}

/** The same numbers in every run: nothing was drawn anew, so there is nothing to be unsure of. */
function exact(difference: Difference): Difference {
  const none = { value: 0, lower: 0, upper: 0 }
  return { ...difference, difference: none, pChanged: 1, pUnchanged: 0, verdict: 'unchanged', runsNeeded: null }
}

/** The sides on which CIS Plus does not exist; of a baseline that is not known. */
function withoutOuterTier(a: Side, b: Side): Side[] {
  return [a, b].filter(({ batch }) => batch && !hasOuterTier(batch.manifest.scenario.document))
}

/** What keeps outcomes from being compared where CIS Plus does not exist. */
function outerTierNote(a: Side, b: Side): string[] {
  const without = withoutOuterTier(a, b)
  const note = comparedWithoutOuterTier(
    without.map(({ side }) => `“${plain(side.title)}”`),
    without.length === 2,
  )
  if (note === undefined || a.side.digest === b.side.digest) return []
  return [without.length === 1 ? `${note} What hangs on it is left out below.` : note]
}

/** What makes the sides less alike than they could be. */
function notesOf(a: Side, b: Side, paired: boolean): string[] {
  const [left, right] = [a.side, b.side]
  const notes: string[] = []
  const versions = [
    ...(left.model === right.model ? [] : [`model ${left.model} there, ${right.model} here`]),
    ...(left.engine === right.engine ? [] : [`engine ${left.engine} there, ${right.engine} here`]),
  ]
  if (versions.length > 0)
    notes.push(
      `${left.path} was made with other versions (${versions.join('; ')}), so that differences may come from them; record it again.`,
    )
  if (left.batch === right.batch && left.digest !== right.digest)
    notes.push(
      'The same scenario, plan and versions gave another digest: one of the two is damaged, not all there, or made by another build.',
    )
  const other = (['seed', 'design'] as const).filter(key => left.plan[key] !== right.plan[key])
  if (other.length > 0) {
    const [was, is] = [left, right].map(({ plan }) => other.map(key => `${key} ${plan[key]}`).join(', '))
    notes.push(`Other random worlds: ${was} there, ${is} here. Runs are not paired, and intervals are wider.`)
  } else if (!paired && a.baseline)
    notes.push(
      'A baseline holds no runs, so runs are not paired, and intervals are wider than between two scenario files.',
    )
  else if (!paired)
    notes.push('Runs are not on the same random worlds, so they are not paired, and intervals are wider.')
  return notes
}
