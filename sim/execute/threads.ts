import { MessageChannel } from 'node:worker_threads'
import { Piscina } from 'piscina'
import type { Part } from '../store/part.ts'
import type { Executor } from './executor.ts'
import { counter, type ThreadTask } from './worker.ts'

/** Runs the compiled worker also when this file is run from source, as tests do. */
const workerFile = new URL(import.meta.url.replace(/\/sim\/execute\/threads\.ts$/, '/dist/sim/execute/threads.js'))

/** Parts that may wait to be stored, for each thread. */
const backlogPerThread = 3

/**
 * Computes on worker threads that pull chunks from a shared counter: one long task a thread, so that no thread waits for
 * a dispatcher.
 *
 * @param threads - at least 1
 */
export function threadExecutor(threads: number): Executor {
  return {
    name: threads === 1 ? '1 thread' : `${threads} threads`,
    async execute(job, chunks, { onPart, signal }) {
      const counters = new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT)
      const shared = new Int32Array(counters)
      const stop = () => {
        Atomics.store(shared, counter.stop, 1)
        Atomics.notify(shared, counter.pending)
      }
      if (signal.aborted) return
      signal.addEventListener('abort', stop, { once: true })
      const pool = new Piscina({
        filename: new URL('worker.js', workerFile).href,
        minThreads: threads,
        maxThreads: threads,
        concurrentTasksPerWorker: 1,
      })
      let failure: unknown
      const store = async (part: Part) => {
        try {
          if (failure === undefined) await onPart(part)
        } catch (error) {
          failure = error
          stop()
        } finally {
          Atomics.sub(shared, counter.pending, 1)
          Atomics.notify(shared, counter.pending)
        }
      }
      try {
        await Promise.all(
          Array.from({ length: threads }, async () => {
            const { port1, port2 } = new MessageChannel()
            const stored: Promise<void>[] = []
            const ended = new Promise<void>(resolve => {
              port1.on('message', (part: Part | undefined) => {
                if (part) stored.push(store(part))
                else resolve()
              })
            })
            const task: ThreadTask = { job, chunks, counters, backlog: backlogPerThread * threads, port: port2 }
            try {
              await pool.run(task, { transferList: [port2] })
              await ended
              await Promise.all(stored)
            } catch (error) {
              stop()
              throw error
            } finally {
              port1.close()
            }
          }),
        )
      } finally {
        signal.removeEventListener('abort', stop)
        await pool.destroy()
      }
      if (failure !== undefined) throw failure
    },
  }
}
