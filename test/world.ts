import { compileScenario, type Scenario } from '../sim/scenario/compile.ts'
import type { ScenarioDocument } from '../sim/scenario/schema.ts'
import { loadScenarioFile } from '../sim/scenario-files.ts'

/** A scenario of the repository by its id. */
export async function shippedDocument(id: string): Promise<ScenarioDocument> {
  return (await loadScenarioFile(`scenarios/${id}.yaml`)).document
}

/** The same, compiled. */
export async function shippedScenario(id: string): Promise<Scenario> {
  return compileScenario(await shippedDocument(id))
}
