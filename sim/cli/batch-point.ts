import { exitCode, UserError } from '../core/errors.ts'
import { createSampler } from '../design/sample.ts'
import { openBatch } from '../experiment.ts'
import type { ScenarioDocument } from '../scenario/schema.ts'
import { isDirectory } from '../store/plain-file.ts'

/** The scenario, seed, random world and sampled parameters of one run of a batch directory; undefined where the path is no directory. */
export async function batchPoint(
  path: string,
  run: number,
): Promise<{ document: ScenarioDocument; seed: string; world: number; point: Record<string, number> } | undefined> {
  if (!(await isDirectory(path))) return undefined
  const { manifest, scenario } = await openBatch(path)
  const { plan } = manifest
  if (run >= plan.runs)
    throw new UserError(exitCode.usage, `--run: expected a run of the batch, 0 to ${plan.runs - 1}, got ${run}`)
  const sampler = createSampler(scenario, plan)
  sampler.point(run, scenario.parameters.slice())
  return {
    document: manifest.scenario.document,
    seed: plan.seed,
    world: sampler.world(run),
    point: Object.fromEntries(scenario.uncertainties.map(({ name }, n) => [name, sampler.values[n]!])),
  }
}
