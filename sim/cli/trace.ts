import type { Argv, CommandModule } from 'yargs'
import { plain } from '../../reports/escape.ts'
import { withoutOuterTier } from '../../reports/outer-tier-words.ts'
import { labelOf } from '../../reports/quantity-names.ts'
import { counted } from '../core/counted.ts'
import { exitCode, UserError } from '../core/errors.ts'
import { quarterAfter } from '../core/quarter.ts'
import { type Trace, traceRun } from '../model/trace.ts'
import { hasOuterTier } from '../scenario/outer-tier.ts'
import type { ScenarioDocument } from '../scenario/schema.ts'
import { loadScenarioFile } from '../scenario-files.ts'
import { batchPoint } from './batch-point.ts'
import { assignments, count, seedText } from './options.ts'
import { printErr, printJson, printOut } from './print.ts'

interface TraceArguments {
  scenario: string
  seed?: string | undefined
  run: number
  set: string[]
  json: boolean
  quiet: boolean
}

export const traceCommand: CommandModule<object, TraceArguments> = {
  command: 'trace <scenario>',
  describe: 'one run, every tick: of a scenario without sampling, or of a batch as it was run',
  builder: (yargs: Argv) =>
    yargs
      .positional('scenario', { type: 'string', demandOption: true, describe: 'scenario file, or batch directory' })
      .option('seed', { type: 'string', coerce: seedText, describe: 'seed [from the scenario or batch]' })
      .option('run', {
        type: 'string',
        coerce: count('run', 0, 0xffffffff),
        default: '0',
        describe: 'address of the run',
      })
      .option('set', { type: 'string', array: true, default: [], describe: 'parameters, name=value …' })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON document on stdout' })
      .option('quiet', { type: 'boolean', default: false, describe: 'print no notes' })
      .example('$0 trace scenarios/baseline.yaml --seed 1 --run 0 --json', 'a golden run')
      .example(
        '$0 trace scenarios/baseline.yaml --set delivered=0.9 support=0.9',
        'a run with delivered win-win',
      ) as unknown as Argv<TraceArguments>,
  handler: async args => {
    const set = assignments(args.set)
    const batch = await batchPoint(args.scenario, args.run)
    const document = batch?.document ?? (await loadScenarioFile(args.scenario)).document
    const seed = args.seed ?? batch?.seed ?? String(document.batch.seed)
    let trace: Trace
    try {
      trace = traceRun(document, { seed, run: batch?.world ?? args.run, set: { ...batch?.point, ...set } })
    } catch (error) {
      throw error instanceof RangeError ? new UserError(exitCode.usage, `--set: ${error.message}`) : error
    }
    if (args.json) printJson(trace)
    else {
      if (!batch && !args.quiet) tellUnsampled(document, set)
      printOut(describe(trace, document))
    }
    if (trace.failure) process.exitCode = exitCode.answerIsNo
  },
}

/** Of a scenario file nothing is sampled; whoever expects a run of a batch should know. */
function tellUnsampled({ levers, uncertainties }: ScenarioDocument, set: Readonly<Record<string, number>>): void {
  const sampled = Object.entries({ ...levers, ...uncertainties }).filter(
    ([name, { distribution }]) => distribution !== 'fixed' && !Object.hasOwn(set, name),
  )
  const count = sampled.length
  if (count === 0) return
  const what = counted(count, 'sampled parameter is at its default', 'sampled parameters are at their defaults')
  printErr(`${what}; --set name=value changes one, and trace of a batch directory shows a run as it was sampled`)
}

/** A run for people: indices by quarter, the events that happened, and how it was judged. */
function describe(trace: Trace, document: ScenarioDocument): string {
  const outerTier = hasOuterTier(document)
  const shown = ['ID', 'OP', 'gap', ...(outerTier ? ['v'] : []), 'lead_RU', ...(outerTier ? ['ext'] : [])]
  const quarter = (tick: number) => quarterAfter(document.start, tick)
  const lines = [`tick  quarter ${shown.map(name => name.padStart(8)).join('')}`]
  trace.indices.ID!.forEach((_, tick) => {
    const values = shown.map(name => trace.indices[name]![tick]!.toFixed(name === 'ext' ? 0 : 4).padStart(8))
    lines.push(`${String(tick).padStart(4)}  ${quarter(tick)}  ${values.join('')}`)
  })
  lines.push(shown.map(name => `${name} ${name === 'gap' ? 'ID less OP' : labelOf(name, {})}`).join(', '))
  const reached = trace.failure?.tick ?? trace.indices.ID!.length - 1
  const happened = trace.events.filter(({ start }) => start <= reached).sort((a, b) => a.start - b.start)
  lines.push('', happened.length === 0 ? 'no event happened' : 'events, with the quarters they are in force')
  for (const { id, start, end } of happened) {
    const until = end === null ? 'on' : end - 1 > start ? `to ${quarter(end - 1)}` : ''
    lines.push(`  ${`${quarter(start)} ${until}`.padEnd(18)}${plain(document.events[id]!.title)}`)
  }
  lines.push('')
  const { failure } = trace
  if (failure) {
    lines.push(
      `failed at tick ${failure.tick}, ${quarter(failure.tick)}: ${failure.variable} ${failure.of} is not finite`,
    )
  } else {
    lines.push(`outcome ${trace.label}${trace.ambiguous ? ' (ambiguous)' : ''}`)
    lines.push(
      `actors  ${Object.entries(trace.actorLabels)
        .map(([id, label]) => `${id} ${label}`)
        .join(', ')}`,
    )
  }
  if (!outerTier) lines.push('', withoutOuterTier)
  return lines.join('\n')
}
