import { parse } from './parse.ts'
import { ProblemList } from './problem.ts'
import { textAt } from './tree.ts'

/** A scenario file as a list of files shows it. */
export interface ListedScenario {
  readonly file: string
  readonly title: string
  readonly question: string
  /** The file it extends; undefined for one that stands by itself. */
  readonly base: string | undefined
}

/** What a file says of itself, without the files it extends. @throws Error for a text that is no scenario */
export function listed(file: string, text: string): ListedScenario {
  const tree = parse(file, text, new ProblemList())
  const [title, question, base] = ['title', 'question', 'extends'].map(key => textAt(tree, key))
  if (title === undefined || question === undefined)
    throw new Error(`${file}: expected a title and a question of its own`)
  return { file, title, question, base }
}

/** One row for each file: a link to it, title, question, what it extends. */
export function shippedRows(scenarios: readonly ListedScenario[]): string[][] {
  return byBase(scenarios).map(({ file, title, question, base }) => [
    `[${file}](${file})`,
    title,
    question,
    base === undefined ? '' : `\`${base}\``,
  ])
}

/** Files in the order of who extends whom, and of their names. */
export function byBase(scenarios: readonly ListedScenario[], base?: string): ListedScenario[] {
  return scenarios
    .filter(scenario => scenario.base === base)
    .sort((a, b) => (a.file < b.file ? -1 : 1))
    .flatMap(scenario => [scenario, ...byBase(scenarios, scenario.file)])
}
