import type { ScenarioDocument } from './schema.ts'

/**
 * Whether the outer tier of the format, CIS Plus, exists in a scenario. Where it does not, its vitality is still
 * computed, and outcomes of runs still read it (`sim/model/README.md`, “Where we decided”).
 */
export function hasOuterTier({ institutions }: Pick<ScenarioDocument, 'institutions'>): boolean {
  return Object.values(institutions)[1]?.exists === true
}
