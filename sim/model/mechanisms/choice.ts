import { expShort, expStep, isShort } from '../../core/numeric.ts'
import { P } from '../../scenario/parameter.ts'
import type { Draws } from '../draws.ts'
import type { Memory } from '../memory.ts'
import type { Model } from '../model.ts'
import { commonDrivers, R, type Settings } from '../settings.ts'
import type { World } from '../world.ts'
import type { Drivers } from './drivers.ts'
import {
  clubTerms,
  commonTerms,
  corridorTerms,
  growthTerms,
  hedgingTerm,
  linkageTerm,
  peerTerms,
  projectTerms,
  russiaTerms,
} from './terms.ts'

/**
 * S7 and E8. Alignment moves towards its logit target at each domain's own pace.
 *
 * The log-odds deviation z of every open option covers the share κ of its distance to the driver sum y; the Russian
 * option also takes the quarter's shock. Shares are reweighted by exp of the step in z, which keeps them the tick-0
 * shares reweighted by exp(z). Reads alignment, z and the drivers; writes z, its sum over domains, alignment and operational
 * alignment; masked options stay at zero.
 * Cost O(S · D · P).
 *
 * @returns the first actor whose shares are not finite, or −1
 * @see McFadden (1974), Conditional logit analysis of qualitative choice behavior
 */
export function choice(
  prev: World,
  next: World,
  model: Model,
  settings: Settings,
  drivers: Drivers,
  draws: Draws,
  memory: Memory,
  pull: Float64Array,
): number {
  const { parameters } = settings
  const { shared } = drivers
  shared.fill(0)
  growthTerms(shared, prev, model, settings)
  for (let r = 0; r < commonDrivers.length; r++) commonTerms(shared, r, drivers, model, settings)
  repeat(pull, shared)
  corridorTerms(pull, drivers, model, settings)
  russiaTerms(pull, 0, R, drivers, model, settings)
  peerTerms(pull, drivers, prev, model, parameters[P.b_peer]!)
  clubTerms(pull, drivers, model, parameters[P.b_club]!)
  projectTerms(pull, prev, model, settings)
  return adjust(prev, next, model, settings, draws, memory)
}

/** Fills a column with copies of a row, doubling what is filled at each step. */
function repeat(column: Float64Array, row: Float64Array): void {
  column.set(row)
  for (let filled = row.length; filled < column.length; filled *= 2) column.copyWithin(filled, 0, filled)
}

// An imported function is looked up at every use; the loop below calls these by constant names of its own.
const short = isShort
const exponential = expShort
const hedging = hedgingTerm
const linkage = linkageTerm

/**
 * Moves deviations and shares. Planes of one buffer share its address and length; `>>> 0` spares the check that a sum
 * of offsets is still a small integer.
 *
 * @returns the first actor whose shares are not finite, or −1
 */
function adjust(prev: World, next: World, model: Model, settings: Settings, { noise }: Draws, memory: Memory): number {
  const { opWeights, sizes } = model.scenario
  const { adjustment, shock, parameters, constants } = settings
  const { S, D, P: options } = sizes
  const { cells, pull, alignment0 } = memory
  const { operational } = next
  const own = options - 1
  const link = parameters[P.link]!
  const portion = 1 / D
  const fromZ = memory.z[prev.side]
  const toZ = memory.z[next.side]
  const fromShare = memory.alignment[prev.side]
  const toShare = memory.alignment[next.side]
  next.drift.fill(0)
  for (let i = 0, first = 0; i < S; i++) {
    const hedge = parameters[P.b_hedge]! * constants.sovereignty[i]!
    const fromDrift = memory.drift[prev.side] + i * options
    const toDrift = memory.drift[next.side] + i * options
    let tie = 0
    for (let d = 0; d < D; d++, first += options) {
      const pace = adjustment[d]!
      let sum = 0
      let steep = false
      let move = shock[d]! * noise[i * D + d]!
      for (let p = 0; p < options; p++) {
        const cell = (first + p) | 0
        const share0 = cells[(alignment0 + cell) | 0]!
        if (share0 !== 0) {
          const deviation = cells[(fromZ + cell) | 0]!
          const share = cells[(fromShare + cell) | 0]!
          let y = cells[(pull + cell) | 0]! + linkage(link, portion * cells[(fromDrift + p) | 0]!, deviation)
          if (p !== own) y += hedging(hedge, share, share0)
          move += pace * (y - deviation)
          if (!short(move)) steep = true
          const moved = deviation + move
          cells[(toZ + cell) | 0] = moved
          cells[(toDrift + p) | 0]! += moved
          const mass = share * exponential(move)
          cells[(toShare + cell) | 0] = mass
          sum += mass
        }
        move = 0
      }
      if (steep) sum = reweigh(prev, next, first, options)
      if (!(sum > 0 && sum < Number.POSITIVE_INFINITY)) return i
      const scale = 1 / sum
      for (let cell = (toShare + first) | 0, end = (cell + options) | 0; cell < end; cell++) cells[cell]! *= scale
      tie += opWeights[d]! * cells[toShare + first]!
    }
    operational[i] = tie
  }
  return -1
}

/** Weighs the options of a row again after a step too long for the short exponential. @returns the sum of the weights */
function reweigh(prev: World, next: World, first: number, options: number): number {
  let sum = 0
  for (let cell = first; cell < first + options; cell++) {
    const mass = prev.alignment[cell]! * expStep(next.z[cell]! - prev.z[cell]!)
    next.alignment[cell] = mass
    sum += mass
  }
  return sum
}
