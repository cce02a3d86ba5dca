import { keyOfSeed } from '../core/seed.ts'
import { chunkRange, type Plan } from '../design/plan.ts'
import { createSampler } from '../design/sample.ts'
import { createModel } from '../model/model.ts'
import { createSimulator } from '../model/simulate.ts'
import { compileScenario } from '../scenario/compile.ts'
import type { ScenarioDocument } from '../scenario/schema.ts'
import { rowLayout, writeRow } from '../store/columns.ts'
import { type FailedRun, hashBlocks, type Part } from '../store/part.ts'
import { encodeRows } from '../store/rows.ts'
import { createTallier, mostTallied } from '../store/tallier.ts'
import { tallyLayout } from '../store/tallies.ts'

/** What a worker needs to know; plain data. */
export interface Job {
  readonly document: ScenarioDocument
  readonly plan: Plan
}

/** Computes chunks of a job, one after the other. */
export type ChunkComputer = (chunk: number) => Part

/**
 * Prepares a job once; each call then runs one chunk: points, simulations, rows, tallies, hashes.
 * The same job and chunk give the same bytes anywhere.
 */
export function createChunkComputer({ document, plan }: Job): ChunkComputer {
  if (plan.chunkRuns > mostTallied)
    throw new RangeError(`runs of a chunk: expected at most ${mostTallied}, got ${plan.chunkRuns}`)
  const scenario = compileScenario(document)
  const simulator = createSimulator(createModel(scenario))
  const sampler = createSampler(scenario, plan)
  const key = keyOfSeed(plan.seed)
  const layout = rowLayout(scenario)
  const tallies = tallyLayout(scenario, simulator.ticks)
  const tallier = createTallier(scenario, simulator.ticks, tallies)
  const parameters = scenario.parameters.slice()
  const rows = new Float64Array(Math.min(plan.chunkRuns, plan.runs) * layout.width)
  return chunk => {
    const [first, end] = chunkRange(plan, chunk)
    const failed: FailedRun[] = []
    for (let run = first; run < end; run++) {
      sampler.point(run, parameters)
      const result = simulator.simulate(key, sampler.world(run), parameters)
      if (result.failure) failed.push({ run, ...result.failure })
      writeRow(rows, (run - first) * layout.width, layout, run, sampler.values, result, simulator.ticks)
      tallier.add(result)
    }
    const runs = end - first
    return {
      chunk,
      first,
      end,
      rows: encodeRows(rows, runs, layout),
      tallies: tallier.finish(),
      blocks: hashBlocks(rows, runs, layout.width),
      failed,
    }
  }
}
