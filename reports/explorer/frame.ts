import type { Moves } from './engine/compare-ensembles.ts'
import type { Ensemble } from './engine/ensemble.ts'

/** What the pictures are drawn from: two ensembles over the same runs, and the moment and actor somebody looks at. */
export interface Frame {
  readonly now: Ensemble
  readonly reference: Ensemble
  /** Whether both are one and the same, so that there is nothing to compare. */
  readonly same: boolean
  /** Runs both have. */
  readonly runs: number
  /** What moved, paired; undefined while there are too few runs. */
  readonly moves: Moves | undefined
  readonly tick: number
  /** Index of an actor of `now`. */
  readonly actor: number
  /** The quarter of each tick, such as 2027Q3. */
  readonly quarters: readonly string[]
}

/** The same actor in the reference; undefined where it has none of that id. */
export function inReference({ now, reference }: Frame, actor: number): number | undefined {
  const at = reference.scenario.actors.indexOf(now.scenario.actors[actor]!)
  return at === -1 ? undefined : at
}

/** The last tick, and that of the reference for the tick that is shown. */
export function referenceTick({ reference, tick }: Frame): number {
  return Math.min(tick, reference.columns.ticks)
}

/** Indices of the actors that count in the core means. */
export function coreActors({ now }: Frame): number[] {
  return [...now.scenario.core.keys()].filter(i => now.scenario.core[i] === 1)
}
