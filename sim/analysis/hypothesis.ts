import type { HypothesisFigure } from './hypothesis-figures.ts'
import type { HypothesisRuns, HypothesisWorld } from './hypothesis-runs.ts'

/** A directional statement about the model, with the worlds it compares and the rule that decides. */
export interface Hypothesis<Name extends string = string> {
  readonly id: string
  readonly statement: string
  /** Worlds by name; run n of each has the same draws. */
  readonly worlds: Readonly<Record<Name, HypothesisWorld>>
  readonly test: (runs: Readonly<Record<Name, HypothesisRuns>>) => HypothesisVerdict
}

export interface HypothesisVerdict {
  readonly holds: boolean
  /** What it was decided by; more numbers may stand beside those the rule reads. */
  readonly detail: Readonly<Record<string, HypothesisFigure>>
}

/** Keeps the names of the worlds and of the runs the same. */
export function hypothesis<Name extends string>(row: Hypothesis<Name>): Hypothesis {
  return row
}
