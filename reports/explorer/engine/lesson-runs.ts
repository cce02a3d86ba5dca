import type { LessonExplanation } from '../../../sim/analysis/lesson/explanation.ts'
import { joinBlocks, type LessonBlock, type LessonRuns } from '../../../sim/analysis/lesson/runs.ts'
import type { Lesson } from '../../../sim/scenario/lesson.ts'
import type { Crew } from './crew.ts'

/** Runs of a lesson on their way. */
export interface LessonGrowth {
  /** Runs of each world that will be there in the end. */
  readonly planned: number
  /** True when all are there; false when it was stopped. Rejects when a worker fails. */
  readonly done: Promise<boolean>
  stop(): void
}

const firstBlock = 30
const laterBlock = 40

/**
 * Computes the runs of a lesson block by block on every member of the crew. What is reported are the first runs without
 * gaps, so that the numbers are those the command line gives for as many.
 */
export function growLesson(
  crew: Crew,
  lesson: Lesson,
  seed: string,
  mostRuns: number,
  onGrow: (runs: LessonRuns) => void,
): LessonGrowth {
  const planned = Math.min(lesson.document.runs, mostRuns)
  const blocks = new Map<number, LessonBlock>()
  const ready: LessonBlock[] = []
  let next = 0
  let stopped = false

  async function work(member: number): Promise<void> {
    while (!stopped && next < planned) {
      const first = next
      const count = Math.min(planned - first, first === 0 ? firstBlock : laterBlock)
      next += count
      blocks.set(first, await crew.ask(member, { kind: 'lesson', lesson, seed, first, count }))
      if (stopped) return
      const before = ready.length
      for (;;) {
        const last = ready.at(-1)
        const block = blocks.get(last ? last.first + last.count : 0)
        if (!block) break
        ready.push(block)
      }
      if (ready.length > before) onGrow(joinBlocks(lesson, seed, ready))
    }
  }

  return {
    planned,
    done: Promise.all(Array.from({ length: crew.size }, (_, member) => work(member))).then(() => !stopped),
    stop() {
      stopped = true
    },
  }
}

/** The exact terms behind a lesson. */
export function lessonTerms(crew: Crew, lesson: Lesson, seed: string): Promise<LessonExplanation> {
  return crew.ask(crew.size - 1, { kind: 'terms', lesson, seed })
}
