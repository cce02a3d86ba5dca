import { keyOfSeed } from '../../core/seed.ts'
import { createSampler } from '../../design/sample.ts'
import { createModel } from '../../model/model.ts'
import { createSimulator } from '../../model/simulate.ts'
import { compileScenario } from '../../scenario/compile.ts'
import type { LessonWorld } from '../../scenario/lesson.ts'
import { type Lesson, quantitiesOf } from './load.ts'
import { lessonQuantity, startsOf } from './quantity.ts'

/** What the runs of a lesson left behind; plain data. Run r of every world has the same random world. */
export interface LessonRuns {
  readonly quantities: readonly string[]
  readonly shares: readonly boolean[]
  readonly worlds: readonly string[]
  /** Values at tick 0, [worlds][quantities]; NaN where there is none. */
  readonly starts: readonly (readonly number[])[]
  /** Values at the end, [worlds][quantities][runs]; a run that failed in one world is left out of all. */
  readonly values: readonly (readonly number[][])[]
  readonly seed: string
  readonly runs: number
  readonly failed: number
}

/** Runs that grow; the same numbers however they are divided into steps. */
export interface LessonEnsemble {
  /** Adds runs to every world, up to the number planned. @returns runs done */
  advance(count: number): number
  readonly planned: number
  /** A view of what was done so far; it grows with it. */
  readonly result: LessonRuns
}

/**
 * Prepares the runs of every world of a lesson under a seed. Run r is what `run` computes as run r of that world's scenario
 * with a Monte Carlo design and this seed.
 *
 * @param seed - the scenario's when left out
 */
export function createLessonEnsemble(
  lesson: Pick<Lesson, 'document' | 'worlds' | 'base'>,
  seed: string = lesson.base.batch.seed,
): LessonEnsemble {
  const names = quantitiesOf(lesson)
  const planned = lesson.document.runs
  const worlds = lesson.worlds.map(world => createWorldRuns(world, names, planned, seed))
  const values = worlds.map(() => names.map((): number[] => []))
  let done = 0
  let failed = 0
  const result: LessonRuns = {
    quantities: names,
    shares: worlds[0]!.shares,
    worlds: lesson.worlds.map(({ id }) => id),
    starts: worlds.map(({ starts }) => starts),
    values,
    seed,
    get runs() {
      return done - failed
    },
    get failed() {
      return failed
    },
  }
  return {
    planned,
    result,
    advance(count) {
      for (const end = Math.min(planned, done + count); done < end; done++) {
        const rows = worlds.map(world => world.run(done))
        if (rows.some(row => row === undefined)) failed++
        else for (const [w, row] of rows.entries()) for (const [q, value] of row!.entries()) values[w]![q]!.push(value)
      }
      return done
    },
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
