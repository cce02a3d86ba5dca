import type { Argv, CommandModule } from 'yargs'
import { exitCode, UserError } from '../core/errors.ts'
import { openBatch } from '../experiment.ts'
import { explainShares, explainTier } from './explain-decision.ts'
import { explainFlip } from './explain-flip.ts'
import { explainRun, replay } from './explain-run.ts'
import { explainWithout } from './explain-without.ts'
import { count } from './options.ts'

interface ExplainArguments {
  batch: string
  run?: number | undefined
  actor?: string | undefined
  domain?: string | undefined
  option?: string | undefined
  against?: string | undefined
  institution?: string | undefined
  tick?: number | undefined
  flip?: string | undefined
  without?: string | undefined
  sample: number
  storylines: boolean
  page: boolean
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
      .option('page', { type: 'boolean', default: false, describe: 'also write the run as a page' })
      .option('actor', { type: 'string', describe: 'the state whose decision is asked about, by id' })
      .option('domain', { type: 'string', describe: 'split the change of its log-odds in this domain by driver' })
      .option('option', { type: 'string', describe: 'the option whose share is asked about [the first]' })
      .option('against', { type: 'string', describe: 'the option it is held against [autonomy]' })
      .option('institution', { type: 'string', describe: 'terms, chances and draws of its decisions here' })
      .option('tick', {
        type: 'string',
        coerce: count('tick', 0, 400),
        describe: 'quarters since the start [the last]',
      })
      .option('flip', {
        type: 'string',
        describe: 'smallest change of this parameter, or of any, that turns the outcome',
      })
      .option('without', {
        type: 'string',
        describe: 'compare with the same random worlds without this event, institution or driver',
      })
      .option('sample', {
        type: 'string',
        coerce: count('sample', 1, 1_000_000),
        default: '400',
        describe: 'runs looked at where no --run is given',
      })
      .option('storylines', {
        type: 'boolean',
        default: false,
        describe: 'tell a typical run and two contrasts of each outcome, and what moved whom, as a page',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON document on stdout' })
      .option('quiet', { type: 'boolean', default: false, describe: 'print no notes' })
      .example('$0 explain batches/main --run 7', 'what happened in run 7, quarter by quarter')
      .example('$0 explain batches/main --run 7 --actor KAZ --domain economic', 'what moved its trade, by driver')
      .example('$0 explain batches/main --run 7 --flip any', 'how little would have turned the run')
      .example('$0 explain batches/main --storylines', 'how runs of each outcome come about')
      .example('$0 explain batches/main --without CISPLUS', 'the same random worlds without CIS Plus')
      .example(
        '$0 explain batches/main --run 7 --actor UZB --institution CISPLUS --tick 12',
        'why it rose, fell or stayed',
      ) as unknown as Argv<ExplainArguments>,
  handler: async args => {
    const batch = await openBatch(args.batch)
    const { run, actor, domain, institution } = args
    if (args.storylines)
      return import('./explain-storylines.ts').then(({ explainStorylines }) => explainStorylines(batch, args))
    if (args.without !== undefined) return explainWithout(batch, { ...args, without: args.without })
    if (run === undefined) throw new UserError(exitCode.usage, '--run: expected the address of a run, got nothing')
    if (args.flip !== undefined) explainFlip(await replay(batch, run), { ...args, flip: args.flip })
    else if (actor === undefined) {
      if (domain ?? institution)
        throw new UserError(exitCode.usage, '--actor: expected the state whose decision is asked about, got nothing')
      await explainRun(await replay(batch, run), args)
    } else if (institution !== undefined) explainTier(await replay(batch, run), { ...args, actor })
    else if (domain !== undefined) explainShares(await replay(batch, run), { ...args, actor })
    else throw new UserError(exitCode.usage, '--actor: expected --domain or --institution or --flip with it, got none')
  },
}
