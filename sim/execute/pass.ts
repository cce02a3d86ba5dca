import { MessageChannel } from 'node:worker_threads'
import { Piscina } from 'piscina'
import type { Part } from '../store/part.ts'
import type { Job } from './chunk.ts'
import type { Watch } from './executor.ts'
import { endOfThread } from './thread-end.ts'
import { threadFlags } from './thread-flags.ts'
import type { ThreadOptions } from './threads.ts'
import { watchLanes } from './watchdog.ts'
import { counter, type ThreadTask } from './worker.ts'

/** Parts that may wait to be stored, for each thread. */
const backlogPerThread = 3
/** A thread that dies this often in a row without having taken a chunk is not started again. */
const stillbirths = 3

/** What one pass over chunks came to. */
export interface Pass {
  readonly done: ReadonlySet<number>
  /** Chunks whose thread failed, and how. */
  readonly faults: ReadonlyMap<number, string>
  /** Why threads died that had no chunk. */
  readonly trouble: string | undefined
}

/** Fresh threads. Until they have a task they keep no process alive. */
export function startThreads(threads: number, { workerFile, heapMb }: ThreadOptions): Piscina {
  const pool = new Piscina({
    filename: workerFile.href,
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
    // A thread that waits for its one task must notice that ports close.
    atomics: 'disabled',
    execArgv: threadFlags,
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  })
  // A thread that dies after its task is no loss.
  return pool.on('error', () => undefined)
}

/**
 * Tries each chunk once, on fresh threads that pull chunks from a shared counter: one long task a thread, so that no
 * thread waits for a dispatcher. A chunk that is neither done nor at fault was not reached.
 *
 * @param pool - at least as many fresh threads; ended with the pass
 */
export async function runPass(
  job: Job,
  chunks: readonly number[],
  threads: number,
  { onPart, signal }: Watch,
  options: ThreadOptions,
  pool: Piscina = startThreads(threads, options),
): Promise<Pass> {
  const counters = new SharedArrayBuffer((counter.lanes + threads) * Int32Array.BYTES_PER_ELEMENT)
  const shared = new Int32Array(counters)
  const done = new Set<number>()
  const faults = new Map<number, string>()
  let trouble: string | undefined
  let failure: unknown
  let abandon: NodeJS.Timeout | undefined

  const watchdog = watchLanes(shared.subarray(counter.lanes), options.patienceMs)
  const stop = () => {
    Atomics.store(shared, counter.stop, 1)
    Atomics.notify(shared, counter.pending)
    abandon ??= setTimeout(() => watchdog.endAll('abandoned'), options.abandonMs)
  }
  signal.addEventListener('abort', stop, { once: true })
  const store = async (part: Part) => {
    try {
      if (failure !== undefined) return
      await onPart(part)
      done.add(part.chunk)
    } catch (error) {
      failure ??= error
      stop()
    } finally {
      Atomics.sub(shared, counter.pending, 1)
      Atomics.notify(shared, counter.pending)
    }
  }

  /** Runs one thread to its end. @returns how it failed; undefined when no chunk is left */
  const runThread = async (lane: number): Promise<string | undefined> => {
    const { port1, port2 } = new MessageChannel()
    const stored: Promise<void>[] = []
    port1.on('message', (part: Part) => stored.push(store(part)))
    // Closes after the last part, when the task has ended or its thread has died.
    const closed = new Promise(resolve => port1.on('close', resolve))
    const task: ThreadTask = { job, chunks, counters, lane, backlog: backlogPerThread * threads, port: port2 }
    const controller = watchdog.begin(lane)
    let reason: string | undefined
    try {
      await pool.run(task, { transferList: [port2], signal: controller.signal })
    } catch (error) {
      reason = controller.signal.aborted
        ? String(controller.signal.reason)
        : endOfThread(error as Error, options.heapMb)
    }
    // A task that threw outside its loop leaves its port open.
    const patience = setTimeout(() => port1.close(), 2_000)
    await closed
    clearTimeout(patience)
    await Promise.all(stored)
    return reason
  }

  const runLane = async (lane: number): Promise<void> => {
    for (let born = 0; born < stillbirths; ) {
      const reason = await runThread(lane)
      const place = Atomics.exchange(shared, counter.lanes + lane, 0)
      if (reason === undefined || Atomics.load(shared, counter.stop) !== 0) return
      if (place === 0) {
        trouble = reason
        born++
      } else {
        faults.set(chunks[place - 1]!, reason)
        born = 0
      }
    }
  }

  try {
    if (signal.aborted) stop()
    await Promise.all(Array.from({ length: threads }, (_, lane) => runLane(lane)))
  } finally {
    signal.removeEventListener('abort', stop)
    clearTimeout(abandon)
    watchdog.stop()
    await pool.destroy()
  }
  if (failure !== undefined) throw failure
  return { done, faults, trouble }
}
