import { keyOfSeed } from '../../core/seed.ts'
import { createSampler } from '../../design/sample.ts'
import { createModel } from '../../model/model.ts'
import { createSimulator } from '../../model/simulate.ts'
import { compileScenario } from '../../scenario/compile.ts'
import type { Lesson, LessonWorld } from '../../scenario/lesson.ts'
import { quantitiesOf } from './load.ts'
import { lessonQuantity, startsOf } from './quantity.ts'

/** Some runs of every world; plain data. */
export interface LessonBlock {
  /** First run, and how many. */
  readonly first: number
  readonly count: number
  /** Runs that failed in any world, and are left out of all. */
  readonly failed: number
  /** Values at the end, [worlds][quantities][runs left]. */
  readonly values: readonly (readonly (readonly number[])[])[]
  /** Values at tick 0, [worlds][quantities]; NaN where there is none. */
  readonly starts: readonly (readonly number[])[]
  /** Whether a quantity is 0 or 1 in a run, [quantities]. */
  readonly shares: readonly boolean[]
}

/** What the runs of a lesson left behind. Run r of every world has the same random world. */
export interface LessonRuns extends Omit<LessonBlock, 'first' | 'count'> {
  readonly quantities: readonly string[]
  readonly worlds: readonly string[]
  readonly seed: string
  /** Runs in `values`. */
  readonly runs: number
}

/** The seed of a lesson: that of a class code, or of its scenario. */
export function lessonSeed({ base }: Pick<Lesson, 'base'>, seed: string | undefined): string {
  return seed ?? base.batch.seed
}

/**
 * Prepares the runs of every world of a lesson under a seed. Run r is what `run` computes as run r of that world's scenario
 * with a Monte Carlo design and this seed.
 */
export function createLessonComputer(
  { document, worlds }: Lesson,
  seed: string,
): (first: number, count: number) => LessonBlock {
  const names = quantitiesOf({ document })
  const made = worlds.map(world => createWorldRuns(world, names, document.runs, seed))
  return (first, count) => {
    const values = made.map(() => names.map((): number[] => []))
    let failed = 0
    for (let run = first; run < first + count; run++) {
      const rows = made.map(world => world.run(run))
      if (rows.some(row => row === undefined)) failed++
      else for (const [w, row] of rows.entries()) for (const [q, value] of row!.entries()) values[w]![q]!.push(value)
    }
    return { first, count, failed, values, starts: made.map(({ starts }) => starts), shares: made[0]!.shares }
  }
}

/** Puts blocks together. @param blocks - those that are there, in order of their runs and without gaps */
export function joinBlocks(
  { document, worlds }: Pick<Lesson, 'document' | 'worlds'>,
  seed: string,
  blocks: readonly LessonBlock[],
): LessonRuns {
  const quantities = quantitiesOf({ document })
  const values = worlds.map((_, w) => quantities.map((_, q) => blocks.flatMap(block => block.values[w]![q]!)))
  return {
    quantities,
    worlds: worlds.map(({ id }) => id),
    seed,
    values,
    starts: blocks[0]?.starts ?? [],
    shares: blocks[0]?.shares ?? [],
    runs: values[0]?.[0]?.length ?? 0,
    failed: blocks.reduce((sum, block) => sum + block.failed, 0),
  }
}

function createWorldRuns({ document }: LessonWorld, names: readonly string[], runs: number, seed: string) {
  const scenario = compileScenario(document)
  const simulator = createSimulator(createModel(scenario))
  const sampler = createSampler(scenario, { design: 'monte-carlo', runs, seed })
  const parameters = scenario.parameters.slice()
  const key = keyOfSeed(seed)
  const quantities = names.map(name => lessonQuantity(name, scenario, simulator.ticks)!)
  return {
    starts: startsOf(simulator, quantities),
    shares: quantities.map(({ share }) => share),
    /** Values of a run, undefined when it failed. */
    run(run: number): number[] | undefined {
      sampler.point(run, parameters)
      const result = simulator.simulate(key, sampler.world(run), parameters)
      return result.failure ? undefined : quantities.map(quantity => quantity.end(result))
    },
  }
}
