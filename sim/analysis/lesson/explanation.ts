import { keyOfSeed } from '../../core/seed.ts'
import { createSampler } from '../../design/sample.ts'
import { driverNames } from '../../model/attribution.ts'
import { createModel } from '../../model/model.ts'
import { createShareSplitter } from '../../model/share-split.ts'
import { createSimulator } from '../../model/simulate.ts'
import { compileScenario } from '../../scenario/compile.ts'
import type { Lesson, LessonWorld } from '../../scenario/lesson.ts'
import { meanOf } from '../hypothesis-figures.ts'
import type { Estimate } from '../resampling.ts'

/** Runs whose terms are kept: enough for the signs, few enough to wait for. */
const explainedRuns = 200

/** A term of the model and its part of a change, mean over runs with its 95 % interval. */
interface TermPart extends Estimate {
  readonly term: string
}

/** Where a measure of an actor was, where it went, and the terms in between; they add up without a remainder. */
interface Waterfall {
  readonly actor: string
  /** Mean in the world compared with (or at the start), and in the world explained. */
  readonly from: number
  readonly to: number
  readonly parts: readonly TermPart[]
}

/** The exact terms behind a lesson; plain data. */
export interface LessonExplanation {
  readonly runs: number
  readonly waterfalls: readonly Waterfall[]
}

/**
 * Splits the change a lesson explains over its first runs: for every actor of its list, the parts of each term in the world
 * explained, less those in the world it is compared with. Terms are those the engine itself uses.
 *
 * @param runs - at most this many; `explainedRuns` unless given
 */
export function explainLesson({ document, worlds }: Lesson, seed: string, runs = explainedRuns): LessonExplanation {
  const { explain } = document
  const world = (id: string) => worlds.find(one => one.id === id)!
  const splitsOf = (id: string) => createSplits(world(id), explain.measure, explain.actors, document.runs, seed)
  const here = splitsOf(explain.world)
  const there = explain.against === 'start' ? undefined : splitsOf(explain.against)
  const R = here.rows.length
  /** Differences of parts, then the two ends, [actors][rows][runs]. */
  const kept = explain.actors.map(() => [...here.rows, 'from', 'to'].map((): number[] => []))
  for (let run = 0; run < Math.min(document.runs, runs); run++) {
    const a = here.split(run)
    const b = there?.split(run)
    if (!a || (there && !b)) continue
    for (const [n, rows] of kept.entries()) {
      for (let r = 0; r < R; r++) rows[r]!.push(a[n]!.parts[r]! - (b ? b[n]!.parts[r]! : 0))
      rows[R]!.push(b ? b[n]!.end : a[n]!.start)
      rows[R + 1]!.push(a[n]!.end)
    }
  }
  return {
    runs: kept[0]![0]!.length,
    waterfalls: explain.actors.map((actor, n) => {
      const rows = kept[n]!
      return {
        actor,
        from: meanOf(rows[R]!).value,
        to: meanOf(rows[R + 1]!).value,
        parts: here.rows.map((term, r) => {
          const { value, halfWidth = 0 } = meanOf(rows[r]!)
          return { term, value, lower: value - halfWidth, upper: value + halfWidth }
        }),
      }
    }),
  }
}

function createSplits(
  { document }: LessonWorld,
  measure: string,
  actors: readonly string[],
  runs: number,
  seed: string,
) {
  const scenario = compileScenario(document)
  const model = createModel(scenario)
  const simulator = createSimulator(model)
  const { S, D, P } = scenario.sizes
  const splitter = createShareSplitter(model, tick => tick === simulator.ticks)
  const sampler = createSampler(scenario, { design: 'monte-carlo', runs, seed })
  const parameters = scenario.parameters.slice()
  const key = keyOfSeed(seed)
  const d = scenario.domains.indexOf(measure)
  const rows = d === -1 ? splitter.rows : driverNames
  const [id, op] = { ID: [1, 0], OP: [0, 1], gap: [1, -1] }[measure] ?? [0, 0]
  const R = splitter.rows.length
  return {
    rows,
    /** Parts of each actor's change in a run, with both its ends; undefined when the run failed. */
    split(run: number) {
      sampler.point(run, parameters)
      const result = simulator.simulate(key, sampler.world(run), parameters, splitter.onlooker)
      const split = splitter.splits[0]
      if (result.failure || !split) return undefined
      return actors.map(actor => {
        const i = scenario.actors.indexOf(actor)
        if (d !== -1) {
          const cell = (i * D + d) * P
          const first = (i * D + d) * driverNames.length
          return {
            start: scenario.alignment0[cell]!,
            end: result.world.alignment[cell]!,
            parts: Array.from(split.domains.subarray(first, first + driverNames.length)),
          }
        }
        const at = (tick: number) => id! * result.institutional[tick * S + i]! + op! * result.operational[tick * S + i]!
        return {
          start: at(0),
          end: at(simulator.ticks),
          parts: Array.from(
            { length: R },
            (_, r) => id! * split.institutional[i * R + r]! + op! * split.operational[i * R + r]!,
          ),
        }
      })
    },
  }
}
