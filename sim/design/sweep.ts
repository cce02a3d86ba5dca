import type { DesignInput } from './design.ts'
import { tooSmall, type UniformPoints } from './uniform-points.ts'

/** Levels of an input as uniforms: evenly from end to end, or the values themselves where they are discrete. */
function levelsOf({ distribution }: DesignInput, most: number): number[] {
  if (distribution.distribution === 'fixed') return [0.5]
  if (distribution.distribution === 'discrete') {
    const { values, weights } = distribution
    const mass = weights ?? values.map(() => 1)
    const total = mass.reduce((sum, w) => sum + w, 0)
    let below = 0
    return mass.flatMap(w => {
      below += w
      return w > 0 ? [(below - w / 2) / total] : []
    })
  }
  return Array.from({ length: most }, (_, level) => level / (most - 1))
}

/**
 * Every combination of levels: as many levels for each continuous input, at least two, as `count` runs allow. Runs beyond
 * one sweep repeat it in other random worlds.
 */
export function factorialSweep(inputs: readonly DesignInput[], count: number): UniformPoints {
  const grid = (most: number) => inputs.map(input => levelsOf(input, most))
  const size = (most: number) => cells(grid(most).map(levels => levels.length))
  if (size(2) > count) throw tooSmall('factorial', count, `at least ${size(2)} (two levels of ${inputs.length} inputs)`)
  let most = 2
  while (most < 1000 && size(most + 1) > size(most) && size(most + 1) <= count) most++
  const levels = grid(most)
  const block = size(most)
  return {
    block,
    onLevels: true,
    fill(point, u) {
      let rest = point % block
      for (let n = levels.length - 1; n >= 0; n--) {
        const own = levels[n]!
        u[n] = own[rest % own.length]!
        rest = Math.floor(rest / own.length)
      }
    },
  }
}

/** Cells of a full-factorial grid. */
function cells(levels: readonly number[]): number {
  return levels.reduce((product, n) => product * n, 1)
}

/**
 * The middle of every input, then each input over its levels while the others stay in the middle: as many levels as
 * `count` runs allow, at least two. Interactions are not seen by it.
 */
export function oneAtATime(inputs: readonly DesignInput[], count: number): UniformPoints {
  const grid = (most: number) => inputs.map(input => levelsOf(input, most))
  const size = (most: number) => 1 + grid(most).reduce((sum, levels) => sum + levels.length, 0)
  if (size(2) > count)
    throw tooSmall('oat', count, `at least ${size(2)} (two levels of ${inputs.length} inputs and the middle)`)
  let most = 2
  while (most < 1000 && size(most + 1) > size(most) && size(most + 1) <= count) most++
  const steps = grid(most).flatMap((levels, n) => levels.map(level => ({ n, level })))
  const block = steps.length + 1
  return {
    block,
    onLevels: true,
    fill(point, u) {
      u.fill(0.5, 0, inputs.length)
      const step = steps[(point % block) - 1]
      if (step) u[step.n] = step.level
    },
  }
}
