import { exitCode, UserError } from '../core/errors.ts'
import { normalQuantile } from '../core/normal.ts'
import { wilson } from './intervals.ts'

/** A half-width that is asked for: of an index, or of every outcome share. */
export interface Target {
  readonly quantity: string
  readonly halfWidth: number
}

/** Runs after which precision is looked at, and the error each look may make. */
export interface Look {
  readonly runs: number
  /** 1 − coverage of the intervals of this look. */
  readonly alpha: number
}

/** What a look at a batch found. */
export interface LookResult {
  readonly runs: number
  /** Coverage the half-widths have at this look. */
  readonly level: number
  readonly halfWidths: Readonly<Record<string, number>>
  readonly met: boolean
  /** Runs that would meet every target, from these figures. */
  readonly needed: number
}

/**
 * Half-widths as they are written: `gap=0.005,share=0.01`.
 *
 * @throws UserError for anything else
 * @example parseTargets('gap=0.005') // => [{ quantity: 'gap', halfWidth: 0.005 }]
 */
export function parseTargets(text: string): Target[] {
  return text.split(',').map(part => {
    const [, quantity = '', number = ''] = /^\s*(\S+)=([^=\s]+)\s*$/.exec(part) ?? []
    const halfWidth = Number(number)
    if (quantity !== '' && number !== '' && halfWidth > 0 && Number.isFinite(halfWidth)) return { quantity, halfWidth }
    throw new UserError(
      exitCode.usage,
      `--until: expected half-widths such as gap=0.005,share=0.01, got ${JSON.stringify(part)}`,
    )
  })
}

/**
 * Looks at doubling numbers of runs up to `most`. Together they spend 5 %, half of it at the last look and half as much at
 * each one before, so that by Bonferroni all intervals of all looks hold at once in at least 95 of 100 batches, and the one
 * a batch stops at too.
 *
 * @param first - runs before the first look
 * @see Lan & DeMets (1983), Biometrika 70(3), for spending; Jennison & Turnbull (2000), Group sequential methods
 * @example looksOf(1000, 4000).map(({ runs }) => runs) // => [1000, 2000, 4000]
 */
export function looksOf(first: number, most: number): Look[] {
  const runs: number[] = []
  for (let n = first; n < most; n *= 2) runs.push(n)
  runs.push(most)
  const all = 2 ** runs.length - 1
  return runs.map((n, k) => ({ runs: n, alpha: (0.05 * 2 ** k) / all }))
}

/** Half-width of the interval of a mean over runs, z sd / √n. */
export function meanHalfWidth(sd: number, runs: number, alpha: number): number {
  return (normalQuantile(1 - alpha / 2) * sd) / Math.sqrt(runs)
}

/** Half of Wilson's interval of a share. @see wilson */
export function shareHalfWidth(count: number, runs: number, alpha: number): number {
  const { lower, upper } = wilson(count, runs, 1 - alpha)
  return (upper - lower) / 2
}

/**
 * Runs at which a half-width would be met, from one that was found; widths fall with the root of the runs.
 *
 * @example runsNeeded(1000, 0.02, 0.01) // => 4000
 */
export function runsNeeded(runs: number, width: number, target: number): number {
  return Math.ceil(runs * (width / target) ** 2 - 1e-9)
}
