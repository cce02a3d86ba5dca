import type { Scenario } from '../scenario/compile.ts'
import { createDesign } from './design.ts'
import type { PointPlan } from './plan.ts'

/** Gives every run of a batch its parameters. */
export interface Sampler {
  /** Values of the sampled parameters of the last point, in the order of `Scenario.uncertainties`. */
  readonly values: Float64Array
  /** Fills `parameters`, [parameters], with the point of a run. */
  point(run: number, parameters: Float64Array): void
  /** Address of the random world of a run; the run itself but where several runs are to differ in their inputs only. */
  world(run: number): number
}

/** Points of a design over the uncertainties and levers of a scenario. Cost O(parameters) a run. */
export function createSampler(scenario: Scenario, plan: PointPlan): Sampler {
  const { uncertainties } = scenario
  const design = createDesign(uncertainties, plan)
  const values = new Float64Array(uncertainties.length)
  return {
    values,
    point(run, parameters) {
      parameters.set(scenario.parameters)
      design.fill(run, values)
      for (let n = 0; n < values.length; n++) parameters[uncertainties[n]!.index] = values[n]!
    },
    world: design.world,
  }
}
