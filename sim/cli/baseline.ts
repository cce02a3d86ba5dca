import { availableParallelism } from 'node:os'
import type { Argv, CommandModule } from 'yargs'
import { counted } from '../core/counted.ts'
import { exitCode, UserError } from '../core/errors.ts'
import { type Baseline, writeBaseline } from '../store/baseline.ts'
import { recordedQuantities } from './compared-quantities.ts'
import { measureRuns } from './compared-runs.ts'
import { openSide, type Side, type SideOptions, sideFlags } from './compared-side.ts'
import { count } from './options.ts'
import { printJson, printOut } from './print.ts'

interface BaselineArguments extends SideOptions {
  of: string
  out: string
  json: boolean
}

export const baselineCommand: CommandModule<object, BaselineArguments> = {
  command: 'baseline <of>',
  describe: 'record a batch or scenario in a small file that later ones are compared with; again, to renew it',
  builder: (yargs: Argv) =>
    yargs
      .positional('of', { type: 'string', demandOption: true, describe: 'batch directory or scenario file' })
      .option('out', { type: 'string', demandOption: true, describe: 'file to write, ending in .json' })
      .option('runs', { ...sideFlags.runs, describe: 'runs of a scenario file [from the scenario]' })
      .option('seed', { ...sideFlags.seed, describe: 'seed of a scenario file [from the scenario]' })
      .option('allow-large', sideFlags['allow-large'])
      .option('workers', {
        type: 'string',
        coerce: count('workers', 0, 256),
        default: String(availableParallelism()),
        describe: 'worker threads for a scenario file',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON document on stdout' })
      .option('quiet', { type: 'boolean', default: false, describe: 'print nothing' })
      .example(
        '$0 baseline scenarios/win-win-in-words.yaml --out baseline.json',
        'some 10 kB, to be committed',
      ) as unknown as Argv<BaselineArguments>,
  handler: async args => {
    if (!args.out.endsWith('.json'))
      throw new UserError(exitCode.usage, `--out: expected a file that ends in .json, got ${JSON.stringify(args.out)}`)
    const side = await openSide(args.of, { ...args, quiet: args.quiet || args.json })
    const baseline = await record(side)
    await writeBaseline(args.out, baseline)
    if (args.json) printJson(baseline)
    else if (!args.quiet) printOut(`${args.out}: ${baseline.runs} runs of ${args.of}, digest ${baseline.digest}`)
  },
}

async function record({ side, batch }: Side): Promise<Baseline> {
  const { path, plan, runs, complete } = side
  if (!batch) throw new UserError(exitCode.usage, `${path}: expected a batch or scenario to record, got a baseline`)
  if (!complete || runs < 30)
    throw new UserError(
      exitCode.badData,
      `${path}: expected a complete batch of at least 30 runs, got ${counted(runs, 'run')}; finish it first`,
    )
  if (batch.manifest.plan.points || plan.replications !== undefined)
    throw new UserError(
      exitCode.badData,
      `${path}: expected one run at each point of a design, got points or replications`,
    )
  const quantities = recordedQuantities(batch)
  const measured = await measureRuns(batch, quantities)
  const of = (kind: 'share' | 'index') =>
    quantities.filter(each => each.kind === kind).map(({ name }) => [name, measured.get(name)!] as const)
  return {
    baseline: 1,
    scenario: { id: side.id, title: side.title, sha256: side.scenarioHash },
    plan: { design: plan.design, runs: plan.runs, seed: plan.seed },
    engine: side.engine,
    model: side.model,
    batch: side.batch,
    digest: side.digest,
    runs,
    failed: side.failed,
    counts: Object.fromEntries(of('share').map(([name, { count: many }]) => [name, many])),
    means: Object.fromEntries(of('index').map(([name, { mean, variance }]) => [name, [mean, variance] as const])),
  }
}
