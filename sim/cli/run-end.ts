import { exitCode } from '../core/errors.ts'
import type { Advance, BatchResult } from '../experiment.ts'
import { printErr } from './print.ts'
import { quotedForShell, resumeCommand } from './resume-command.ts'
import type { StopRequest } from './signals.ts'

/** Says what is missing and how to go on. @returns the exit code */
export function endOf(results: readonly (Advance | BatchResult)[], looked: boolean, stop: StopRequest): number {
  if (results.some(({ asked, stored }) => stored < asked)) {
    const again = resumeCommand({ argv: process.argv, env: process.env, cwd: process.cwd() })
    printErr(
      `${stop.signal.aborted ? 'stopped after' : 'has'} ${storedOf(results)}; ` +
        `everything finished is kept: run the same command again to go on\n  ${again}`,
    )
    const failed = results.some(({ failedChunks }) => failedChunks.length > 0)
    return stop.exitCode() || (failed ? exitCode.answerIsNo : exitCode.resumable)
  }
  if (looked) return exitCode.inconclusive
  return results.some(result => 'summary' in result && result.summary.failed.length > 0) ? exitCode.answerIsNo : 0
}

/** Says which reports a stop left out. @returns the exit code; 0 when none was */
export function endOfStop(unreported: readonly string[], stop: StopRequest): number {
  for (const directory of unreported)
    printErr(`stopped before the report; this writes it\n  multivector report ${quotedForShell(directory)}`)
  return unreported.length > 0 ? stop.exitCode() : 0
}

/** How far some batches are: in runs, or of a shard in parts. */
function storedOf(results: readonly (Advance | BatchResult)[]): string {
  const sums = results.flatMap(result => ('summary' in result ? [result.summary] : []))
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
  if (sums.length === results.length)
    return `${sum(sums.map(({ runs }) => runs))} of ${sum(sums.map(({ plan }) => plan.runs))} runs`
  return `${sum(results.map(({ stored }) => stored))} of ${sum(results.map(({ asked }) => asked))} parts of the shard`
}
