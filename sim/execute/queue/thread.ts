import { createModel } from '../../model/model.ts'
import { createSimulator } from '../../model/simulate.ts'
import { compileScenario } from '../../scenario/compile.ts'
import type { Batch } from '../../store/batch.ts'
import { partProblem } from '../../store/check-part.ts'
import { rowLayout } from '../../store/columns.ts'
import type { Part } from '../../store/part.ts'
import { tallyLayout } from '../../store/tallies.ts'
import { type ChunkComputer, createChunkComputer, type Job } from '../chunk.ts'
import { decodeFrame, encodeFrame } from './frame.ts'
import { Refusal, type Task } from './message.ts'

/** What a thread is given: a task with its job text, and to check a part its frame. */
export interface ThreadWork {
  readonly task: Task
  /** The job text, shared by all threads. */
  readonly text: SharedArrayBuffer
  /** A part to be checked instead of made. */
  readonly frame?: Uint8Array
  /** Whether the part is also made again, and must be the same bytes. */
  readonly audit?: boolean
}

/** Jobs a thread keeps ready: a few batches take turns. */
const most = 4
const ready = new Map<
  string,
  { readonly compute: ChunkComputer; readonly layouts: Pick<Batch, 'layout' | 'tallies'> }
>()

/** Makes the part of a task, as a frame; or checks one and gives the part, or says as a text what is wrong with it. */
export default async function work({ task, text, frame, audit }: ThreadWork): Promise<Uint8Array | Part | string> {
  const { compute, layouts } = prepared(task.job, text)
  if (!frame) return encodeFrame(compute(task.chunk), task)
  try {
    const part = decodeFrame(frame, task)
    const problem = partProblem(layouts, part, part.rows, part.tallies)
    if (problem) return problem
    return audit && !same(part, compute(task.chunk)) ? 'made again here, it has other numbers' : part
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}

function prepared(hash: string, text: SharedArrayBuffer) {
  let found = ready.get(hash)
  if (!found) {
    const job = JSON.parse(Buffer.from(new Uint8Array(text)).toString('utf8')) as Job
    const scenario = compileScenario(job.document)
    const { ticks } = createSimulator(createModel(scenario))
    const layouts = { layout: rowLayout(scenario), tallies: tallyLayout(scenario, ticks) }
    found = { compute: createChunkComputer(job), layouts }
  }
  // The latest last, so that the first is the one not used for longest.
  ready.delete(hash)
  ready.set(hash, found)
  if (ready.size > most) ready.delete(ready.keys().next().value!)
  return found
}

function same(a: Part, b: Part): boolean {
  return a.blocks.join() === b.blocks.join() && Buffer.compare(a.tallies, b.tallies) === 0
}
