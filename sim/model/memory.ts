import type { Model } from './model.ts'

/**
 * The columns the choice of a tick works through, in one buffer: a loop over planes of one buffer keeps a single base
 * address and length, which the engine's innermost loop needs a quarter less time for. Planes are named by their offset;
 * all but the last are [S, D, P].
 */
export interface Memory {
  readonly cells: Float64Array
  /** Deviations z and alignment shares of the two worlds that take turns. */
  readonly z: readonly [number, number]
  readonly alignment: readonly [number, number]
  /** Alignment at tick 0. */
  readonly alignment0: number
  /** Driver terms of each actor, log-odds. */
  readonly pull: number
  /** Sums of z over the domains, [S, P], of the two worlds. */
  readonly drift: readonly [number, number]
}

export function createMemory(model: Model): Memory {
  const { alignment0, sizes } = model.scenario
  const plane = alignment0.length
  const row = sizes.S * sizes.P
  const cells = new Float64Array(6 * plane + 2 * row)
  cells.set(alignment0, 4 * plane)
  return {
    cells,
    z: [0, plane],
    alignment: [2 * plane, 3 * plane],
    alignment0: 4 * plane,
    pull: 5 * plane,
    drift: [6 * plane, 6 * plane + row],
  }
}
