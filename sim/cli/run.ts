import { availableParallelism } from 'node:os'
import { basename } from 'node:path'
import type { Argv, CommandModule } from 'yargs'
import { parseTargets, type Target } from '../analysis/convergence.ts'
import { counted } from '../core/counted.ts'
import { exitCode, UserError } from '../core/errors.ts'
import { blockRuns, designNames, type Plan } from '../design/plan.ts'
import type { Executor } from '../execute/executor.ts'
import { serialExecutor } from '../execute/serial.ts'
import { threadExecutor } from '../execute/threads.ts'
import type { Advance, BatchRequest, BatchResult, Progress } from '../experiment.ts'
import { formatProblems } from '../scenario/problem.ts'
import type { FailedChunk } from '../store/failed-chunks.ts'
import { type Shard, shardText } from '../store/shard.ts'
import { answerText, resultDocument } from './answer.ts'
import { looksText } from './enough-runs.ts'
import { count, seedText } from './options.ts'
import { printErr, printJson, printOut } from './print.ts'
import { duration, progressBar } from './progress.ts'
import { writeReport } from './report-file.ts'
import { formatOption, type ReportFormat } from './report-formats.ts'
import { endOf, endOfStop } from './run-end.ts'
import { runInTurns } from './run-in-turns.ts'
import { type QueueArguments, queued, runQueueOptions } from './run-queue.ts'
import { type BatchArguments, requestOf } from './run-request.ts'
import { runShard, shardDocument, shardLines } from './run-shard.ts'
import { runUntil } from './run-until.ts'
import { shardOf } from './shard-option.ts'
import { listenForStop } from './signals.ts'
import { allowLargeOption, checkSize } from './size.ts'

