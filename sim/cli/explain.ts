import type { Argv, CommandModule } from 'yargs'
import { exitCode, UserError } from '../core/errors.ts'
import { openBatch } from '../experiment.ts'
import { explainRun, replay } from './explain-run.ts'
import { count } from './options.ts'

interface ExplainArguments {
  batch: string
  run?: number | undefined
  json: boolean
  quiet: boolean
}

export const explainCommand: CommandModule<object, ExplainArguments> = {
  command: 'explain <batch>',
  describe: 'why a run of a batch went as it did',
  builder: (yargs: Argv) =>
    yargs
      .positional('batch', { type: 'string', demandOption: true, describe: 'batch directory' })
      .option('run', { type: 'string', coerce: count('run', 0, 0xffffffff), describe: 'address of the run' })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON document on stdout' })
      .option('quiet', { type: 'boolean', default: false, describe: 'print no notes' })
      .example(
        '$0 explain batches/main --run 7',
        'what happened in run 7, quarter by quarter',
      ) as unknown as Argv<ExplainArguments>,
  handler: async args => {
    const batch = await openBatch(args.batch)
    if (args.run === undefined) throw new UserError(exitCode.usage, '--run: expected the address of a run, got nothing')
    explainRun(await replay(batch, args.run), args)
  },
}
