/**
 * A thread that fails on purpose. The variable PLANTED says how: `hold` waits at the chunk (or at any) until the file
 * `go` exists, and leaves the file `held` when it begins to; `throw` and `exit` do so each time.
 */
import { existsSync, writeFileSync } from 'node:fs'
import work from '../../dist/sim/execute/queue/thread.js'

const { fault, chunk, held, go } = JSON.parse(process.env.PLANTED)

const faults = {
  hold(number) {
    if (existsSync(go)) return
    writeFileSync(held, String(number))
    while (!existsSync(go)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
  },
  throw() {
    throw new RangeError('planted')
  },
  exit: () => process.exit(3),
}

export default function planted(given) {
  const { chunk: number } = given.task
  if (!given.frame && (chunk === 'any' || chunk === number)) faults[fault](number)
  return work(given)
}