interface RunArguments extends BatchArguments, QueueArguments {
  scenarios: string[]
  until?: string | undefined
  shard?: string | undefined
  workers: number
  report: boolean
  format?: ReportFormat[] | undefined
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
        describe: 'scenario files (YAML), several take turns; or batch directories to finish',
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
      .option('shard', {
        type: 'string',
        describe:
          'compute one of n equal shares, such as 3/8; auto reads the variables of a Slurm array or a Kubernetes Indexed Job',
      })
      .option('part-runs', {
        type: 'string',
        coerce: count('part-runs', blockRuns, 20_000),
        describe: `runs in a part, a multiple of ${blockRuns}; changes no number [from the number of runs]`,
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
      .options(runQueueOptions)
      .option('format', formatOption)
      .option('allow-large', allowLargeOption)
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
    const shard = shardOf(args.shard, process.env)
    if (shard && args.until !== undefined)
      throw new UserError(exitCode.usage, '--until: expected all of a batch, got --shard; leave one of them')
    const talkative = !args.quiet && !args.json
    const executor = await executorOf(args)
    const asked: AskedBatch[] = []
    for (const path of args.scenarios) asked.push(await askedBatch(path, several, executor, args))
    const same = asked.find(({ request }, n) => asked.findIndex(o => o.request.directory === request.directory) !== n)
    if (same)
      throw new UserError(exitCode.usage, `${same.request.directory}: expected each scenario once, got one twice`)
    if (talkative) for (const one of asked) announce(one, executor, shard)
    const bar = talkative ? progressBar() : { update: () => undefined, stop: () => undefined }
    const requests = withProgress(asked, stop.signal, bar.update)
    const single =
      several || shard ? undefined : await runUntil(requests[0]!, asked[0]!.plan, asked[0]!.targets).finally(bar.stop)
    const results: (Advance | BatchResult)[] = single
      ? [single.result]
      : await (shard ? runShards(requests, shard) : runInTurns(requests, args.workers)).finally(bar.stop)
    const looks = single?.looks ?? []
    const documents: object[] = []
    const unreported: string[] = []
    for (const [n, result] of results.entries()) {
      const { added, failedChunks, damaged } = result
      const { targets, request } = asked[n]!
      for (const damage of damaged) printErr(`${damage}; made again`)
      sayMissing(failedChunks)
      if (!('summary' in result)) {
        const seconds = (performance.now() - began) / 1000
        documents.push(shardDocument(result, shard!, seconds))
        if (!args.json) printOut(shardLines(result, shard!, seconds))
        continue
      }
      const { summary } = result
      const convergence = looks.length > 0 ? { targets, looks } : undefined
      // A stop is answered at once; `report` makes the page of what is stored.
      const paged = args.report && summary.runs > 0 && !stop.signal.aborted
      if (args.report && !paged && result.complete) unreported.push(request.directory)
      const reports = paged ? await writeReport(result.batch, summary, args.format, { convergence }) : []
      const seconds = (performance.now() - began) / 1000
      documents.push({
        ...resultDocument(summary, { seconds, out: request.directory, reports }),
        failedChunks,
        repaired: damaged.length,
        ...(looks.length > 0 && { until: { met: looks.at(-1)!.met, looks } }),
      })
      if (!args.json && summary.runs > 0) {
        if (several) printOut(`${n > 0 ? '\n' : ''}${summary.title}`)
        printOut(answerText(summary))
        const work =
          added === 0
            ? 'complete before this call, nothing computed'
            : `${counted(added, 'run')} in ${duration(seconds)}`
        printOut(`Batch   ${request.directory} · ${work}`)
        if (looks.length > 0) printOut(looksText(looks, targets))
        for (const path of reports) printOut(`Report  ${path}`)
      }
    }
    stop.release()
    if (args.json) printJson(several ? { batches: documents } : documents[0]!)
    const left = looks.at(-1)?.met ? 0 : endOf(results, looks.length > 0, stop)
    process.exitCode = left || endOfStop(unreported, stop)
  },
}

/** What computes: the threads of this machine, which start while scenarios are read, or the workers of a queue. */
async function executorOf(args: RunArguments): Promise<Executor> {
  if (args.queue === undefined) {
    const executor = args.workers === 0 ? serialExecutor() : threadExecutor(args.workers)
    executor.prepare?.()
    return executor
  }
  const names = args.scenarios.map(path => basename(path).replace(/\.ya?ml$/, ''))
  return queued(args, names.join(', '), args.quiet)
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
  const { plan, warnings, ...request } = await requestOf(path, several, args)
  if (warnings.length > 0 && !args.quiet) printErr(formatProblems(warnings))
  const targets = args.until === undefined ? [] : parseTargets(args.until)
  const { workers: threads, allowLarge } = args
  const size = await checkSize(request.document, plan, { threads, directory: request.directory, allowLarge })
  return { request: { ...request, executor }, plan, targets, size }
}

function announce({ request, plan, size }: AskedBatch, executor: Executor, shard: Shard | undefined): void {
  const share = shard ? `, shard ${shardText(shard)}` : ''
  printErr(
    `${request.document.title}: ${counted(plan.runs, 'run')}, ${plan.design}, seed ${plan.seed}, ${executor.name}${share}`,
  )
  if (size) printErr(size)
}

/** One share of each batch, one after the other. */
async function runShards(requests: readonly BatchRequest[], shard: Shard): Promise<(Advance | BatchResult)[]> {
  const results: (Advance | BatchResult)[] = []
  for (const request of requests) results.push(await runShard({ ...request, shard }))
  return results
}

function sayMissing(failedChunks: readonly FailedChunk[]): void {
  for (const { chunk, first, end, attempts, reason } of failedChunks)
    printErr(
      `runs ${first} to ${end - 1} (part ${chunk}) are missing after ${attempts} attempts; the last one ${reason}`,
    )
}

/** The requests, with one progress for all of them. */
function withProgress(
  asked: readonly AskedBatch[],
  signal: AbortSignal,
  update: (progress: Progress) => void,
): BatchRequest[] {
  const latest = new Map<number, Progress>()
  const first = new Map<number, number>()
  return asked.map(({ request }, n) => ({
    ...request,
    signal,
    onProgress: progress => {
      latest.set(n, progress)
      if (!first.has(n)) first.set(n, progress.before)
      const sum = (numbers: Iterable<number>) => [...numbers].reduce((all, one) => all + one, 0)
      const runs = sum(asked.map(({ plan }, m) => latest.get(m)?.runs ?? plan.runs))
      update({ done: sum([...latest.values()].map(({ done }) => done)), before: sum(first.values()), runs })
    },
  }))
}
