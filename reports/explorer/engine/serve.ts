import { explainLesson, type LessonExplanation } from '../../../sim/analysis/lesson/explanation.ts'
import { createLessonComputer, type LessonBlock } from '../../../sim/analysis/lesson/runs.ts'
import { type Trace, type TraceRequest, traceRun } from '../../../sim/model/trace.ts'
import type { Lesson } from '../../../sim/scenario/lesson.ts'
import type { ScenarioDocument } from '../../../sim/scenario/schema.ts'
import { type Block, createBlockComputer } from './block.ts'
import { type ActorSplit, splitByDriver } from './driver-parts.ts'

/** What the page asks of the engine; plain data. `key` names an ensemble, whose document is sent once. */
export type Question =
  | { readonly kind: 'hello' }
  | { readonly kind: 'load'; readonly key: string; readonly document: ScenarioDocument; readonly seed: string }
  | { readonly kind: 'block'; readonly key: string; readonly first: number; readonly count: number }
  | {
      readonly kind: 'split'
      readonly document: ScenarioDocument
      readonly seed: string
      readonly actor: string
      readonly runs: number
    }
  | { readonly kind: 'trace'; readonly document: ScenarioDocument; readonly request: TraceRequest }
  | {
      readonly kind: 'lesson'
      readonly lesson: Lesson
      readonly seed: string
      readonly first: number
      readonly count: number
    }
  | { readonly kind: 'terms'; readonly lesson: Lesson; readonly seed: string }

/** What comes back for each kind of question. */
export interface Answers {
  readonly hello: true
  readonly load: true
  readonly block: Block
  readonly split: ActorSplit
  readonly trace: Trace
  readonly lesson: LessonBlock
  readonly terms: LessonExplanation
}

/** A question on its way to a worker, and what the worker sends back. */
type Asked = Question & { readonly id: number }
export type Answered =
  | { readonly id: number; readonly answer: Answers[keyof Answers] }
  | { readonly id: number; readonly error: string }

/** Ensembles a server keeps ready; the one that was loaded first goes first. */
export const keptComputers = 6

/** Answers questions, on whichever thread it runs. */
export function createServer(): (question: Question) => Answers[keyof Answers] {
  const computers = new Map<string, ReturnType<typeof createBlockComputer>>()
  let lessons: { readonly key: string; readonly compute: ReturnType<typeof createLessonComputer> } | undefined
  return question => {
    switch (question.kind) {
      case 'hello':
        return true
      case 'load': {
        computers.delete(question.key)
        computers.set(question.key, createBlockComputer(question.document, question.seed))
        const oldest = computers.keys().next().value
        if (computers.size > keptComputers && oldest !== undefined) computers.delete(oldest)
        return true
      }
      case 'block': {
        const computer = computers.get(question.key)
        if (!computer) throw new RangeError(`block: expected an ensemble that was loaded, got ${question.key}`)
        return computer(question.first, question.count)
      }
      case 'split':
        return splitByDriver(question.document, question.seed, question.actor, question.runs)
      case 'trace':
        return traceRun(question.document, question.request)
      case 'lesson': {
        const key = JSON.stringify([question.seed, question.lesson])
        if (lessons?.key !== key) lessons = { key, compute: createLessonComputer(question.lesson, question.seed) }
        return lessons.compute(question.first, question.count)
      }
      case 'terms':
        return explainLesson(question.lesson, question.seed)
    }
  }
}

/** Buffers that move instead of being copied. */
function buffersOf(answer: Answers[keyof Answers]): Transferable[] {
  if (answer === true || !('numbers' in answer)) return []
  return [answer.numbers, answer.outcome, answer.ambiguous, answer.actorOutcome, answer.tier].map(
    ({ buffer }) => buffer as ArrayBuffer,
  )
}

/** Serves the page from inside a worker: one answer a question, in order. */
export function serveFromWorker(): void {
  const serve = createServer()
  addEventListener('message', ({ data }: MessageEvent<Asked>) => {
    let answered: Answered
    try {
      answered = { id: data.id, answer: serve(data) }
    } catch (error) {
      answered = { id: data.id, error: error instanceof Error ? error.message : String(error) }
    }
    postMessage(answered, { transfer: 'answer' in answered ? buffersOf(answered.answer) : [] })
  })
}
