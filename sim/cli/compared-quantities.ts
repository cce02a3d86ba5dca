import { type Quantity, quantity } from '../analysis/quantity.ts'
import { indexNames } from '../model/indices.ts'
import { outcomes } from '../model/outcomes.ts'
import type { Batch } from '../store/batch.ts'

/** What two batches are compared in: outcome shares, indices, and gap and duality of every actor and group of both. */
export function comparedQuantities(a: Batch, b: Batch): Quantity[] {
  const columns = a.layout.columns
    .map(({ name }) => name)
    .filter(name => b.layout.columns.some(own => own.name === name))
  const people = columns.flatMap(name => (name.endsWith('_outcome') ? [name.slice(0, -'_outcome'.length)] : []))
  const names = [
    ...outcomes.map(name => `class=${name}`),
    ...indexNames,
    ...people.flatMap(id => [`${id}_gap`, `${id}_class=duality`]),
  ]
  return names.map(name => quantity(name, columns))
}
