import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Argv, CommandModule } from 'yargs'
import { createComparison } from '../analysis/compare.ts'
import { exitCode, UserError } from '../core/errors.ts'
import type { Plan } from '../design/plan.ts'
import { serialExecutor } from '../execute/serial.ts'
import { threadExecutor } from '../execute/threads.ts'
import { planOf, runBatch } from '../experiment.ts'
import { loadScenarioFile } from '../scenario-files.ts'
import type { Batch } from '../store/batch.ts'
import { manifestOf } from '../store/manifest.ts'
import { engineVersion, modelVersion } from '../version.ts'
import { batchRows, openForAnalysis } from './batch-table.ts'
import { compareText, comparisonDocument, smallestEffects } from './compare-text.ts'
import { comparedQuantities } from './compared-quantities.ts'
import { count, seedText } from './options.ts'
import { printErr, printJson, printOut } from './print.ts'

interface CompareArguments {
  a: string
  others: string[]
  runs?: number | undefined
  seed?: string | undefined
  smallest: string
  workers: number
  json: boolean
  quiet: boolean
}

export const compareCommand: CommandModule<object, CompareArguments> = {
  command: 'compare <a> <others..>',
  describe: 'compare batches or scenarios on the same random worlds: what changed, what did not, what is open',
  builder: (yargs: Argv) =>
    yargs
      .positional('a', {
        type: 'string',
        demandOption: true,
        describe: 'batch directory or scenario file to compare with',
      })
      .positional('others', { type: 'string', array: true, demandOption: true, describe: 'batches or scenario files' })
      .option('runs', {
        type: 'string',
        coerce: count('runs', 30, 1e8),
        describe: 'runs of scenario files [of the first]',
      })
      .option('seed', { type: 'string', coerce: seedText, describe: 'seed of scenario files [of the first]' })
      .option('smallest', {
        type: 'string',
        default: 'share=0.02,index=0.01,count=0.1',
        describe: 'smallest effects that matter, also by name such as gap=0.005',
      })
      .option('workers', {
        type: 'string',
        coerce: count('workers', 0, 256),
        default: String(availableParallelism()),
        describe: 'worker threads for scenario files',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON document on stdout' })
      .option('quiet', { type: 'boolean', default: false, describe: 'print no notes' })
      .example(
        '$0 compare scenarios/cis-plus-2030.yaml scenarios/without-cis-plus.yaml --runs 2000',
        'two scenarios, run by run',
      ) as unknown as Argv<CompareArguments>,
  handler: async args => {
    const effects = smallestEffects(args.smallest)
    const a = await batchOf(args.a, args)
    const comparisons = []
    for (const path of args.others) {
      const b = await batchOf(path, args, a.manifest.plan)
      const paired = shareWorlds(a.manifest.plan, b.manifest.plan)
      if (!paired && !args.quiet)
        printErr(`${path}: has other random worlds than ${args.a}, so its runs are not paired; intervals are wider`)
      const quantities = comparedQuantities(a, b)
      const comparison = createComparison(quantities, { paired, smallestEffect: effects })
      await addRuns(comparison.add, quantities, a, b)
      comparisons.push(comparisonDocument({ a, b, path, paired, comparison }))
    }
    if (args.json) printJson({ a: args.a, comparisons })
    else for (const document of comparisons) printOut(compareText(args.a, document))
  },
}

/** Whether runs with one address share their draws and points. */
function shareWorlds(a: Plan, b: Plan): boolean {
  const prefix = a.design === 'monte-carlo' || a.design === 'sobol' || a.design === 'points'
  return (
    a.seed === b.seed &&
    a.design === b.design &&
    (a.replications ?? 1) === (b.replications ?? 1) &&
    JSON.stringify(a.points) === JSON.stringify(b.points) &&
    (prefix || a.runs === b.runs)
  )
}

/** The batch at a path: a directory as it is, a scenario file run first where it is not yet. */
async function batchOf(path: string, { runs, seed, workers }: CompareArguments, like?: Plan): Promise<Batch> {
  const entry = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new UserError(exitCode.noInput, `${path}: no such batch or scenario`) : error
  })
  if (entry.isDirectory()) return openForAnalysis(path)
  const { id, document } = await loadScenarioFile(path)
  const asked = {
    document,
    runs: runs ?? like?.runs,
    seed: seed ?? like?.seed,
    design: like?.design,
    replications: like?.replications,
    points: like?.points,
  }
  const identity = { id, document, plan: planOf(asked), engine: engineVersion, model: modelVersion }
  const directory = join('batches', `${id}-${manifestOf(identity).batch.slice(0, 8)}`)
  const executor = workers === 0 ? serialExecutor() : threadExecutor(workers)
  return (await runBatch({ id, ...asked, directory, executor })).batch
}

/** Adds the runs that are done in both, by their address; holds one part of each at a time. */
async function addRuns(
  add: (a: Float64Array, b: Float64Array) => void,
  quantities: ReturnType<typeof comparedQuantities>,
  a: Batch,
  b: Batch,
): Promise<void> {
  const columns = quantities.flatMap(quantity => [...quantity.columns])
  const values = [new Float64Array(quantities.length), new Float64Array(quantities.length)] as const
  const left = flat(batchRows(a, columns))
  const right = flat(batchRows(b, columns))
  let [x, y] = [await left.next(), await right.next()]
  while (!x.done && !y.done) {
    const ahead = x.value.run! - y.value.run!
    if (ahead === 0 && x.value.status === 0 && y.value.status === 0) {
      for (let n = 0; n < quantities.length; n++) {
        values[0][n] = quantities[n]!.read(x.value)
        values[1][n] = quantities[n]!.read(y.value)
      }
      add(...values)
    }
    if (ahead <= 0) x = await left.next()
    if (ahead >= 0) y = await right.next()
  }
}

type Row = Record<string, number>

async function* flat(parts: AsyncGenerator<readonly Row[]>): AsyncGenerator<Row> {
  for await (const rows of parts) yield* rows
}
