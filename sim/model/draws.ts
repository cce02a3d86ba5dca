import { normalQuantile } from '../core/normal.ts'
import { packed, packedFloats } from '../core/packed.ts'
import { type Key, philoxActor, philoxActorPair, philoxAt, uniform } from '../core/random.ts'
import type { Model } from './model.ts'
import type { Settings } from './settings.ts'

/** Addresses of the draws: the last word of the counter. */
export const purpose = {
  macro: 1,
  poles: 2,
  corridors: 4,
  events: 10,
  noise: 11,
  membership: 12,
  scenarioEvents: 64,
} as const

/** The random inputs of one tick. Uniforms are strictly inside (0, 1), normals standard. */
export interface Draws {
  /** Uniform for the war chain. */
  war: number
  /** Normals of capacity, sanctions and delivered win-win. */
  capacity: number
  sanctions: number
  delivered: number
  /** Normals, [P − 1]. */
  readonly growth: Float64Array
  /** Uniforms, [K]. */
  readonly disruption: Float64Array
  /** Uniforms, [S]. */
  readonly coercion: Float64Array
  readonly insecurity: Float64Array
  readonly succession: Float64Array
  /** Normals of the shocks to alignment, [S, 5 domains]. */
  readonly noise: Float64Array
  /** Uniforms, [S, M]; filled at summits, and only where a tier can move. */
  readonly membership: Float64Array
  readonly words: Int32Array
  readonly shared: Int32Array
  readonly sharedNext: Int32Array
}

const noiseDomains = 5

export function createDraws(model: Model): Draws {
  const { S, P, M, K } = model.scenario.sizes
  return {
    war: 0,
    capacity: 0,
    sanctions: 0,
    delivered: 0,
    growth: packedFloats(P - 1),
    disruption: packedFloats(K),
    coercion: packedFloats(S),
    insecurity: packedFloats(S),
    succession: packedFloats(S),
    noise: packedFloats(S * noiseDomains),
    membership: packedFloats(S * M),
    words: packed(new Int32Array(8)),
    shared: packed(new Int32Array(6)),
    sharedNext: packed(new Int32Array(6)),
  }
}

/** @returns a function that fills the draws of the tick being produced, but for membership */
export function createDrawTick(draws: Draws, model: Model): (key: Key, run: number, tick: number) => void {
  return (key, run, tick) => {
    const { words, shared, sharedNext, noise, growth, disruption, coercion, insecurity, succession } = draws
    const { codes, sizes } = model.scenario
    philoxAt(shared, key, run, tick, purpose.macro)
    philoxActor(words, shared, 0)
    draws.war = uniform(words[0]!)
    draws.capacity = normalQuantile(uniform(words[1]!))
    draws.sanctions = normalQuantile(uniform(words[2]!))
    draws.delivered = normalQuantile(uniform(words[3]!))
    for (let p = 0; p < sizes.P - 1; p++) {
      if (p % 4 === 0) {
        philoxAt(shared, key, run, tick, purpose.poles + p / 4)
        philoxActor(words, shared, 0)
      }
      growth[p] = normalQuantile(uniform(words[p % 4]!))
    }
    for (let k = 0; k < sizes.K; k++) {
      if (k % 4 === 0) {
        philoxAt(shared, key, run, tick, purpose.corridors + k / 4)
        philoxActor(words, shared, 0)
      }
      disruption[k] = uniform(words[k % 4]!)
    }
    philoxAt(shared, key, run, tick, purpose.events)
    philoxAt(sharedNext, key, run, tick, purpose.noise)
    for (let i = 0, n = 0; i < sizes.S; i++, n += noiseDomains) {
      philoxActorPair(words, shared, sharedNext, codes[i]!)
      coercion[i] = uniform(words[0]!)
      insecurity[i] = uniform(words[1]!)
      succession[i] = uniform(words[2]!)
      for (let d = 0; d < noiseDomains; d++) noise[n + d] = uniform(words[3 + d]!)
    }
    // In a loop of their own the constants of the quantile stay in registers.
    for (let n = 0; n < noise.length; n++) noise[n] = normalQuantile(noise[n]!)
  }
}

/** @returns a function that fills the membership draws of a summit where an appetite or a tendency lets a tier move */
export function createDrawSummit(
  draws: Draws,
  model: Model,
  { constants }: Settings,
): (key: Key, run: number, tick: number) => void {
  return (key, run, tick) => {
    const { words, shared, sharedNext, membership } = draws
    const { up_appetite, down_tendency } = constants
    const { codes, sizes } = model.scenario
    const { S, M } = sizes
    // An address has four words: two of them serve eight institutions.
    for (let m = 0; m < M; m += 8) {
      philoxAt(shared, key, run, tick, purpose.membership + m / 4)
      philoxAt(sharedNext, key, run, tick, purpose.membership + m / 4 + 1)
      const count = Math.min(8, M - m)
      for (let i = 0, at = m; i < S; i++, at += M) {
        let open = false
        for (let n = 0; n < count; n++) if (up_appetite[at + n] !== 0 || down_tendency[at + n] !== 0) open = true
        if (!open) continue
        philoxActorPair(words, shared, sharedNext, codes[i]!)
        for (let n = 0; n < count; n++) membership[at + n] = uniform(words[n]!)
      }
    }
  }
}
