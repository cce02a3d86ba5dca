import { quantileOf } from '../core/distributions.ts'
import { fnv1a } from '../core/hash.ts'
import { type Key, philoxActor, philoxAt, uniform } from '../core/random.ts'
import { keyOfText } from '../core/seed.ts'
import type { Scenario } from '../scenario/compile.ts'
import { permute } from './permutation.ts'
import type { Plan } from './plan.ts'

/** Gives every run of a batch its parameters. */
export interface Sampler {
  /** Values of the sampled parameters of the last point, in the order of `Scenario.uncertainties`. */
  readonly values: Float64Array
  /** Fills `parameters`, [parameters], with the point of a run. */
  point(run: number, parameters: Float64Array): void
}

/**
 * Points of a design over the uncertainties and levers of a scenario. The uniform behind each value has an address made
 * of the seed, the run and the parameter's name, so that another parameter, worker or order of runs moves no value.
 *
 * Monte Carlo takes that uniform as it is. Latin hypercube puts it in one of `runs` strata, each taken once, in an order
 * that is a keyed permutation and so needs no memory. Cost O(parameters) a run.
 *
 * @see McKay, Beckman & Conover (1979), Technometrics 21(2)
 */
export function createSampler(
  scenario: Scenario,
  { design, runs, seed }: Pick<Plan, 'design' | 'runs' | 'seed'>,
): Sampler {
  const key: Key = keyOfText(`${seed}/design`)
  const words = new Int32Array(4)
  const shared = new Int32Array(6)
  const values = new Float64Array(scenario.uncertainties.length)
  const inputs = scenario.uncertainties.map(({ name, index, distribution }) => ({
    index,
    address: fnv1a(name) | 0,
    key: keyOfText(`${seed}/strata/${name}`),
    quantile: quantileOf(distribution),
  }))
  function point(run: number, parameters: Float64Array): void {
    parameters.set(scenario.parameters)
    philoxAt(shared, key, run, 0, 0)
    for (let n = 0; n < inputs.length; n++) {
      const input = inputs[n]!
      philoxActor(words, shared, input.address)
      const u = uniform(words[0]!)
      const placed = design === 'latin-hypercube' ? (permute(run, runs, input.key) + u) / runs : u
      const value = input.quantile(placed)
      values[n] = value
      parameters[input.index] = value
    }
  }
  return { values, point }
}
