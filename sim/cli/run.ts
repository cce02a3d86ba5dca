import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Argv, CommandModule } from 'yargs'
import { parseTargets } from '../analysis/convergence.ts'
import { exitCode } from '../core/errors.ts'
import { type DesignName, designNames } from '../design/plan.ts'
import { createSampler } from '../design/sample.ts'
import { serialExecutor } from '../execute/serial.ts'
import { threadExecutor } from '../execute/threads.ts'
import { planOf } from '../experiment.ts'
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
import { runUntil } from './run-until.ts'
import { listenForStop } from './signals.ts'
import { batchSize, checkSize, sizeNotice } from './size.ts'

interface RunArguments {
  scenario: string
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
  command: 'run <scenario>',
  describe: 'run a scenario: a batch of runs, an answer and a report',
  builder: (yargs: Argv) =>
    yargs
      .positional('scenario', { type: 'string', demandOption: true, describe: 'scenario file (YAML)' })
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
        describe: 'stop when these 95 % half-widths are met, such as gap=0.005,share=0.01; --runs is the most',
      })
      .option('workers', {
        type: 'string',
        coerce: count('workers', 0, 256),
        default: String(availableParallelism()),
        describe: 'worker threads; 0 computes on the main thread',
      })
      .option('out', { type: 'string', describe: 'batch directory [batches/<scenario>-<hash>]' })
      .option('report', {
        type: 'boolean',
        default: true,
        describe: 'write the HTML report; --no-report leaves it out',
      })
      .option('allow-large', {
        type: 'boolean',
        default: false,
        describe: 'allow more than 10 million runs or 50 GB',
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
    const { id, document, warnings } = await loadScenarioFile(args.scenario)
    if (warnings.length > 0 && !args.quiet) printErr(formatProblems(warnings))
    const points = args.points === undefined ? undefined : await readPoints(args.points, document)
    const { runs, seed, design, replications } = args
    const asked = { document, runs, seed, design, replications, points }
    const plan = planOf(asked)
    const targets = args.until === undefined ? [] : parseTargets(args.until)
    createSampler(compileScenario(document), plan)
    const identity = { id, document, plan, engine: engineVersion, model: modelVersion }
    const directory = args.out ?? join('batches', `${id}-${manifestOf(identity).batch.slice(0, 8)}`)
    const executor = args.workers === 0 ? serialExecutor() : threadExecutor(args.workers)
    const talkative = !args.quiet && !args.json
    const bar = talkative ? progressBar() : { update: () => undefined, stop: () => undefined }
    const size = batchSize(document, plan, args.workers)
    checkSize(size, args.allowLarge)
    if (talkative) {
      printErr(`${document.title}: ${plan.runs} runs, ${plan.design}, seed ${plan.seed}, ${executor.name}`)
      const notice = await sizeNotice(size, document, plan, { threads: args.workers, directory })
      if (notice) printErr(notice)
    }
    const request = { id, ...asked, directory, executor, signal: stop.signal, onProgress: bar.update }
    const { result, looks } = await runUntil(request, plan, targets).finally(bar.stop)
    const { summary, added, failedChunks, damaged } = result
    const enough = looks.at(-1)?.met === true
    for (const damage of damaged) printErr(`${damage}; made again`)
    // A stop is answered at once; `report` makes the page of what is stored.
    const paged = args.report && summary.runs > 0 && !stop.signal.aborted
    const report = paged ? await writeReport(result.batch, summary) : undefined
    stop.release()
    const seconds = (performance.now() - began) / 1000
    if (args.json)
      printJson({
        ...resultDocument(summary, { seconds, out: directory, report }),
        failedChunks,
        repaired: damaged.length,
        ...(looks.length > 0 && { until: { met: enough, looks } }),
      })
    else if (summary.runs > 0) {
      printOut(answerText(summary))
      const work = added === 0 ? 'complete before this call, nothing computed' : `${added} runs in ${duration(seconds)}`
      printOut(`Batch   ${directory} · ${work}`)
      if (looks.length > 0) printOut(looksText(looks, targets))
      if (report) printOut(`Report  ${report}`)
    }
    for (const { chunk, first, end, attempts, reason } of failedChunks)
      printErr(
        `runs ${first} to ${end - 1} (part ${chunk}) are missing after ${attempts} attempts; the last one ${reason}`,
      )
    if (enough) return
    if (!summary.complete) {
      const again = resumeCommand({ argv: process.argv, env: process.env, cwd: process.cwd() })
      printErr(
        `${stop.signal.aborted ? 'stopped after' : 'has'} ${summary.runs} of ${plan.runs} runs; ` +
          `everything finished is kept: run the same command again to go on\n  ${again}`,
      )
      process.exitCode = stop.exitCode() || (failedChunks.length > 0 ? exitCode.answerIsNo : exitCode.resumable)
    } else if (looks.length > 0) process.exitCode = exitCode.inconclusive
    else if (summary.failed.length > 0) process.exitCode = exitCode.answerIsNo
  },
}
