import type { Argv, CommandModule } from 'yargs'
import { formatHypotheses, type HypothesisResult, testHypotheses } from '../analysis/hypotheses.ts'
import type { ScenarioDocument } from '../scenario/schema.ts'
import { loadScenarioFile } from '../scenario-files.ts'
import { count, seedText } from './options.ts'
import { pageCommand, pageOption, pagePath, scenarioContext, writePage } from './page-file.ts'
import { printErr, printJson, printOut } from './print.ts'

/** Together some five million runs, fewer than need `--allow-large` elsewhere. */
export const mostPairs = 100_000
export const mostPoints = 1_000_000

interface HypothesesArguments {
  scenario: string
  pairs: number
  points: number
  seed: string
  page?: string | undefined
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
        coerce: count('pairs', 2, mostPairs),
        default: '500',
        describe: 'paired runs of each world',
      })
      .option('points', {
        type: 'string',
        coerce: count('points', 10, mostPoints),
        default: '2000',
        describe: 'points of the ensemble',
      })
      .option('seed', {
        type: 'string',
        coerce: seedText,
        default: '20251010',
        describe: 'decimal integer below 2^53, or any text',
      })
      .option('page', pageOption)
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON document on stdout' })
      .option('quiet', { type: 'boolean', default: false, describe: 'print no notes' })
      .example('$0 hypotheses --pairs 100', 'a quick look') as unknown as Argv<HypothesesArguments>,
  handler: async args => {
    const { document } = await loadScenarioFile(args.scenario)
    const { pairs, points, seed } = args
    const results = testHypotheses(document, { pairs, points, seed })
    const page = args.page === undefined ? undefined : await writeHypothesesPage(results, document, args)
    if (args.json)
      printJson({
        scenario: args.scenario,
        pairs,
        points,
        seed,
        hypotheses: results,
      })
    else printOut(formatHypotheses(results))
    if (page !== undefined) (args.json ? printErr : printOut)(`Page    ${page}`)
  },
}

async function writeHypothesesPage(
  results: readonly HypothesisResult[],
  document: ScenarioDocument,
  { scenario, pairs, points, seed, page = '' }: HypothesesArguments,
): Promise<string> {
  const { hypothesesReport } = await import('../../reports/analysis/hypotheses-report.ts')
  const context = scenarioContext(document, {
    outcome: 'hypotheses',
    command: pageCommand(),
    provenance: [
      { term: 'Scenario', line: scenario },
      { term: 'Pairs, points, seed', line: `${pairs}, ${points}, ${seed}` },
    ],
  })
  return writePage(hypothesesReport(results, { pairs, points }, context), pagePath(page, ['hypotheses']))
}
