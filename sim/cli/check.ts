import type { Argv, CommandModule } from 'yargs'
import { compileScenario } from '../scenario/compile.ts'
import { formatProblems } from '../scenario/problem.ts'
import { loadScenarioFile } from '../scenario-files.ts'
import { printErr, printJson, printOut } from './print.ts'

interface CheckArguments {
  scenario: string[]
  json: boolean
  quiet: boolean
}

export const checkCommand: CommandModule<object, CheckArguments> = {
  command: 'check <scenario..>',
  describe: 'check scenario files without running them',
  builder: (yargs: Argv) =>
    yargs
      .positional('scenario', { type: 'string', array: true, demandOption: true, describe: 'scenario files (YAML)' })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON document on stdout' })
      .option('quiet', { type: 'boolean', default: false, describe: 'print problems only' })
      .example(
        '$0 check scenarios/cis-plus-2030.yaml',
        'list every problem with its place',
      ) as unknown as Argv<CheckArguments>,
  handler: async args => {
    const checked = []
    for (const path of args.scenario) {
      const { id, document, warnings } = await loadScenarioFile(path)
      if (warnings.length > 0 && !args.json) printErr(formatProblems(warnings))
      const { actors, uncertainties, events } = compileScenario(document)
      const levers = uncertainties.filter(({ role }) => role === 'lever').length
      const counts = {
        actors: actors.length,
        uncertainties: uncertainties.length - levers,
        levers,
        events: events.length,
      }
      checked.push({ scenario: id, title: document.title, warnings, ...counts })
      if (!args.json && !args.quiet) {
        printOut(
          `${path}: ${counts.actors} actors, ${counts.uncertainties} uncertainties, ${levers} levers, ${counts.events} events; no problems`,
        )
      }
    }
    if (args.json) printJson({ checked })
  },
}
