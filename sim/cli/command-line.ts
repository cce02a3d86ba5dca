import yargs, { type Argv } from 'yargs'
import { exitCode, UserError } from '../core/errors.ts'
import { closest } from '../scenario/suggestion.ts'
import { engineVersion, modelVersion } from '../version.ts'

/** Every command, in the order of the help. Only the one that is asked for is loaded: its imports are not the others' wait. */
const commands: Readonly<Record<string, (cli: Argv) => Promise<unknown>>> = {
  run: async cli => cli.command((await import('./run.ts')).runCommand),
  check: async cli => cli.command((await import('./check.ts')).checkCommand),
  trace: async cli => cli.command((await import('./trace.ts')).traceCommand),
  explain: async cli => cli.command((await import('./explain.ts')).explainCommand),
  hypotheses: async cli => cli.command((await import('./hypotheses.ts')).hypothesesCommand),
  compare: async cli => cli.command((await import('./compare.ts')).compareCommand),
  baseline: async cli => cli.command((await import('./baseline.ts')).baselineCommand),
  robustness: async cli => cli.command((await import('./robustness.ts')).robustnessCommand),
  design: async cli => cli.command((await import('./design.ts')).designCommand),
  analyse: async cli => cli.command((await import('./analyse.ts')).analyseCommand),
  explore: async cli => cli.command((await import('./explore.ts')).exploreCommand),
  merge: async cli => cli.command((await import('./merge.ts')).mergeCommand),
  worker: async cli => cli.command((await import('./worker.ts')).workerCommand),
  status: async cli => cli.command((await import('./status.ts')).statusCommand),
  report: async cli => cli.command((await import('./report.ts')).reportCommand),
  export: async cli => cli.command((await import('./export.ts')).exportCommand),
  verify: async cli => cli.command((await import('./verify.ts')).verifyCommand),
  schema: async cli => cli.command((await import('./schema.ts')).schemaCommand),
}

/** Adds the command that the words name first; all where they name none, for help and completion. */
async function addCommands(cli: Argv, [first]: readonly string[]): Promise<void> {
  const named = first !== undefined && Object.hasOwn(commands, first) ? [commands[first]!] : Object.values(commands)
  for (const add of named) await add(cli)
}

/** Words after `--` are paths, also when they begin with a dash. */
function afterDashes(words: readonly string[]): string[] {
  const at = words.indexOf('--')
  if (at < 0) return [...words]
  return [...words.slice(0, at), ...words.slice(at + 1).map(word => (word.startsWith('-') ? `./${word}` : word))]
}

/** A usage error, with the flag that may have been meant. */
async function usageError(message: string, cli: Argv): Promise<UserError> {
  const unknown = /^Unknown arguments?: ([\w-]+)/.exec(message)?.[1]
  const flags = Array.from((await cli.getHelp()).matchAll(/--([a-z][a-z-]+)/g), match => match[1]!)
  const meant = unknown === undefined ? undefined : closest(unknown, flags)
  const hint = meant === undefined ? '' : `, did you mean --${meant}?`
  return new UserError(exitCode.usage, `${message}${hint}; multivector --help lists the commands`)
}

/**
 * What yargs reads of the words, as it is meant: of a flag that is given again the last one counts, but flags and words
 * that take several keep all; and only what is yes or no can be denied by `--no-`.
 */
function asMeant(words: readonly string[]) {
  return (given: Record<string, unknown>, command?: object): void => {
    // In yargs, not in its types.
    const { array, boolean } = (
      command as { getOptions(): { array: readonly string[]; boolean: readonly string[] } }
    ).getOptions()
    for (const [name, value] of Object.entries(given)) {
      if (name === '_') continue
      const last = Array.isArray(value) && !array.includes(name) ? value.at(-1) : value
      if (last === false && words.includes(`--no-${name}`) && !boolean.includes(name))
        throw new UsageError(`Unknown argument: no-${name}`)
      given[name] = last
    }
  }
}

/** In yargs, not in its types. */
interface Internals {
  getInternalMethods(): { getUsageInstance(): { cacheHelpMessage: () => void } }
}

/** A command line that yargs does not take. */
class UsageError extends Error {}

/** Runs the command that the words name. @throws UserError for a command line that no command takes, and what the command throws */
export async function runCommandLine(given: readonly string[]): Promise<void> {
  const words = afterDashes(given)
  const cli = yargs(words)
    .scriptName('multivector')
    .usage('$0 <command>\n\nStrategic duality in the CIS Plus space: scenarios in, batches and reports out.')
    .completion('completion', 'print a shell completion script')
    .version(`multivector ${engineVersion}, model ${modelVersion}`)
    .demandCommand(1, 'expected a command')
    .strict()
    .recommendCommands()
    .parserConfiguration({
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'dot-notation': false,
    })
    .middleware(asMeant(words), true)
    .wrap(Math.min(110, process.stdout.columns ?? 100))
    .epilogue(
      'Exit codes: 0 done · 1 done, some runs failed, parts are missing or --gate is not met · 3 done, --until is not met or --gate inconclusive · 64 wrong command line · 65 invalid scenario or data · 66 input missing · 69 queue or Chromium not there · 70 our bug · 73/74/77 cannot create / I/O / permission · 75 in use or stopped · 76 version or scenario differs · 129/130/143 stopped by a signal',
    )
    .fail((message, error) => {
      // yargs wraps what a flag's own check throws; everything else a command throws is passed on as it is.
      if (error && error.name !== 'YError') throw error
      throw new UsageError(message || error.message)
    })

  // yargs lays out the help of every command it runs, should it be asked for later: a tenth of a second, and it never is.
  const { getUsageInstance } = (cli as unknown as Internals).getInternalMethods()
  getUsageInstance().cacheHelpMessage = () => undefined

  try {
    await addCommands(cli, words)
    await cli.parseAsync()
  } catch (error) {
    throw error instanceof UsageError ? await usageError(error.message, cli) : error
  }
}
