import type { Batch } from '../store/batch.ts'
import { trajectoryIndices } from '../store/tallies.ts'
import { sampleRuns } from './run-sample.ts'
import { splitVariance, type VarianceSplit } from './variance-split.ts'

const sampledRows = 20_000

/**
 * Chance and ignorance of the main indices of a batch with replications, over points of which every run is there; none
 * without replications, with fewer than two such points, or for an index that does not vary.
 */
export async function chanceOf(batch: Batch): Promise<VarianceSplit[]> {
  const replications = batch.manifest.plan.replications ?? 1
  if (replications < 2) return []
  const { run, columns } = await sampleRuns(batch, trajectoryIndices, sampledRows)
  const whole: number[] = []
  for (let row = 0; row + replications <= run.length; ) {
    const together = run[row]! % replications === 0 && run[row + replications - 1] === run[row]! + replications - 1
    if (together) for (let r = 0; r < replications; r++) whole.push(row + r)
    row += together ? replications : 1
  }
  if (whole.length < 2 * replications) return []
  return trajectoryIndices
    .map(name =>
      splitVariance(
        name,
        whole.map(row => columns.get(name)![row]!),
        replications,
      ),
    )
    .filter(({ variance }) => variance > 0)
}
