import type { Model } from './model.ts'

/** Mean of a column [S] over the core actors, weighted. */
export function coreMean(column: Float64Array, model: Model): number {
  const { coreActors, coreWeight, scenario } = model
  const { weight } = scenario
  let sum = 0
  for (let n = 0; n < coreActors.length; n++) {
    const i = coreActors[n]!
    sum += weight[i]! * column[i]!
  }
  return sum / coreWeight
}

/** Mean of a column [S] over the members of a group, weighted; NaN for a group without weight. */
export function groupMean(column: Float64Array, members: Int32Array, weight: Float64Array): number {
  let sum = 0
  let total = 0
  for (const i of members) {
    sum += weight[i]! * column[i]!
    total += weight[i]!
  }
  return sum / total
}
