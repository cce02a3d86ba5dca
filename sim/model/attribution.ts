import { P } from '../scenario/parameter.ts'
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
} from './mechanisms/terms.ts'
import type { Model } from './model.ts'
import { actorDrivers, commonDrivers } from './settings.ts'
import type { Sight } from './simulate.ts'

/**
 * What moves alignment, in the order of their columns. Hedging, linkage and peer pass on what the others began; noise
 * is the quarter's shock.
 */
// biome-ignore format: in the order of the terms
export const driverNames = [
  'growth', 'corridor', 'capacity', 'winwin', 'threat', 'insecurity', 'sanctions', 'hedging', 'linkage', 'peer', 'club',
  'leader', 'generation', 'project', 'noise',
] as const

export type DriverName = (typeof driverNames)[number]

/** A run's deviations of alignment, split by driver. */
export interface Attribution {
  /**
   * For each driver its part of the log-odds deviation z of every cell, [S, D, P]. Parts add up to z, and the difference
   * of the parts of two options adds up to the change of their log-odds since tick 0.
   */
  readonly parts: Readonly<Record<DriverName, Float64Array>>
  /** Give this to `Simulator.simulate`; it starts anew with each run. */
  readonly onlooker: (sight: Sight) => void
}

/**
 * Splits the deviations of a run by driver. z is linear in the driver terms, so every part covers the share κ of the
 * distance to its own term, z_h′ = z_h + κ (y_h − z_h), and noise keeps 1 − κ of its past. The terms come from the
 * functions the engine itself uses.
 *
 * @example driverNames.length // => 15
 */
export function createAttribution(model: Model): Attribution {
  const { alignment0, sizes } = model.scenario
  const parts = Object.fromEntries(driverNames.map(name => [name, new Float64Array(alignment0.length)])) as Record<
    DriverName,
    Float64Array
  >
  const terms = new Float64Array(alignment0.length)
  const shared = new Float64Array(sizes.D * sizes.P)
  const rowOf = (name: (typeof actorDrivers)[number]) => actorDrivers.indexOf(name)

  function onlooker({ tick, prev, scratch, settings }: Sight): void {
    if (tick === 0) {
      for (const part of Object.values(parts)) part.fill(0)
      return
    }
    const { drivers, draws } = scratch
    const { parameters } = settings
    const cover = (name: DriverName) => {
      coverDistance(parts[name], terms, model, settings.adjustment)
      terms.fill(0)
    }
    const coverShared = (name: DriverName) => {
      for (let cell = 0; cell < terms.length; cell++) terms[cell] = shared[cell % shared.length]!
      shared.fill(0)
      cover(name)
    }
    const russia = (...names: (typeof actorDrivers)[number][]) => {
      for (const name of names) russiaTerm(terms, rowOf(name), rowOf(name) + 1, drivers, model, settings)()
    }

    terms.fill(0)
    shared.fill(0)
    growthTerm(shared, prev, model, settings)()
    coverShared('growth')
    for (const name of commonDrivers) {
      commonTerm(shared, commonDrivers.indexOf(name), commonDrivers.indexOf(name) + 1, drivers, model, settings)()
      coverShared(name)
    }
    corridorTerm(terms, drivers, model, settings)()
    cover('corridor')
    russia('winwin')
    cover('winwin')
    russia('band', 'derisk')
    cover('threat')
    russia('insecurity')
    cover('insecurity')
    russia('sanctions')
    cover('sanctions')
    russia('leader')
    cover('leader')
    russia('project')
    projectTerm(terms, prev, model, settings)()
    cover('project')
    peerTerm(terms, drivers, prev, model, settings)()
    cover('peer')
    clubTerm(terms, drivers, model, settings)()
    cover('club')

    const { S, D, P: options } = sizes
    for (let i = 0, cell = 0; i < S; i++) {
      const hedge = parameters[P.b_hedge]! * settings.constants.sovereignty[i]!
      for (let d = 0; d < D; d++) {
        const pace = settings.adjustment[d]!
        for (let p = 0; p < options; p++, cell++) {
          if (alignment0[cell] === 0) continue
          const concentration = p === options - 1 ? 0 : hedgingTerm(hedge, prev.alignment[cell]!, alignment0[cell]!)
          const spill = linkageTerm(parameters[P.link]!, prev.drift[i * options + p]! / D, prev.z[cell]!)
          parts.hedging[cell]! += pace * (concentration - parts.hedging[cell]!)
          parts.linkage[cell]! += pace * (spill - parts.linkage[cell]!)
          const shock = p === 0 ? settings.shock[d]! * draws.noise[i * D + d]! : 0
          parts.noise[cell] = parts.noise[cell]! * (1 - pace) + shock
        }
      }
    }
  }

  return { parts, onlooker }
}

/** Moves a part towards its terms, [S, D, P], at each domain's pace; masked cells stay 0. */
function coverDistance(part: Float64Array, terms: Float64Array, model: Model, adjustment: Float64Array): void {
  const { alignment0, sizes } = model.scenario
  const { D, P: options } = sizes
  for (let cell = 0; cell < part.length; cell++) {
    if (alignment0[cell] === 0) continue
    part[cell]! += adjustment[Math.floor(cell / options) % D]! * (terms[cell]! - part[cell]!)
  }
}
