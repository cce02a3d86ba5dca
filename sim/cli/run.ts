import { availableParallelism } from 'node:os'
import { basename, join } from 'node:path'
import type { Argv, CommandModule } from 'yargs'
import { parseTargets, type Target } from '../analysis/convergence.ts'
import { exitCode, UserError } from '../core/errors.ts'
import { type DesignName, designNames, type Plan } from '../design/plan.ts'
import { createSampler } from '../design/sample.ts'
import type { Executor } from '../execute/executor.ts'
import { serialExecutor } from '../execute/serial.ts'
import { threadExecutor } from '../execute/threads.ts'
import { type BatchRequest, type BatchResult, type Progress, planOf } from '../experiment.ts'
import { compileScenario } from '../scenario/compile.ts'
import { formatProblems } from '../scenario/problem.ts'
import { loadScenarioFile } from '../scenario-files.ts'
import { manifestOf } from '../store/manifest.ts'
import { engineVersion, modelVersion } from '../version.ts'
import { answerText, resultDocument } from './answer.ts'
import { looksText } from './enough-runs.ts'
import { count, seedText } from './options.ts'
import { readPoints } from './points-file.ts'
import { printErr, printJson, printOut } from './print.ts'
import { duration, progressBar } from './progress.ts'
import { writeReport } from './report-file.ts'
import { resumeCommand } from './resume-command.ts'
import { runInTurns } from './run-in-turns.ts'
import { runUntil } from './run-until.ts'
import { listenForStop, type StopRequest } from './signals.ts'
import { checkSize } from './size.ts'

interface RunArguments {
  scenarios: string[]
  runs?: number | undefined
  seed?: string | undefined
  design?: DesignName | undefined
  points?: string | undefined
  replications?: number | undefined
  until?: string | undefined
  workers: number
  out?: string | undefined
  report: boolean
  allowLarge: boolean
  json: boolean
  quiet: boolean
}

