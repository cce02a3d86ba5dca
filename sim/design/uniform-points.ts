import { exitCode, UserError } from '../core/errors.ts'
import type { Sequence } from './sobol.ts'

/** The points of a design as uniforms, before the distributions. */
export interface UniformPoints {
  /** Points that belong together; 1 for designs of single points. */
  readonly block: number
  readonly fill: Sequence
  /** Whether points lie on levels from 0 to 1, both ends included. */
  readonly onLevels?: boolean
}

/** The error of a design with too few runs. */
export function tooSmall(method: string, runs: number, expected: string): UserError {
  return new UserError(
    exitCode.usage,
    `${method}: expected ${expected} runs, got ${runs}; raise --runs or vary fewer inputs`,
  )
}
