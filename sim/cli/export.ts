import { join, resolve } from 'node:path'
import type { Argv, CommandModule } from 'yargs'
import { exitCode } from '../core/errors.ts'
import { openBatch, summariseBatch } from '../experiment.ts'
import { reportFolder } from '../store/inside.ts'
import { exportTables, type TableFormat, tableFormats } from './export-files.ts'
import { printErr, printJson, printOut } from './print.ts'

interface ExportArguments {
  batch: string
  format: TableFormat
  out?: string | undefined
  bom: boolean
  json: boolean
  quiet: boolean
}

export const exportCommand: CommandModule<object, ExportArguments> = {
  command: 'export <batch>',
  describe: 'write runs and findings as CSV for spreadsheets, or runs as Parquet for notebooks',
  builder: (yargs: Argv) =>
    yargs
      .positional('batch', { type: 'string', demandOption: true, describe: 'batch directory' })
      .option('format', { choices: tableFormats, default: 'csv', describe: 'kind of file' })
      .option('out', { type: 'string', describe: 'folder to write into [report/tables in the batch]' })
      .option('bom', {
        type: 'boolean',
        default: false,
        describe: 'begin CSV files with a byte order mark, for Excel and letters beyond ASCII',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON document on stdout' })
      .option('quiet', { type: 'boolean', default: false, describe: 'print problems only' })
      .example('$0 export batches/cis-plus-2030-1a2b3c4d --out tables', 'CSV files and what their columns mean')
      .example(
        '$0 export batches/cis-plus-2030-1a2b3c4d --format parquet --out tables',
        'all runs in one file',
      ) as unknown as Argv<ExportArguments>,
  handler: async ({ batch: path, format, out, bom, json, quiet }) => {
    const batch = await openBatch(path)
    const summary = await summariseBatch(batch)
    const folder = out === undefined ? join(await reportFolder(path), 'tables') : resolve(out)
    const { paths, runs } = await exportTables(batch, summary, format, folder, bom)
    if (json) printJson({ runs, planned: summary.plan.runs, columns: batch.layout.width, files: paths })
    else if (!quiet) for (const file of paths) printOut(`Wrote   ${file}`)
    if (summary.complete) return
    printErr(`${runs} of ${summary.plan.runs} runs are stored; the others are missing`)
    process.exitCode = exitCode.answerIsNo
  },
}
