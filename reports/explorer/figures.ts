import type { Difference } from '../../sim/analysis/compare.ts'
import { change, changes } from '../words.ts'

/** A difference of shares in percentage points with its 95 % interval: "+12 points (+10 to +14)". */
export function pointsWords({ difference: { value, lower, upper } }: Pick<Difference, 'difference'>): string {
  const digits = upper - lower < 0.02 ? 1 : 0
  return `${change(100 * value, digits)} points (${changes(100 * lower, 100 * upper, digits)})`
}

/** A difference of an index with its 95 % interval. */
export function indexWords({ difference: { value, lower, upper } }: Pick<Difference, 'difference'>): string {
  return `${change(value)} (${changes(lower, upper)})`
}

/** Whether the interval of a difference leaves out 0. */
export function isClear({ difference: { lower, upper } }: Pick<Difference, 'difference'>): boolean {
  return lower > 0 || upper < 0
}
