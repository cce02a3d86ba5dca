import type { HypothesisFigure } from './hypothesis-figures.ts'
import type { HypothesisRuns, HypothesisWorld } from './hypothesis-runs.ts'

/** A directional statement about the model, with the worlds it compares and the rule that decides. */
export interface Hypothesis<Name extends string = string> {
  readonly id: string
  readonly statement: string
  /** What would show it to be false. */
  readonly falsified: string
  /** Worlds by name; run n of each has the same draws. */
  readonly worlds: Readonly<Record<Name, HypothesisWorld>>
  readonly test: (runs: Readonly<Record<Name, HypothesisRuns>>) => HypothesisFindings
}

export interface HypothesisFindings {
  /** It holds when every one of these does. */
  readonly conditions: readonly Condition[]
  /** What it was decided by; more numbers may stand beside those the conditions read. */
  readonly detail: Readonly<Record<string, HypothesisFigure>>
}

/** A figure that is to lie above or below a limit. */
export interface Condition {
  readonly name: string
  readonly figure: HypothesisFigure
  readonly side: 'above' | 'below'
  readonly limit: number
}

export type Verdict = 'held' | 'not held' | 'undecided'

export function above(name: string, figure: HypothesisFigure, limit = 0): Condition {
  return { name, figure, side: 'above', limit }
}

export function below(name: string, figure: HypothesisFigure, limit = 0): Condition {
  return { name, figure, side: 'below', limit }
}

/**
 * Held when the whole 95 % interval of every figure lies on its side, not held when that of one lies on the other side,
 * and otherwise undecided. A figure without an interval is taken as exact; a figure at its limit is not beyond it.
 *
 * @example verdictOf([above('gap', { value: 1, halfWidth: 2 })]) // => 'undecided'
 * @example verdictOf([above('gap', { value: 0, halfWidth: 0 })]) // => 'not held'
 */
export function verdictOf(conditions: readonly Condition[]): Verdict {
  const sides = conditions.map(({ figure: { value, halfWidth = 0 }, side, limit }) => {
    const beyond = side === 'above' ? value - limit : limit - value
    return beyond - halfWidth > 0 ? 'held' : beyond + halfWidth <= 0 ? 'not held' : 'undecided'
  })
  if (sides.includes('not held')) return 'not held'
  return sides.includes('undecided') ? 'undecided' : 'held'
}

/** Keeps the names of the worlds and of the runs the same. */
export function hypothesis<Name extends string>(row: Hypothesis<Name>): Hypothesis {
  return row
}
