import { availableParallelism } from 'node:os'
import type { Argv, CommandModule } from 'yargs'
import type { ComparisonResult } from '../analysis/comparison-result.ts'
import { type ExpectationVerdict, gateVerdict } from '../analysis/expectations.ts'
import { exitCode, UserError } from '../core/errors.ts'
import { compareText, comparisonJson, smallestEffects } from './compare-text.ts'
import { compareSides } from './compared.ts'
import { namesOf, openSide, type Side, type SideOptions, sideFlags } from './compared-side.ts'
import { writeComparison } from './comparison-files.ts'
import { judgeExpectations, namesOfDistances } from './judged-expectations.ts'
import { count } from './options.ts'
import { printJson, printOut, printRaw } from './print.ts'

const formats = ['text', 'html', 'md', 'json', 'github'] as const

interface CompareArguments extends SideOptions {
  a: string
  others: string[]
  baseline?: string | undefined
  gate: boolean
  format: (typeof formats)[number]
  out?: string | undefined
  smallest: string
  json: boolean
}

export const compareCommand: CommandModule<object, CompareArguments> = {
  command: 'compare <a> [others..]',
  describe: 'compare batches or scenarios on the same random worlds: what changed, what did not, what is open',
  builder: (yargs: Argv) =>
    yargs
      .positional('a', {
        type: 'string',
        demandOption: true,
        describe:
          'batch directory, scenario file or baseline to compare with; with --baseline, the first to be compared',
      })
      .positional('others', { type: 'string', array: true, default: [], describe: 'batches or scenario files' })
      .option('baseline', { type: 'string', describe: 'recorded baseline to compare all with' })
      .option('gate', {
        type: 'boolean',
        default: false,
        describe: 'exit 0 when all of `expect` is met, 1 when something is not, 3 when something is inconclusive',
      })
      .option('format', { choices: formats, default: 'text' as const, describe: 'what to print' })
      .option('out', { type: 'string', describe: 'directory for comparison.html, .md and .json, and junit.xml' })
      .option('runs', sideFlags.runs)
      .option('seed', sideFlags.seed)
      .option('allow-large', sideFlags['allow-large'])
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
      )
      .example(
        '$0 compare scenarios/win-win-in-words.yaml --baseline baseline.json --gate --format github',
        'in CI',
      ) as unknown as Argv<CompareArguments>,
  handler: async args => {
    const results = await compareAll(args)
    const gates = results.flatMap(({ gate }) => gate ?? [])
    const gate = gates.length === 0 ? null : gateVerdict(gates.map(verdict => ({ verdict })))
    if (args.gate && gate === null)
      throw new UserError(
        exitCode.badData,
        `${results.map(({ b }) => b.path).join(', ')}: expected something under \`expect\` to judge, got nothing; a gate that looks at nothing is always open`,
      )
    const format = args.json ? 'json' : args.format
    const written = await writeComparison(results, { out: args.out, format })
    if (format === 'text') printOut(results.map(result => compareText(result)).join('\n\n'))
    else if (format === 'json') printJson(comparisonJson(results, gate))
    else if (format === 'html') printRaw(written.html)
    else if (format === 'md') printOut(written.markdown)
    if (args.gate && gate !== null) process.exitCode = gateCode[gate]
  },
}

const gateCode = {
  met: 0,
  'not met': exitCode.answerIsNo,
  inconclusive: exitCode.inconclusive,
} as const satisfies Record<ExpectationVerdict, number>

/** Every batch that is compared, with its judged expectations. */
async function compareAll(args: CompareArguments): Promise<ComparisonResult[]> {
  const effects = smallestEffects(args.smallest)
  const options = { ...args, quiet: args.quiet || args.json || args.format !== 'text' }
  const paths = [args.a, ...args.others]
  // One batch alone is compared with nothing, and only judged.
  const against = args.baseline ?? (paths.length > 1 ? paths.shift()! : undefined)
  const a = against === undefined ? undefined : await openSide(against, options)
  const results: ComparisonResult[] = []
  for (const path of paths)
    results.push(await result(a, await openSide(path, options, planLike(a)), effects, args.gate))
  return results
}

function planLike(a: Side | undefined) {
  return a?.batch?.manifest.plan ?? a?.baseline?.plan
}

async function result(
  a: Side | undefined,
  b: Side,
  effects: ReturnType<typeof smallestEffects>,
  judged: boolean,
): Promise<ComparisonResult> {
  if (!b.batch)
    throw new UserError(exitCode.usage, `${b.side.path}: expected a batch or scenario, got a baseline; name it first`)
  const found = a && (await compareSides(a, b, effects, namesOfDistances(b)))
  const expectations = await judgeExpectations(b, found, judged)
  return {
    b: b.side,
    compared: found?.compared ?? null,
    expectations,
    gate: expectations.length === 0 ? null : gateVerdict(expectations, b.side.complete),
    people: namesOf(b),
  }
}
