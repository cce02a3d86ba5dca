import { driverNames } from '../../model/attribution.ts'
import { outcomes } from '../../model/outcomes.ts'
import { compileScenario, type Scenario } from '../../scenario/compile.ts'
import { type Lesson, type ReadLesson, readLesson } from '../../scenario/lesson.ts'
import type { Prediction } from '../../scenario/lesson-schema.ts'
import type { ScenarioFiles } from '../../scenario/load.ts'
import { type Problem, ProblemList, quoted, ScenarioError } from '../../scenario/problem.ts'
import { suggest } from '../../scenario/suggestion.ts'
import { at, entriesAt, itemsAt, type Path, type Tree, textAt } from '../../scenario/tree.ts'
import { lessonQuantity, lessonQuantityNames } from './quantity.ts'

/**
 * Reads and checks a lesson with the scenario it builds on. Pure: files are given.
 *
 * @throws ScenarioError with every problem and its place
 */
export async function loadLesson(
  path: string,
  files: ScenarioFiles,
): Promise<Lesson & { readonly warnings: readonly Problem[] }> {
  const problems = new ProblemList()
  const read = await readLesson(path, files, problems)
  if (read) checkNames(read, problems)
  if (!read?.lesson || problems.failed) throw new ScenarioError(problems.sorted())
  return { ...read.lesson, warnings: problems.sorted() }
}

/** The quantities a lesson measures in every run of every world, each once. */
export function quantitiesOf({ document }: Pick<Lesson, 'document'>): string[] {
  const { predict, reveal, findings } = document
  return [
    ...new Set([
      ...barQuantities(predict.bars),
      ...reveal.map(({ quantity }) => quantity),
      ...findings.map(({ quantity }) => quantity),
    ]),
  ]
}

/** The quantities behind the bars of a prediction, one for each bar where every bar has its own. */
export function barQuantities(bars: Prediction): string[] {
  if (bars.kind === 'outcomes') return outcomes.map(outcome => `class=${outcome}`)
  if (bars.kind === 'actors') return bars.actors.map(actor => `${actor}_${bars.quantity}`)
  return [bars.quantity]
}

class Names {
  private readonly scenario: Scenario
  private readonly problems: ProblemList
  private readonly worlds: readonly string[]

  constructor(scenario: Scenario, worlds: readonly string[], problems: ProblemList) {
    this.scenario = scenario
    this.worlds = worlds
    this.problems = problems
  }

  word(tree: Tree | undefined, kind: string, known: readonly string[]): string | undefined {
    const name = textAt(tree)
    if (tree === undefined || name === undefined) return undefined
    if (known.includes(name)) return name
    const help = this.problems.crowded ? undefined : suggest(name, known, `${kind}s`)
    const article = /^[aeiou]/.test(kind) ? 'an' : 'a'
    this.problems.error(tree.place, `unknown-${kind}`, `expected ${article} ${kind}, got ${quoted(name)}`, help)
    return undefined
  }

  actor(tree: Tree | undefined): string | undefined {
    return this.word(tree, 'actor', this.scenario.actors)
  }

  world(tree: Tree | undefined): void {
    this.word(at(tree, 'world'), 'world', this.worlds)
    this.word(at(tree, 'against'), 'world', ['start', ...this.worlds])
  }

  /** @param written - where the name stands; `name` where it is made of more than what stands there */
  quantity(written: Tree | undefined, name = textAt(written)): void {
    if (written === undefined || name === undefined) return
    if (lessonQuantity(name, this.scenario, 0)) return
    const help = this.problems.crowded ? undefined : suggest(name, lessonQuantityNames(this.scenario), 'quantities')
    const message = `expected the name of a quantity of this scenario, got ${quoted(name)}`
    this.problems.error(written.place, 'unknown-quantity', message, help)
  }
}

/** What the shape cannot say: that worlds, quantities, actors and drivers exist, and that a claim can be decided. */
function checkNames({ tree, base }: ReadLesson, problems: ProblemList): void {
  const scenario = compileScenario(base)
  const names = new Names(
    scenario,
    entriesAt(tree, 'worlds').map(([id]) => id),
    problems,
  )
  const bars = at(tree, 'predict', 'bars')
  names.world(bars)
  const asked = at(bars, 'quantity')
  if (textAt(bars, 'kind') === 'actors') {
    for (const item of itemsAt(bars, 'actors')) {
      const actor = names.actor(item)
      if (actor !== undefined) names.quantity(asked, `${actor}_${textAt(asked)}`)
    }
  } else names.quantity(asked)
  for (const row of itemsAt(tree, 'reveal')) names.quantity(at(row, 'quantity'))
  for (const [n, finding] of itemsAt(tree, 'findings').entries()) {
    names.world(finding)
    names.quantity(at(finding, 'quantity'))
    const bounds = ['above', 'below', 'within'].filter(bound => at(finding, bound) !== undefined)
    if (bounds.length !== 1)
      problems.error(
        finding.place,
        'finding-bound',
        `expected one of above, below, within in item ${n + 1} of "findings", got ${bounds.join(' and ') || 'none'}`,
      )
    startless(finding, problems)
  }
  startless(bars, problems)
  scale(bars, problems)
  names.world(at(tree, 'explain'))
  for (const item of itemsAt(tree, 'explain', 'actors')) names.actor(item)
  names.word(at(tree, 'explain', 'measure'), 'measure', ['ID', 'OP', 'gap', ...scenario.domains])
  const terms = [...driverNames, ...scenario.institutions]
  for (const [name, { key }] of entriesAt(tree, 'explain', 'drivers'))
    names.word({ kind: 'scalar', place: key, value: name }, 'driver', terms)
}

/** A share of runs has no value at the start of a run. */
function startless(tree: Tree | undefined, problems: ProblemList): void {
  const against = at(tree, 'against')
  const written = against !== undefined ? textAt(against) : textAt(tree, 'kind') === 'change' ? 'start' : undefined
  const quantity = textAt(tree, 'quantity')
  if (written !== 'start' || !quantity?.includes('class=')) return
  const message = `expected a world to compare ${quoted(quantity)} with, got the start, at which no run has an outcome`
  problems.error((against ?? tree!).place, 'no-start', message)
}

function scale(bars: Tree | undefined, problems: ProblemList): void {
  if (textAt(bars, 'kind') !== 'number') return
  const value = (path: Path) => {
    const tree = at(bars, ...path)
    return tree?.kind === 'scalar' && typeof tree.value === 'number' ? tree.value : undefined
  }
  const low = value(['low'])
  const high = value(['high'])
  const step = value(['step'])
  if (low === undefined || high === undefined || step === undefined) return
  if (low >= high) problems.error(at(bars, 'high')!.place, 'range-order', `expected \`high\` above ${low}, got ${high}`)
  else if (step > (high - low) / 2 || (high - low) / step > 1000)
    problems.error(
      at(bars, 'step')!.place,
      'step-size',
      `expected a step that makes 2 to 1000 of the way from ${low} to ${high}, got ${step}`,
    )
}
