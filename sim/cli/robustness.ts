import { availableParallelism } from 'node:os'
import type { Argv, CommandModule } from 'yargs'
import { parseThreshold } from '../analysis/discovery/cases.ts'
import { policyCount } from '../analysis/policies.ts'
import { policyWords, type RobustnessDocument, robustness } from '../analysis/robustness.ts'
import { chunkRunsFor } from '../design/plan.ts'
import { serialExecutor } from '../execute/serial.ts'
import { threadExecutor } from '../execute/threads.ts'
import { parameterCatalogue } from '../scenario/parameter.ts'
import type { ScenarioDocument } from '../scenario/schema.ts'
import { loadScenarioFile } from '../scenario-files.ts'
import { figure } from './analysis-text.ts'
import { count, seedText } from './options.ts'
import { pageCommand, pageOption, pagePath, quantityWords, scenarioContext, writePage } from './page-file.ts'
import { runPolicies } from './policy-runs.ts'
import { printErr, printJson, printOut } from './print.ts'
import { listenForStop } from './signals.ts'
import { allowLargeOption, checkUnstored } from './size.ts'

interface RobustnessArguments {
  scenario: string
  criterion: string
  levers?: string | undefined
  levels: number
  worlds: number
  threshold?: string | undefined
  prefer?: 'high' | 'low' | undefined
  seed?: string | undefined
  workers: number
  allowLarge: boolean
  page?: string | undefined
  json: boolean
  quiet: boolean
}

export const robustnessCommand: CommandModule<object, RobustnessArguments> = {
  command: 'robustness <scenario>',
  describe: 'regret and satisficing of levers over the same uncertain worlds, and where each lever fails',
  builder: (yargs: Argv) =>
    yargs
      .positional('scenario', { type: 'string', demandOption: true, describe: 'scenario file (YAML)' })
      .option('criterion', {
        type: 'string',
        default: 'v',
        describe: 'an index, share:<outcome>, <actor>:share:<outcome> or <actor>_gap',
      })
      .option('levers', {
        type: 'string',
        describe:
          'levers to combine, separated by commas: names of what the scenario samples, or name=low:high [each alone]',
      })
      .option('levels', {
        type: 'string',
        coerce: count('levels', 2, 20),
        default: '3',
        describe: 'levels of each lever',
      })
      .option('worlds', {
        type: 'string',
        coerce: count('worlds', 20, 1e6),
        default: '300',
        describe: 'uncertain worlds',
      })
      .option('threshold', {
        type: 'string',
        describe: 'what satisfies: a number it reaches, or with >, >=, <, <= [median]',
      })
      .option('prefer', {
        choices: ['high', 'low'] as const,
        describe: 'which end is better [by the threshold, else high]',
      })
      .option('seed', {
        type: 'string',
        coerce: seedText,
        describe: 'decimal integer below 2^53, or any text [from the scenario]',
      })
      .option('workers', {
        type: 'string',
        coerce: count('workers', 0, 256),
        default: String(availableParallelism()),
        describe: 'worker threads; 0 computes on the main thread',
      })
      .option('allow-large', allowLargeOption)
      .option('page', pageOption)
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON document on stdout' })
      .option('quiet', { type: 'boolean', default: false, describe: 'print no notes' })
      .example(
        '$0 robustness scenarios/cis-plus-2030.yaml --levers delivered,ticket --criterion v --threshold 0.5',
        'which posture keeps CIS Plus alive in most worlds',
      ) as unknown as Argv<RobustnessArguments>,
  handler: async args => {
    const { document } = await loadScenarioFile(args.scenario)
    const { criterion, levels, worlds } = args
    const seed = args.seed ?? String(document.batch.seed)
    const threshold = args.threshold === undefined ? undefined : parseThreshold(args.threshold)
    const prefer = args.prefer ?? (threshold?.relation.startsWith('<') ? 'low' : 'high')
    const levers = args.levers?.split(',').map(name => name.trim())
    const executor = args.workers === 0 ? serialExecutor() : threadExecutor(args.workers)
    const request = { criterion, levers, levels, worlds, seed }
    const runs = policyCount(document, request) * worlds
    const { workers: threads, allowLarge } = args
    // Weighed as single draws: what a run takes does not depend on the design.
    const plan = { design: 'monte-carlo' as const, runs, seed, chunkRuns: chunkRunsFor(runs) }
    checkUnstored(document, plan, { threads, allowLarge, flags: '--levers, --levels, --worlds' })
    const stop = listenForStop()
    const outcomes = await runPolicies(document, request, { executor, stop })
    stop.release()
    const found = robustness(outcomes, { threshold, prefer, seed })
    const page = args.page === undefined ? undefined : await writeRobustnessPage(found, document, seed, args)
    if (args.json) printJson(found)
    else printOut(robustnessText(found, document))
    if (page !== undefined) (args.json ? printErr : printOut)(`Page    ${page}`)
  },
}

async function writeRobustnessPage(
  found: RobustnessDocument,
  document: ScenarioDocument,
  seed: string,
  { scenario, page = '' }: RobustnessArguments,
): Promise<string> {
  const { robustnessReport } = await import('../../reports/analysis/robustness-report.ts')
  const context = scenarioContext(document, {
    outcome: quantityWords(found.criterion, document),
    command: pageCommand(),
    provenance: [
      { term: 'Scenario', line: scenario },
      { term: 'Worlds, seed', line: `${found.worlds}, ${seed}` },
    ],
  })
  return writePage(robustnessReport(found, context), pagePath(page, ['robustness', found.criterion]))
}

function robustnessText(
  { criterion, threshold, policies, byUncertainty, sentence }: RobustnessDocument,
  { options, corridors }: ScenarioDocument,
): string {
  const wide = Math.max(...policies.map(({ levers }) => policyWords(levers).length), 6) + 2
  const head = `  ${'policy'.padEnd(wide)}${['mean', 'regret', '90 %', 'worst'].map(name => name.padStart(9)).join('')}   worlds with ${criterion} ${threshold.relation} ${figure(threshold.value)}`
  const lines = policies.map(({ levers, mean, regret, satisficing: { share, lower, upper } }) => {
    const numbers = [mean, regret.mean, regret.p90, regret.max].map(value => figure(value).padStart(9)).join('')
    const range = `${(100 * share).toFixed(1)} % (${(100 * lower).toFixed(1)} to ${(100 * upper).toFixed(1)})`
    return `  ${policyWords(levers).padEnd(wide)}${numbers}   ${range}`
  })
  const fails = policies.flatMap(({ levers, vulnerability }) =>
    vulnerability ? [`  ${policyWords(levers)}: ${vulnerability.sentence}`] : [],
  )
  const catalogue = parameterCatalogue(options, Object.keys(corridors))
  const matter = byUncertainty.slice(0, 5).map(({ input }) => input)
  const longest = Math.max(...matter.map(name => name.length))
  return [
    sentence,
    '',
    head,
    ...lines,
    ...(matter.length > 0 ? ['', 'Regret depends most on (tables by thirds: --json)'] : []),
    ...matter.map(name => `  ${name.padEnd(longest)}  ${catalogue.get(name)!.meaning}`),
    ...(fails.length > 0 ? ['', 'Where a policy fails', ...fails] : []),
  ].join('\n')
}
