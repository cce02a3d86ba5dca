import { expStep } from '../../core/numeric.ts'
import { P } from '../../scenario/parameter.ts'
import type { Draws } from '../draws.ts'
import type { Memory } from '../memory.ts'
import type { Model } from '../model.ts'
import { commonDrivers, R, type Settings } from '../settings.ts'
import type { World } from '../world.ts'
import type { Drivers } from './drivers.ts'
import { clubTerms, commonTerms, corridorTerms, growthTerms, hedgingTerm, linkageTerm, peerTerms, projectTerms, russiaTerms } from './terms.ts'

/**
 * S7 and E8. Alignment moves towards its logit target at each domain's own pace.
 *
 * The log-odds deviation z of every open option covers the share κ of its distance to the driver sum y; the Russian
 * option also takes the quarter's shock. Shares are reweighted by exp of the step in z, which keeps them the tick-0
 * shares reweighted by exp(z). Reads alignment, z and the drivers; writes z, alignment and operational alignment.
 * Cost O(S · D · P).
 *
 * @returns the first actor whose shares are not finite, or −1
 * @see McFadden (1974), Conditional logit analysis of qualitative choice behavior
 */
export function choice(prev: World, next: World, model: Model, settings: Settings, drivers: Drivers, draws: Draws, memory: Memory, pull: Float64Array): number {
  const { parameters } = settings
  const { shared } = drivers
  shared.fill(0)
  growthTerms(shared, prev, model, settings)
  for (let r = 0; r < commonDrivers.length; r++) commonTerms(shared, r, drivers, model, settings)
  pull.fill(0)
  corridorTerms(pull, drivers, model, settings)
  russiaTerms(pull, 0, R, drivers, model, settings)
  peerTerms(pull, drivers, prev, model, parameters[P.b_peer]!)
  clubTerms(pull, drivers, model, parameters[P.b_club]!)
  projectTerms(pull, prev, model, settings)
  const broken = adjust(prev, next, model, settings, draws, memory)
  for (const cell of model.masked) next.z[cell] = 0
  return broken
}

/** Moves deviations and shares. @returns the first actor whose shares are not finite, or −1 */
function adjust(prev: World, next: World, model: Model, settings: Settings, { noise }: Draws, memory: Memory): number {
  const { opWeights, sizes } = model.scenario
  const { adjustment, shock, parameters, constants } = settings
  const { S, D, P: options } = sizes
  const { cells } = memory
  const { operational } = next
  const own = options - 1
  const link = parameters[P.link]!
  const fromZ = memory.z[prev.side]
  const toZ = memory.z[next.side]
  const fromShare = memory.alignment[prev.side]
  const toShare = memory.alignment[next.side]
  const { pull, alignment0 } = memory
  for (let i = 0, first = 0; i < S; i++) {
    const hedge = parameters[P.b_hedge]! * constants.sovereignty[i]!
    const linkage = memory.linkage + i * options
    let tie = 0
    for (let d = 0; d < D; d++, first += options) {
      const pace = adjustment[d]!
      const shared = memory.shared + d * options
      let sum = 0
      let move = shock[d]! * noise[i * D + d]!
      for (let p = 0; p < options; p++) {
        const cell = first + p
        const deviation = cells[fromZ + cell]!
        const share = cells[fromShare + cell]!
        let y = cells[pull + cell]! + cells[shared + p]! + linkageTerm(link, cells[linkage + p]!, deviation)
        if (p !== own) y += hedgingTerm(hedge, share, cells[alignment0 + cell]!)
        move += pace * (y - deviation)
        cells[toZ + cell] = deviation + move
        const mass = share * expStep(move)
        cells[toShare + cell] = mass
        sum += mass
        move = 0
      }
      if (!(sum > 0 && sum < Number.POSITIVE_INFINITY)) return i
      const scale = 1 / sum
      for (let cell = toShare + first, end = cell + options; cell < end; cell++) cells[cell]! *= scale
      tie += opWeights[d]! * cells[toShare + first]!
    }
    operational[i] = tie
  }
  return -1
}
