import { philox, uniform } from '../core/random.ts'
import { keyOfText } from '../core/seed.ts'
import { permute } from './permutation.ts'
import { tooSmall, type UniformPoints } from './uniform-points.ts'

/** Levels of the grid, as the method's author has them. */
const levels = 4

/**
 * Trajectories of d + 1 points for d inputs: each step moves one input by Δ = 2/3 of its range on a grid of four levels,
 * in a random order, so that every trajectory has one elementary effect of every input.
 *
 * @see Morris (1991), Factorial sampling plans for preliminary computational experiments, Technometrics 33(2)
 */
export function morrisTrajectories(names: readonly string[], seed: string, count: number): UniformPoints {
  const d = names.length
  const block = d + 1
  if (count < 2 * block) throw tooSmall('morris', count, `at least ${2 * block} (two trajectories of ${d} + 1)`)
  const key = keyOfText(`${seed}/morris`)
  const words = new Int32Array(4)
  const base = new Float64Array(d)
  const moved = new Float64Array(d)
  const place = new Int32Array(d)
  const delta = levels / (2 * (levels - 1))
  let held = -1
  function prepare(trajectory: number): void {
    held = trajectory
    philox(words, key, trajectory, 0, 1, 0)
    const order = { low: words[0]!, high: words[1]! }
    for (let n = 0; n < d; n++) {
      philox(words, key, trajectory, n, 0, 0)
      const low = Math.floor(uniform(words[0]!) * (levels / 2)) / (levels - 1)
      const up = words[1]! >= 0
      base[n] = up ? low : low + delta
      moved[n] = up ? low + delta : low
      place[n] = permute(n, d, order)
    }
  }
  return {
    block,
    onLevels: true,
    fill(point, u) {
      const trajectory = Math.floor(point / block)
      if (trajectory !== held) prepare(trajectory)
      const step = point % block
      for (let n = 0; n < d; n++) u[n] = place[n]! < step ? moved[n]! : base[n]!
    },
  }
}
