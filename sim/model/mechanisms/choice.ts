import { expShort, expStep, isShort } from '../../core/numeric.ts'
import { packed } from '../../core/packed.ts'
import { P } from '../../scenario/parameter.ts'
import type { Model } from '../model.ts'
import type { Scratch } from '../schedule.ts'
import { actorDrivers, commonDrivers, type Settings } from '../settings.ts'
import type { World } from '../world.ts'
import {
  clubTerm,
  commonTerm,
  corridorTerm,
  growthTerm,
  hedgingTerm,
  linkageTerm,
  peerTerm,
  projectTerm,
  russiaTerm,
} from './terms.ts'

/**
 * S7 and E8. Alignment moves towards its logit target at each domain's own pace.
 *
 * The log-odds deviation z of every open option covers the share κ of its distance to the driver sum y; the Russian
 * option also takes the quarter's shock. Shares are reweighted by exp of the step in z, which keeps them the tick-0
 * shares reweighted by exp(z). Reads alignment, z and the drivers; writes z, its sum over domains, alignment and
 * operational alignment; masked options stay at zero. Cost O(S · D · P).
 *
 * @returns a function that computes a tick and returns the first actor whose shares are not finite, or −1
 * @see McFadden (1974), Conditional logit analysis of qualitative choice behavior
 */
export function createChoice(
  prev: World,
  next: World,
  model: Model,
  settings: Settings,
  scratch: Scratch,
): () => number {
  const { drivers, pull } = scratch
  const { shared } = drivers
  const growth = growthTerm(shared, prev, model, settings)
  const common = commonTerm(shared, 0, commonDrivers.length, drivers, model, settings)
  const corridor = corridorTerm(pull, drivers, model, settings)
  const russia = russiaTerm(pull, 0, actorDrivers.length, drivers, model, settings)
  const peer = peerTerm(pull, drivers, prev, model, settings)
  const club = clubTerm(pull, drivers, model, settings)
  const project = projectTerm(pull, prev, model, settings)
  const adjust = createAdjustment(prev, next, model, settings, scratch)
  return () => {
    shared.fill(0)
    growth()
    common()
    repeat(pull, shared)
    corridor()
    russia()
    peer()
    club()
    project()
    return adjust()
  }
}

/** Fills a column with copies of a row, doubling what is filled at each step. */
function repeat(column: Float64Array, row: Float64Array): void {
  column.set(row)
  for (let filled = row.length; filled < column.length; filled *= 2) column.copyWithin(filled, 0, filled)
}

// An imported function is looked up at every use; the loop below calls these by constants of this module.
const short = isShort
const exponential = expShort
const hedging = hedgingTerm
const linkage = linkageTerm

/** @returns a function that moves deviations and shares and returns the first actor whose shares are not finite, or −1 */
function createAdjustment(
  prev: World,
  next: World,
  model: Model,
  settings: Settings,
  { draws, pull: column }: Scratch,
): () => number {
  /** First cells of the rows with a step too long for the short exponential: rare, and kept out of the loop. */
  const steepRows = packed(new Int32Array(model.scenario.sizes.S * model.scenario.sizes.D))
  return () => {
    const { alignment0, opWeights, sizes } = model.scenario
    const { S, D, P: options } = sizes
    const { adjustment, shock, parameters, constants } = settings
    const { sovereignty } = constants
    const { noise } = draws
    const { z, drift, alignment } = prev
    const { z: nextZ, drift: nextDrift, alignment: nextAlignment, operational } = next
    const pull = column
    const own = options - 1
    const portion = 1 / D
    const link = parameters[P.link]!
    const hedgeAll = parameters[P.b_hedge]!
    let steeps = 0
    let broken = -1
    nextDrift.fill(0)
    for (let i = 0, first = 0; i < S; i++) {
      const hedge = hedgeAll * sovereignty[i]!
      const row = i * options
      let tie = 0
      for (let d = 0; d < D; d++, first += options) {
        const pace = adjustment[d]!
        let sum = 0
        let steep = false
        let move = shock[d]! * noise[i * D + d]!
        for (let p = 0; p < options; p++) {
          const cell = first + p
          const share0 = alignment0[cell]!
          if (share0 !== 0) {
            const deviation = z[cell]!
            const share = alignment[cell]!
            let y = pull[cell]! + linkage(link, portion * drift[row + p]!, deviation)
            if (p !== own) y += hedging(hedge, share, share0)
            move += pace * (y - deviation)
            if (!short(move)) steep = true
            const moved = deviation + move
            nextZ[cell] = moved
            nextDrift[row + p]! += moved
            const mass = share * exponential(move)
            nextAlignment[cell] = mass
            sum += mass
          }
          move = 0
        }
        if (steep) steepRows[steeps++] = first
        else if (broken < 0 && !(sum > 0 && sum < Number.POSITIVE_INFINITY)) broken = i
        const scale = 1 / sum
        for (let p = 0; p < options; p++) nextAlignment[first + p]! *= scale
        tie += opWeights[d]! * nextAlignment[first]!
      }
      operational[i] = tie
    }
    for (let n = 0; n < steeps; n++) {
      const i = Math.floor(steepRows[n]! / (D * options))
      if (broken >= 0 && broken <= i) break
      if (!reweigh(prev, next, steepRows[n]!, options)) return i
      let tie = 0
      for (let d = 0; d < D; d++) tie += opWeights[d]! * nextAlignment[(i * D + d) * options]!
      operational[i] = tie
    }
    return broken
  }
}

/** Weighs the options of a row by the full exponential. @returns whether its shares are finite */
function reweigh(prev: World, next: World, first: number, options: number): boolean {
  const { alignment } = next
  let sum = 0
  for (let cell = first; cell < first + options; cell++) {
    const mass = prev.alignment[cell]! * expStep(next.z[cell]! - prev.z[cell]!)
    alignment[cell] = mass
    sum += mass
  }
  const scale = 1 / sum
  for (let cell = first; cell < first + options; cell++) alignment[cell]! *= scale
  return sum > 0 && sum < Number.POSITIVE_INFINITY
}
