import type { LessonExplanation } from '../../../sim/analysis/lesson/explanation.ts'
import type { LessonRuns } from '../../../sim/analysis/lesson/runs.ts'
import type { Trace, TraceRequest } from '../../../sim/model/trace.ts'
import type { Lesson } from '../../../sim/scenario/lesson.ts'
import type { ScenarioDocument } from '../../../sim/scenario/schema.ts'
import type { Crew } from './crew.ts'
import type { ActorSplit } from './driver-parts.ts'
import { createEnsemble, type Ensemble, type GrowingEnsemble } from './ensemble.ts'
import { growLesson, type LessonGrowth, lessonTerms } from './lesson-runs.ts'
import { keptComputers } from './serve.ts'

/**
 * Where ensembles are made. Everything a view needs of the engine goes through here:
 *
 *     const start = laboratory.ensemble(document, seed)
 *     const changed = laboratory.ensemble(withChanges(document, { delivered: 0.9 }), seed)
 *     const done = await laboratory.grow([start, changed], 2000, () => redraw())   // false: another call took over
 *     const moved = compareEnsembles(start, changed)                              // paired, run by run
 *     const why = await laboratory.split(document, seed, 'KAZ', 200)              // exact driver terms
 */
export interface Laboratory {
  /** Most runs of one ensemble on this machine; fewer without workers or with little memory. */
  readonly mostRuns: number
  /** Why there are fewer, as a sentence. */
  readonly limit: string | undefined
  /** The ensemble of a scenario and seed, empty when it is new. The same arguments give the same one while it is kept. */
  ensemble(document: ScenarioDocument, seed: string): Ensemble
  /**
   * Grows ensembles side by side to so many runs, the smaller first, and calls `onGrow` after each block. A later call
   * takes over: blocks nobody waits for are not begun.
   *
   * @returns whether all runs are there; false when another call took over
   * @throws Error when a worker fails
   */
  grow(ensembles: readonly Ensemble[], runs: number, onGrow: () => void): Promise<boolean>
  /** Exact driver terms of the change of an actor over the first runs. Waits for blocks that are under way. */
  split(document: ScenarioDocument, seed: string, actor: string, runs: number): Promise<ActorSplit>
  /** One run, tick by tick, as the command `trace` has it. */
  trace(document: ScenarioDocument, request: TraceRequest): Promise<Trace>
  /** Computes the runs of every world of a lesson and shows how they grow. */
  lesson(lesson: Lesson, seed: string, onGrow: (runs: LessonRuns) => void): LessonGrowth
  /** The exact driver terms a lesson explains, over its first runs. */
  terms(lesson: Lesson, seed: string): Promise<LessonExplanation>
}

/** Ensembles that are kept for going back to them; the one that was used longest ago goes first. */
const keptEnsembles = 6
const firstBlock = 50
const laterBlock = 100

export function createLaboratory(crew: Crew, mostRuns: number): Laboratory {
  const ensembles = new Map<string, GrowingEnsemble>()
  const documents = new WeakMap<ScenarioDocument, number>()
  /** Keys each member has loaded, in the order it keeps them. */
  const loaded: string[][] = Array.from({ length: crew.size }, () => [])
  let wave = 0
  let nextDocument = 0

  function keyOf(document: ScenarioDocument, seed: string): string {
    const number = documents.get(document) ?? ++nextDocument
    documents.set(document, number)
    return `${number} ${seed}`
  }

  function ensemble(document: ScenarioDocument, seed: string): GrowingEnsemble {
    const key = keyOf(document, seed)
    const one = ensembles.get(key) ?? createEnsemble(key, document, seed, mostRuns)
    ensembles.delete(key)
    ensembles.set(key, one)
    const oldest = ensembles.keys().next().value
    if (ensembles.size > keptEnsembles && oldest !== undefined) ensembles.delete(oldest)
    return one
  }

  async function work(member: number, own: number, list: readonly GrowingEnsemble[], runs: number, onGrow: () => void) {
    while (own === wave) {
      const one = list.reduce((a, b) => (b.asked < a.asked ? b : a))
      if (one.asked >= runs) return
      const first = one.asked
      const count = Math.min(runs - first, first < laterBlock ? firstBlock : laterBlock)
      one.asked = first + count
      const block = compute(member, one, first, count)
      one.underway.add(block)
      try {
        await block
      } catch (error) {
        // What was asked for will not come; the ensemble is made anew when it is asked for again.
        ensembles.delete(one.key)
        throw error
      } finally {
        one.underway.delete(block)
      }
      if (own === wave) onGrow()
    }
  }

  async function compute(member: number, one: GrowingEnsemble, first: number, count: number): Promise<void> {
    await load(member, one)
    one.add(await crew.ask(member, { kind: 'block', key: one.key, first, count }))
  }

  async function load(member: number, { key, document, seed }: GrowingEnsemble): Promise<void> {
    const keys = loaded[member]!
    if (keys.includes(key)) return
    keys.push(key)
    if (keys.length > keptComputers) keys.shift()
    await crew.ask(member, { kind: 'load', key, document, seed })
  }

  return {
    mostRuns,
    limit: crew.limit,
    ensemble,
    async grow(wanted, runs, onGrow) {
      const own = ++wave
      const list = wanted.map(one => ensemble(one.document, one.seed))
      const target = Math.min(runs, mostRuns)
      await Promise.all(loaded.map((_, member) => work(member, own, list, target, onGrow)))
      // Blocks that an earlier call began may still be on their way.
      await Promise.all(list.flatMap(({ underway }) => [...underway]))
      if (own === wave) onGrow()
      return own === wave && list.every(one => one.runs >= target)
    },
    split: (document, seed, actor, runs) => crew.ask(crew.size - 1, { kind: 'split', document, seed, actor, runs }),
    trace: (document, request) => crew.ask(0, { kind: 'trace', document, request }),
    lesson: (lesson, seed, onGrow) => growLesson(crew, lesson, seed, mostRuns, onGrow),
    terms: (lesson, seed) => lessonTerms(crew, lesson, seed),
  }
}
