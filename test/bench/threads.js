/**
 * How many times as many parts two threads make as one, in turns of a second, so that a machine that drifts slows both
 * alike: prints the ratio of each round as JSON. `node threads.js <rounds>`
 */
import { setTimeout as pause } from 'node:timers/promises'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { createChunkComputer } from '../../dist/sim/execute/chunk.js'
import { loadScenarioFile } from '../../dist/sim/scenario-files.js'

const chunkRuns = 100

/** Makes parts and posts them while the bit of its lane is set. */
async function thread({ lane, active, runs }) {
  const { document } = await loadScenarioFile('scenarios/baseline.yaml')
  const compute = createChunkComputer({ document, plan: { design: 'monte-carlo', runs: 1e6, seed: '1', chunkRuns } })
  for (let chunk = 0; ; ) {
    const lanes = Atomics.load(active, 0)
    if ((lanes & (1 << lane)) === 0) Atomics.wait(active, 0, lanes)
    else {
      parentPort.postMessage(compute(chunk++))
      Atomics.add(runs, lane, chunkRuns)
    }
  }
}

async function turns(rounds) {
  const active = new Int32Array(new SharedArrayBuffer(4))
  const runs = new Int32Array(new SharedArrayBuffer(8))
  for (const lane of [0, 1])
    new Worker(new URL(import.meta.url), { workerData: { lane, active, runs } }).on('message', () => undefined)
  /** Runs a second of the threads whose bits are set, after the first tenth of a second. */
  const rate = async lanes => {
    Atomics.store(active, 0, lanes)
    Atomics.notify(active, 0)
    await pause(100)
    const [before, began] = [runs[0] + runs[1], performance.now()]
    await pause(1000)
    return (runs[0] + runs[1] - before) / (performance.now() - began)
  }
  await rate(3)
  await pause(4000)
  const ratios = []
  for (let round = 0; round < rounds; round++) {
    const one = await rate(1)
    const two = (await rate(3)) + (await rate(3))
    ratios.push(two / (one + (await rate(2))))
  }
  return ratios
}

if (isMainThread) {
  console.log(JSON.stringify(await turns(Number(process.argv[2]))))
  process.exit()
} else await thread(workerData)
