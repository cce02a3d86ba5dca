import { type LookResult, looksOf, type Target } from '../analysis/convergence.ts'
import { exitCode, UserError } from '../core/errors.ts'
import type { Plan } from '../design/plan.ts'
import { type BatchRequest, type BatchResult, horizonOf, runBatch } from '../experiment.ts'
import { compileScenario } from '../scenario/compile.ts'
import { tallyLayout } from '../store/tallies.ts'
import { checkTargets, lookAt } from './enough-runs.ts'

/** Runs before the first look, at least: half-widths rest on the normal distribution. */
const leastRuns = 1000

/**
 * Runs a batch, all of it or until every target is met. Looks come at doubling numbers of whole parts. A batch that has
 * enough is not complete but may be left so: the same command computes nothing more, and without --until it goes on.
 */
export async function runUntil(
  request: BatchRequest,
  plan: Plan,
  targets: readonly Target[],
): Promise<{ result: BatchResult; looks: readonly LookResult[] }> {
  if (targets.length === 0) return { result: await runBatch(request), looks: [] }
  if (!['monte-carlo', 'latin-hypercube', 'sobol'].includes(plan.design) || (plan.replications ?? 1) > 1)
    throw new UserError(
      exitCode.usage,
      `--until: expected a design of single points (monte-carlo, latin-hypercube, sobol), got ${plan.design}; leave --until or take another --design`,
    )
  const scenario = compileScenario(request.document)
  checkTargets(targets, scenario, tallyLayout(scenario, horizonOf(scenario)))
  const first = Math.ceil(leastRuns / plan.chunkRuns) * plan.chunkRuns
  const looks: LookResult[] = []
  let added = 0
  const planned = looksOf(Math.min(first, plan.runs), plan.runs)
  for (const [n, look] of planned.entries()) {
    const result = await runBatch({ ...request, upTo: look.runs })
    added += result.added
    // An earlier call may have gone beyond this look already.
    const next = planned[n + 1]
    if (next && result.summary.runs >= next.runs) continue
    const stopped = request.signal?.aborted === true || result.failedChunks.length > 0
    if (!stopped) looks.push(await lookAt(result.batch, targets, look))
    if (stopped || looks.at(-1)?.met || look.runs === plan.runs) return { result: { ...result, added }, looks }
  }
  throw new Error('expected the last look to be at all runs')
}
