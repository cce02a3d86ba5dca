import type { Argv, CommandModule } from 'yargs'
import { formatHypotheses, testHypotheses } from '../analysis/hypotheses.ts'
import { loadScenarioFile } from '../scenario-files.ts'
import { count, seedText } from './options.ts'
import { printJson, printOut } from './print.ts'

interface HypothesesArguments {
  scenario: string
  pairs: number
  points: number
  seed: string
  json: boolean
  quiet: boolean
}

export const hypothesesCommand: CommandModule<object, HypothesesArguments> = {
  command: 'hypotheses [scenario]',
  describe: 'decide the directional hypotheses by paired runs and print each as held or not held',
  builder: (yargs: Argv) =>
    yargs
      .positional('scenario', { type: 'string', default: 'scenarios/baseline.yaml', describe: 'scenario file (YAML)' })
      .option('pairs', {
        type: 'string',
        coerce: count('pairs', 2, 100_000),
        default: '500',
        describe: 'paired runs of each world',
      })
      .option('points', {
        type: 'string',
        coerce: count('points', 10, 1_000_000),
        default: '2000',
        describe: 'points of the ensemble',
      })
      .option('seed', {
        type: 'string',
        coerce: seedText,
        default: '20251010',
        describe: 'decimal integer below 2^53, or any text',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON document on stdout' })
      .option('quiet', { type: 'boolean', default: false, describe: 'print no notes' })
      .example('$0 hypotheses --pairs 100', 'a quick look') as unknown as Argv<HypothesesArguments>,
  handler: async args => {
    const { document } = await loadScenarioFile(args.scenario)
    const results = testHypotheses(document, { pairs: args.pairs, points: args.points, seed: args.seed })
    if (args.json)
      printJson({
        scenario: args.scenario,
        pairs: args.pairs,
        points: args.points,
        seed: args.seed,
        hypotheses: results,
      })
    else printOut(formatHypotheses(results))
  },
}
