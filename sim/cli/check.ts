import type { Argv, CommandModule } from 'yargs'
import { loadLesson } from '../analysis/lesson/load.ts'
import { counted } from '../core/counted.ts'
import { UserError } from '../core/errors.ts'
import { compileScenario } from '../scenario/compile.ts'
import { isLesson } from '../scenario/lesson.ts'
import { formatProblems, type Problem, ScenarioError } from '../scenario/problem.ts'
import { loadScenarioFile, scenarioFiles } from '../scenario-files.ts'
import { errorDocument } from './failure.ts'
import { printErr, printJson, printOut } from './print.ts'

interface CheckArguments {
  scenario: string[]
  all: boolean
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
      .option('all', {
        type: 'boolean',
        default: false,
        describe: 'list every problem, also beyond the first 20 of a file',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON document on stdout' })
      .option('quiet', { type: 'boolean', default: false, describe: 'print problems only' })
      .example(
        '$0 check scenarios/cis-plus-2030.yaml',
        'list every problem with its place',
      ) as unknown as Argv<CheckArguments>,
  handler: async args => {
    const checked: object[] = []
    const failed: { path: string; error: UserError }[] = []
    for (const path of args.scenario) {
      try {
        const { text } = await scenarioFiles(path).read(path)
        checked.push(await (isLesson(path, text) ? checkLesson(path, args) : checkScenario(path, args)))
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        failed.push({ path, error })
        if (error instanceof ScenarioError) tell(error.problems, args)
        else printErr(error.message)
      }
    }
    const [first] = failed
    if (first && args.scenario.length > 1)
      printErr(
        `${failed.length} of ${args.scenario.length} files cannot be used: ${failed.map(({ path }) => path).join(', ')}`,
      )
    if (args.json) printJson({ checked, ...(first && { error: { ...together(failed), code: first.error.code } }) })
    if (first) process.exitCode = first.error.code
  },
}

/** What is wrong with some files as one error. */
function together(failed: readonly { path: string; error: UserError }[]) {
  const documents = failed.map(({ path, error }) => ({ path, ...errorDocument(error) }))
  return {
    message: documents.map(({ path, message, problems }) => (problems ? `${path}: ${message}` : message)).join('\n'),
    problems: documents.flatMap(({ problems = [] }) => problems),
  }
}

function tell(problems: readonly Problem[], { all }: CheckArguments): void {
  if (problems.length > 0) printErr(all ? formatProblems(problems, problems.length) : formatProblems(problems))
}

const found = ({ length }: readonly Problem[]) => (length === 0 ? 'no problems' : counted(length, 'warning'))

async function checkScenario(path: string, args: CheckArguments) {
  const { id, document, warnings } = await loadScenarioFile(path)
  if (!args.json) tell(warnings, args)
  const { actors, uncertainties, events } = compileScenario(document)
  const levers = uncertainties.filter(({ role }) => role === 'lever').length
  const counts = { actors: actors.length, uncertainties: uncertainties.length - levers, levers, events: events.length }
  if (!args.json && !args.quiet)
    printOut(
      `${path}: ${counted(counts.actors, 'actor')}, ${counted(counts.uncertainties, 'uncertainty', 'uncertainties')}, ${counted(levers, 'lever')}, ${counted(counts.events, 'event')}; ${found(warnings)}`,
    )
  return { scenario: id, title: document.title, warnings, ...counts }
}

async function checkLesson(path: string, args: CheckArguments) {
  const { id, document, worlds, warnings } = await loadLesson(path, scenarioFiles(path))
  if (!args.json) tell(warnings, args)
  const counts = { worlds: worlds.length, findings: document.findings.length }
  if (!args.json && !args.quiet)
    printOut(
      `${path}: a lesson of ${counted(document.minutes, 'minute')}, ${counted(counts.worlds, 'world')}, ${counted(counts.findings, 'finding')}; ${found(warnings)}`,
    )
  return { lesson: id, title: document.lesson, warnings, ...counts }
}
