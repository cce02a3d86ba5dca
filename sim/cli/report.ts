import type { Argv, CommandModule } from 'yargs'
import { openBatch, summariseBatch } from '../experiment.ts'
import { answerText, resultDocument } from './answer.ts'
import { printJson, printOut } from './print.ts'
import { writeReport } from './report-file.ts'
import { formatOption, type ReportFormat } from './report-formats.ts'

interface ReportArguments {
  batch: string
  format?: ReportFormat[] | undefined
  dark: boolean
  json: boolean
  quiet: boolean
}

export const reportCommand: CommandModule<object, ReportArguments> = {
  command: 'report <batch>',
  describe: 'write the report of a batch again',
  builder: (yargs: Argv) =>
    yargs
      .positional('batch', { type: 'string', demandOption: true, describe: 'batch directory' })
      .option('format', formatOption)
      .option('dark', { type: 'boolean', default: false, describe: 'pictures and specs with light text on dark' })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON document on stdout' })
      .option('quiet', { type: 'boolean', default: false, describe: 'print where the report is, nothing else' })
      .example('$0 report batches/cis-plus-2030-1a2b3c4d', 'after an update, for instance')
      .example(
        '$0 report batches/cis-plus-2030-1a2b3c4d --format md,json',
        'for a pull request, and for a script',
      ) as unknown as Argv<ReportArguments>,
  handler: async args => {
    const began = performance.now()
    const batch = await openBatch(args.batch)
    const summary = await summariseBatch(batch)
    const reports = await writeReport(batch, summary, args.format, { dark: args.dark })
    const seconds = (performance.now() - began) / 1000
    if (args.json) printJson(resultDocument(summary, { seconds, out: args.batch, reports }))
    else {
      if (!args.quiet) printOut(answerText(summary))
      for (const path of reports) printOut(`Report  ${path}`)
    }
  },
}
