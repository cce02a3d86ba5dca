import type { Argv, CommandModule } from 'yargs'
import { exitCode } from '../core/errors.ts'
import { openBatch } from '../experiment.ts'
import { verifyBatch } from '../store/verify.ts'
import { printErr, printJson, printOut } from './print.ts'

interface VerifyArguments {
  batch: string
  json: boolean
  quiet: boolean
}

export const verifyCommand: CommandModule<object, VerifyArguments> = {
  command: 'verify <batch>',
  describe: 'check every part of a batch against its checksums and print the digest',
  builder: (yargs: Argv) =>
    yargs
      .positional('batch', { type: 'string', demandOption: true, describe: 'batch directory' })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON document on stdout' })
      .option('quiet', {
        type: 'boolean',
        default: false,
        describe: 'print problems only',
      }) as unknown as Argv<VerifyArguments>,
  handler: async args => {
    const found = await verifyBatch(await openBatch(args.batch))
    if (args.json) printJson(found)
    else {
      for (const problem of found.problems) printErr(problem)
      for (const { chunk, attempts, reason } of found.failedChunks)
        printErr(`part ${chunk} is missing after ${attempts} attempts; the last one ${reason}`)
      if (!args.quiet) {
        printOut(
          `${found.parts} of ${found.planned} parts, ${found.runs} of ${found.plannedRuns} runs${found.digest ? `, digest ${found.digest}` : ''}`,
        )
      }
    }
    if (found.problems.length > 0) process.exitCode = exitCode.badData
    else if (found.parts < found.planned) process.exitCode = exitCode.answerIsNo
  },
}