export const runCommand: CommandModule<object, RunArguments> = {
  command: 'run <scenarios..>',
  describe: 'run scenarios: a batch of runs each, an answer and a report',
  builder: (yargs: Argv) =>
    yargs
      .positional('scenarios', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'scenario files (YAML); several take turns',
      })
      .option('runs', { type: 'string', coerce: count('runs', 1, 1e9), describe: 'number of runs [from the scenario]' })
      .option('seed', {
        type: 'string',
        coerce: seedText,
        describe: 'decimal integer below 2^53, or any text [from the scenario]',
      })
      .option('design', {
        choices: designNames.filter(name => name !== 'points'),
        describe: 'how uncertainties are sampled [from the scenario]',
      })
      .option('points', {
        type: 'string',
        describe: 'CSV with a column for each uncertainty and lever: run these points',
      })
      .option('replications', {
        type: 'string',
        coerce: count('replications', 1, 1e6),
        describe: 'runs at each point [1]',
      })
      .option('until', {
        type: 'string',
        describe:
          'stop when these 95 % half-widths are met, such as gap=0.005,share:council=0.01,KAZ_gap=0.01,KAZ:share:duality=0.02; --runs is the most',
      })
      .option('workers', {
        type: 'string',
        coerce: count('workers', 0, 256),
        default: String(availableParallelism()),
        describe: 'worker threads; 0 computes on the main thread',
      })
      .option('out', {
        type: 'string',
        describe: 'batch directory, of several scenarios the folder of theirs [batches/<scenario>-<hash>]',
      })
      .option('report', {
        type: 'boolean',
        default: true,
        describe: 'write the HTML report; --no-report leaves it out',
      })
      .option('allow-large', {
        type: 'boolean',
        default: false,
        describe: 'allow more than 10 million runs, 50 GB, or what the disk has free',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON document on stdout' })
      .option('quiet', { type: 'boolean', default: false, describe: 'print neither progress nor notes' })
      .example('$0 run scenarios/cis-plus-2030.yaml', 'the main scenario')
      .example(
        '$0 run scenarios/cis-plus-2030.yaml --runs 50000 --seed 7 --json',
        'a larger batch, for a script',
      ) as unknown as Argv<RunArguments>,
  handler: async args => {
    const began = performance.now()
    const stop = listenForStop()
    const several = args.scenarios.length > 1
    if (several && args.until !== undefined)
      throw new UserError(exitCode.usage, '--until: expected one scenario, got several; give each a run of its own')
    const executor = args.workers === 0 ? serialExecutor() : threadExecutor(args.workers)
    const talkative = !args.quiet && !args.json
    const asked: AskedBatch[] = []
    for (const path of args.scenarios) asked.push(await askedBatch(path, several, executor, args))
    const same = asked.find(({ request }, n) => asked.findIndex(o => o.request.directory === request.directory) !== n)
    if (same)
      throw new UserError(exitCode.usage, `${same.request.directory}: expected each scenario once, got one twice`)
    if (talkative) for (const one of asked) announce(one, executor)
    const bar = talkative ? progressBar() : { update: () => undefined, stop: () => undefined }
    const requests = withProgress(asked, stop.signal, bar.update)
    const single = several
      ? undefined
      : await runUntil(requests[0]!, asked[0]!.plan, asked[0]!.targets).finally(bar.stop)
    const results = single ? [single.result] : await runInTurns(requests, args.workers).finally(bar.stop)
    const looks = single?.looks ?? []
    const documents: object[] = []
    for (const [n, result] of results.entries()) {
      const { summary, added, failedChunks, damaged } = result
      const { targets, request } = asked[n]!
      const enough = looks.at(-1)?.met === true
      for (const damage of damaged) printErr(`${damage}; made again`)
      // A stop is answered at once; `report` makes the page of what is stored.
      const paged = args.report && summary.runs > 0 && !stop.signal.aborted
      const report = paged ? await writeReport(result.batch, summary) : undefined
      const seconds = (performance.now() - began) / 1000
      documents.push({
        ...resultDocument(summary, { seconds, out: request.directory, report }),
        failedChunks,
        repaired: damaged.length,
        ...(looks.length > 0 && { until: { met: enough, looks } }),
      })
      if (!args.json && summary.runs > 0) {
        if (several) printOut(`${n > 0 ? '\n' : ''}${summary.title}`)
        printOut(answerText(summary))
        const work =
          added === 0 ? 'complete before this call, nothing computed' : `${added} runs in ${duration(seconds)}`
        printOut(`Batch   ${request.directory} · ${work}`)
        if (looks.length > 0) printOut(looksText(looks, targets))
        if (report) printOut(`Report  ${report}`)
      }
      for (const { chunk, first, end, attempts, reason } of failedChunks)
        printErr(
          `runs ${first} to ${end - 1} (part ${chunk}) are missing after ${attempts} attempts; the last one ${reason}`,
        )
    }
    stop.release()
    if (args.json) printJson(several ? { batches: documents } : documents[0]!)
    if (looks.at(-1)?.met) return
    process.exitCode = endOf(results, looks.length > 0, stop)
  },
}

interface AskedBatch {
  readonly request: BatchRequest
  readonly plan: Plan
  readonly targets: readonly Target[]
  /** What it will take, when that is worth saying. */
  readonly size: string | undefined
}

/** What is asked of one scenario, checked as far as can be before anything runs. */
async function askedBatch(path: string, several: boolean, executor: Executor, args: RunArguments): Promise<AskedBatch> {
  const { id, document, warnings } = await loadScenarioFile(path)
  if (warnings.length > 0 && !args.quiet) printErr(formatProblems(warnings))
  const points = args.points === undefined ? undefined : await readPoints(args.points, document)
  const { runs, seed, design, replications } = args
  const asked = { id, document, runs, seed, design, replications, points }
  const plan = planOf(asked)
  const targets = args.until === undefined ? [] : parseTargets(args.until)
  createSampler(compileScenario(document), plan)
  const identity = { id, document, plan, engine: engineVersion, model: modelVersion }
  const named = `${id}-${manifestOf(identity).batch.slice(0, 8)}`
  const directory = args.out === undefined ? join('batches', named) : several ? join(args.out, basename(id)) : args.out
  const { workers: threads, allowLarge } = args
  const size = await checkSize(document, plan, { threads, directory, allowLarge })
  return { request: { ...asked, directory, executor }, plan, targets, size }
}

function announce({ request, plan, size }: AskedBatch, executor: Executor): void {
  printErr(`${request.document.title}: ${plan.runs} runs, ${plan.design}, seed ${plan.seed}, ${executor.name}`)
  if (size) printErr(size)
}

/** The requests, with one progress for all of them. */
function withProgress(
  asked: readonly AskedBatch[],
  signal: AbortSignal,
  update: (progress: Progress) => void,
): BatchRequest[] {
  const runs = asked.reduce((sum, { plan }) => sum + plan.runs, 0)
  const latest = new Map<number, Progress>()
  const first = new Map<number, number>()
  return asked.map(({ request }, n) => ({
    ...request,
    signal,
    onProgress: progress => {
      latest.set(n, progress)
      if (!first.has(n)) first.set(n, progress.before)
      const sum = (numbers: Iterable<number>) => [...numbers].reduce((all, one) => all + one, 0)
      update({ done: sum([...latest.values()].map(({ done }) => done)), before: sum(first.values()), runs })
    },
  }))
}

/** Says what is missing and how to go on. @returns the exit code */
function endOf(results: readonly BatchResult[], looked: boolean, stop: StopRequest): number {
  const open = results.filter(({ summary }) => !summary.complete)
  if (open.length > 0) {
    const again = resumeCommand({ argv: process.argv, env: process.env, cwd: process.cwd() })
    const runs = results.reduce((sum, { summary }) => sum + summary.runs, 0)
    const planned = results.reduce((sum, { summary }) => sum + summary.plan.runs, 0)
    printErr(
      `${stop.signal.aborted ? 'stopped after' : 'has'} ${runs} of ${planned} runs; ` +
        `everything finished is kept: run the same command again to go on\n  ${again}`,
    )
    const failed = results.some(({ failedChunks }) => failedChunks.length > 0)
    return stop.exitCode() || (failed ? exitCode.answerIsNo : exitCode.resumable)
  }
  if (looked) return exitCode.inconclusive
  return results.some(({ summary }) => summary.failed.length > 0) ? exitCode.answerIsNo : 0
}
