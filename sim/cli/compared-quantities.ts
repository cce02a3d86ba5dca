import { type Quantity, quantity } from '../analysis/quantity.ts'
import { indexNames } from '../model/indices.ts'
import { actorOutcomes, outcomes } from '../model/outcomes.ts'
import { actorIndices } from '../scenario/judged-names.ts'
import type { Batch } from '../store/batch.ts'

/** Indices that count CIS Plus, or start elsewhere without the depth in it. */
const ofOuterTier: readonly string[] = ['ID', 'gap', 'v', 'ext', 'ext_depth']

/** Whether a quantity means the same with and without CIS Plus. Outcomes of actors and groups do: they read changes only. */
function isComparable(name: string): boolean {
  return !(name.startsWith('class=') || name.endsWith('_gap') || ofOuterTier.includes(name))
}

/**
 * What two batches are compared in: outcome shares, indices, and gap and duality of every actor and group of both.
 *
 * @param alike - whether CIS Plus exists on both sides or on none; otherwise what hangs on it is left out
 */
export function comparedQuantities(b: Batch, inA: (name: string) => boolean, alike: boolean): Quantity[] {
  const columns = columnsOf(b)
  const names = [
    ...outcomes.map(name => `class=${name}`),
    ...indexNames,
    ...peopleOf(columns).flatMap(id => [`${id}_gap`, `${id}_class=duality`]),
  ]
  const compared = alike ? names : names.filter(isComparable)
  return compared.filter(inA).map(name => quantity(name, columns))
}

/** What a baseline records: these, all outcomes of actors and groups, and their indices. */
export function recordedQuantities(batch: Batch): Quantity[] {
  const columns = columnsOf(batch)
  const names = [
    ...outcomes.map(name => `class=${name}`),
    ...indexNames,
    ...peopleOf(columns).flatMap(id => [
      ...actorIndices.map(name => `${id}_${name}`),
      ...actorOutcomes.map(name => `${id}_class=${name}`),
    ]),
  ]
  return names.map(name => quantity(name, columns))
}

/** Whether a batch has a quantity. */
export function hasQuantity(batch: Batch): (name: string) => boolean {
  const known = new Set(recordedQuantities(batch).map(({ name }) => name))
  return name => known.has(name)
}

export function columnsOf({ layout }: Batch): string[] {
  return layout.columns.map(({ name }) => name)
}

/** Ids of actors and groups. */
function peopleOf(columns: readonly string[]): string[] {
  return columns.flatMap(name => (name.endsWith('_outcome') ? [name.slice(0, -'_outcome'.length)] : []))
}
