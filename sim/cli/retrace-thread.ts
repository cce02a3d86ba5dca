import { type AttributionSummary, summariseAttribution } from '../analysis/attribution-summary.ts'
import { eventReach } from '../analysis/event-reach.ts'
import { compileScenario } from '../scenario/compile.ts'
import type { Manifest } from '../store/manifest.ts'

/** Runs of a batch that a report computes again; plain data. */
export interface RetraceTask {
  readonly manifest: Manifest
  /** Those that are to say what moved whom. */
  readonly runs: readonly number[]
}

/** What they tell. */
export interface Retraced {
  /** Undefined without runs. */
  readonly causes: AttributionSummary | undefined
  readonly reach: readonly number[]
}

/** The task of a thread: it takes about as long as all else of a report. */
export default function retrace({ manifest, runs }: RetraceTask): Retraced {
  const batch = { manifest, scenario: compileScenario(manifest.scenario.document) }
  return {
    causes: runs.length > 0 ? summariseAttribution(batch, runs) : undefined,
    reach: eventReach(batch),
  }
}
