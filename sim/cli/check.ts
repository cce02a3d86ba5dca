import type { Argv, CommandModule } from 'yargs'
import { loadLesson } from '../analysis/lesson/load.ts'
import { compileScenario } from '../scenario/compile.ts'
import { isLesson } from '../scenario/lesson.ts'
import { formatProblems } from '../scenario/problem.ts'
import { loadScenarioFile, scenarioFiles } from '../scenario-files.ts'
import { printErr, printJson, printOut } from './print.ts'

interface CheckArguments {
  scenario: string[]
  json: boolean
  quiet: boolean
}

export const checkCommand: CommandModule<object, CheckArguments> = {
  command: 'check <scenario..>',
  describe: 'check scenario and lesson files without running them',
  builder: (yargs: Argv) =>
    yargs
      .positional('scenario', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'scenario or lesson files (YAML)',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON document on stdout' })
      .option('quiet', { type: 'boolean', default: false, describe: 'print problems only' })
      .example(
        '$0 check scenarios/cis-plus-2030.yaml',
        'list every problem with its place',
      ) as unknown as Argv<CheckArguments>,
  handler: async args => {
    const checked = []
    for (const path of args.scenario) {
      const { text } = await scenarioFiles(path).read(path)
      if (isLesson(path, text)) {
        checked.push(await checkLesson(path, args))
        continue
      }
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

async function checkLesson(path: string, { json, quiet }: CheckArguments) {
  const { id, document, worlds, warnings } = await loadLesson(path, scenarioFiles(path))
  if (warnings.length > 0 && !json) printErr(formatProblems(warnings))
  const counts = { worlds: worlds.length, findings: document.findings.length }
  if (!json && !quiet)
    printOut(
      `${path}: a lesson of ${document.minutes} minutes, ${counts.worlds} worlds, ${counts.findings} findings; no problems`,
    )
  return { lesson: id, title: document.lesson, warnings, ...counts }
}
