import type { ScenarioDocument } from '../scenario/schema.ts'
import type { Manifest } from './manifest.ts'
import { sha256 } from './part.ts'

/**
 * Hash of a scenario. What is expected of its runs decides nothing in them: a changed expectation is the same scenario.
 */
export function scenarioHash(document: ScenarioDocument): string {
  return sha256(JSON.stringify({ ...document, expect: undefined }))
}

/** Hash of everything that decides the numbers of a batch. */
export function batchHash(
  scenario: string,
  { plan, engine, model }: Pick<Manifest, 'plan' | 'engine' | 'model'>,
): string {
  return sha256(
    JSON.stringify({
      scenario,
      design: plan.design,
      runs: plan.runs,
      seed: plan.seed,
      engine,
      model,
      // Left out where there are none, so that plain designs keep their hash.
      replications: plan.replications,
      points: plan.points,
    }),
  )
}

/** Whether a manifest has the hashes of what is in it. */
export function isConsistent(manifest: Manifest): boolean {
  const { scenario, batch } = manifest
  return scenario.sha256 === scenarioHash(scenario.document) && batch === batchHash(scenario.sha256, manifest)
}
