/**
 * A worker that fails on purpose. The variable PLANTED says how: `fault` is what it does at the chunk `chunk`, the first
 * `times` times; `marks` is a directory in which it remembers what it did, since a thread that ends forgets.
 */
import { readdirSync, writeFileSync } from 'node:fs'
import { createChunkComputer } from '../../dist/sim/execute/chunk.js'
import { workWith } from '../../dist/sim/execute/worker.js'

const { fault, chunk, times, marks } = JSON.parse(process.env.PLANTED)

const faults = {
  exit: () => process.exit(3),
  throw: () => {
    throw new RangeError('planted')
  },
  reject: () => {
    Promise.reject(new Error('planted, and nobody waits for it'))
    hold()
  },
  hang: () => {
    for (;;) hold()
  },
  memory: () => {
    const kept = []
    // Large pieces: the heap is full before the collector has been busy for long.
    for (;;) kept.push(new Array(100_000).fill(kept.length + 0.5))
  },
}

/** Gives the event loop no turn for ever, but no heat either. */
function hold() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000)
}

export default function work(task) {
  if (chunk === 'start') strike('start')
  workWith(task, job => {
    const compute = createChunkComputer(job)
    return number => {
      if (chunk === 'all' || number === Number(chunk)) strike(number)
      return compute(number)
    }
  })
}

function strike(place) {
  const before = readdirSync(marks).filter(name => name.startsWith(`${place}-`)).length
  if (before >= Number(times)) return
  writeFileSync(`${marks}/${place}-${before}`, '')
  faults[fault]()
}
