import { mean, sampleStandardDeviation } from 'simple-statistics'
import { createSampler } from '../design/sample.ts'
import type { Batch } from '../store/batch.ts'
import { spreadRuns } from './counterfactual.ts'

/** An input that is higher or lower in some runs than in all. */
export interface Leaning {
  readonly input: string
  /** Mean in these runs, and in all. */
  readonly here: number
  readonly overall: number
  /** Their difference in standard deviations of all runs. */
  readonly deviations: number
}

/** Runs that stand for all runs of a batch, and inputs named. */
const reference = 1000
const named = 5

/**
 * The sampled inputs in which some runs of a batch differ most from all of them, by the difference of means in standard
 * deviations; the largest first. Nothing is simulated: inputs follow from addresses.
 */
export function leaningsOf(batch: Batch, runs: readonly number[]): Leaning[] {
  const { scenario, manifest } = batch
  const sampler = createSampler(scenario, manifest.plan)
  const parameters = scenario.parameters.slice()
  const valuesOf = (addresses: readonly number[]) =>
    addresses.map(run => {
      sampler.point(run, parameters)
      return sampler.values.slice()
    })
  const all = valuesOf(spreadRuns(reference, manifest.plan.runs))
  const here = valuesOf(runs)
  if (all.length < 2) return []
  return scenario.uncertainties
    .map(({ name }, n): Leaning => {
      const column = all.map(values => values[n]!)
      const overall = mean(column)
      const own = mean(here.map(values => values[n]!))
      const deviation = sampleStandardDeviation(column)
      return { input: name, here: own, overall, deviations: deviation === 0 ? 0 : (own - overall) / deviation }
    })
    .sort((a, b) => Math.abs(b.deviations) - Math.abs(a.deviations))
    .slice(0, named)
}
