import { expect, test } from 'vitest'
import { startThreads } from '../../sim/execute/pass.ts'

// Node aborts when a thread is ended while it requires a module that it could import.
test('threads import their module, so that they can be ended while they load', async () => {
  const workerFile = new URL('how-loaded.js', import.meta.url)
  const pool = startThreads(1, { workerFile, patienceMs: 1000, abandonMs: 1000, heapMb: 64 })
  const how = (await pool.run({})) as string
  await pool.destroy()
  expect(how).toContain('how-loaded.js')
  expect(how).not.toMatch(/require|cjs/i)
})
