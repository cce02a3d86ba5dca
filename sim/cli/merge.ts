import { resolve } from 'node:path'
import type { Argv, CommandModule } from 'yargs'
import { counted } from '../core/counted.ts'
import { exitCode, UserError } from '../core/errors.ts'
import { chunkRange, type Plan } from '../design/plan.ts'
import { mergeBatches, openBatch, summariseBatch } from '../experiment.ts'
import { answerText, resultDocument } from './answer.ts'
import { printErr, printJson, printOut } from './print.ts'
import { writeReport } from './report-file.ts'
import { quotedForShell } from './resume-command.ts'
import { listenForStop } from './signals.ts'

interface MergeArguments {
  batches: string[]
  out: string
  report: boolean
  json: boolean
  quiet: boolean
}

export const mergeCommand: CommandModule<object, MergeArguments> = {
  command: 'merge <batches..>',
  describe: 'join the parts of one batch from several directories, each checked',
  builder: (yargs: Argv) =>
    yargs
      .positional('batches', { type: 'string', array: true, demandOption: true, describe: 'batch directories' })
      .option('out', { type: 'string', demandOption: true, describe: 'directory of the whole batch' })
      .option('report', {
        type: 'boolean',
        default: true,
        describe: 'write the HTML report of a complete batch; --no-report leaves it out',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON document on stdout' })
      .option('quiet', { type: 'boolean', default: false, describe: 'print problems only' })
      .example(
        '$0 merge shard-1 shard-2 shard-3 --out whole',
        'three shards into one batch',
      ) as unknown as Argv<MergeArguments>,
  handler: async args => {
    const began = performance.now()
    const stop = listenForStop()
    const sources = await Promise.all(
      args.batches.filter(path => resolve(path) !== resolve(args.out)).map(path => openBatch(path)),
    )
    if (sources.length === 0)
      throw new UserError(exitCode.usage, `merge: expected batch directories other than --out ${args.out}`)
    const { batch, added, missing, damaged } = await mergeBatches(sources, args.out, stop.signal)
    for (const damage of damaged) printErr(`${damage}; left out`)
    const summary = await summariseBatch(batch)
    const paged = args.report && summary.complete && !stop.signal.aborted
    const reports = paged ? await writeReport(batch, summary) : []
    stop.release()
    const seconds = (performance.now() - began) / 1000
    if (args.json)
      printJson({ ...resultDocument(summary, { seconds, out: args.out, reports }), added, missing, left: damaged })
    else if (!args.quiet) {
      if (summary.complete) printOut(answerText(summary))
      printOut(
        `Batch   ${args.out} · ${counted(added, 'part')} from ${counted(sources.length, 'directory', 'directories')}, ${counted(summary.runs, 'run')}`,
      )
      for (const path of reports) printOut(`Report  ${path}`)
    }
    if (missing.length === 0) return
    printErr(
      `${missingText(batch.manifest.plan, missing)}; this command makes them, also with --shard i/n on several machines:\n` +
        `  multivector run ${quotedForShell(args.out)}`,
    )
    process.exitCode = stop.exitCode() || exitCode.answerIsNo
  },
}

/**
 * Missing parts as people say them.
 *
 * @example missingText({ design: 'sobol', seed: '1', runs: 900, chunkRuns: 200 }, [1, 2, 4]) // => '3 parts are missing: 1 to 2 (runs 200 to 599), 4 (runs 800 to 899)'
 */
export function missingText(plan: Plan, missing: readonly number[]): string {
  const spans: [first: number, last: number][] = []
  for (const chunk of missing) {
    const last = spans.at(-1)
    if (last && last[1] === chunk - 1) last[1] = chunk
    else spans.push([chunk, chunk])
  }
  const shown = spans.slice(0, 20).map(([first, last]) => {
    const runs = `(runs ${chunkRange(plan, first)[0]} to ${chunkRange(plan, last)[1] - 1})`
    return first === last ? `${first} ${runs}` : `${first} to ${last} ${runs}`
  })
  const more = spans.length > shown.length ? ` and ${spans.length - shown.length} more spans` : ''
  return `${counted(missing.length, 'part is', 'parts are')} missing: ${shown.join(', ')}${more}`
}
