import { type PolicyRequest, policyJob } from '../analysis/policies.ts'
import type { PolicyOutcomes } from '../analysis/robustness.ts'
import { exitCode, UserError } from '../core/errors.ts'
import { chunkCount } from '../design/plan.ts'
import type { Executor } from '../execute/executor.ts'
import type { ScenarioDocument } from '../scenario/schema.ts'
import { readObjects } from '../store/rows.ts'
import type { StopRequest } from './signals.ts'

/**
 * Runs every policy in the same worlds. Nothing is stored. Cost policies × worlds runs.
 *
 * @throws UserError for a lever without a range, an unknown criterion, a run that leaves the finite numbers, or a stop
 */
export async function runPolicies(
  document: ScenarioDocument,
  request: PolicyRequest,
  { executor, stop }: { executor: Executor; stop: StopRequest },
): Promise<PolicyOutcomes> {
  const { document: own, plan, policies, layout, criterion, uncertainties } = policyJob(document, request)
  const values = policies.map(() => new Float64Array(request.worlds))
  const chunks = Array.from({ length: chunkCount(plan) }, (_, chunk) => chunk)
  await executor.execute({ document: own, plan }, chunks, {
    signal: stop.signal,
    onPart: async ({ rows, first, end, failed: [failure] }) => {
      if (failure)
        throw new UserError(
          exitCode.badData,
          `world ${failure.run % request.worlds}: expected finite numbers, got another in ${failure.variable} at tick ${failure.tick}; narrow the ranges`,
        )
      for (const row of readObjects(rows, layout, ['run', ...criterion.columns], end - first)) {
        const policy = Math.floor(row.run! / request.worlds)
        values[policy]![row.run! % request.worlds] = criterion.read(row)
      }
    },
    onFailure: async ({ first, end, reason }) => {
      throw new UserError(
        exitCode.answerIsNo,
        `runs ${first} to ${end - 1} could not be computed; the last try ${reason}`,
      )
    },
  })
  const stopped = stop.exitCode()
  if (stopped !== 0) throw new UserError(stopped, 'stopped before every policy was run; nothing is kept')
  return { criterion: criterion.name, policies, uncertainties, values }
}
