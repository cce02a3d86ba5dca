import { Piscina } from 'piscina'
import { threadFlags } from './thread-flags.ts'

/**
 * Runs one task on a thread of its own, while the caller goes on.
 *
 * @param file - a module whose default export does the task
 * @param task - plain data, as what it gives
 */
export async function onThread<T>(file: URL, task: object): Promise<T> {
  const pool = new Piscina({
    filename: file.href,
    minThreads: 1,
    maxThreads: 1,
    atomics: 'disabled',
    execArgv: threadFlags,
  })
  try {
    return (await pool.run(task)) as T
  } finally {
    await pool.destroy()
  }
}
