/**
 * What a queue costs beside the local pool, on a Redis of its own; part of `npm run bench`, or alone with
 * `node test/bench/queue.js` after a build. Processor time is what the figures for large numbers of workers rest on,
 * since it does not depend on what else the machine does.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Redis } from 'ioredis'
import { addressOf } from '../../dist/sim/execute/queue/address.js'
import { queueExecutor } from '../../dist/sim/execute/queue/coordinator.js'
import { threadExecutor } from '../../dist/sim/execute/threads.js'
import { advanceBatch } from '../../dist/sim/experiment.js'
import { loadScenarioFile } from '../../dist/sim/scenario-files.js'
import { engineVersion, modelVersion } from '../../dist/sim/version.js'

const show = (name, text) => console.log(`${name.padEnd(46)} ${text}`)
const program = ['redis-server', 'valkey-server'].find(name => spawnSync(name, ['--version']).status === 0)
if (program) await bench()
else show('queue', 'skipped: needs redis-server or valkey-server')

async function bench() {
  const folder = mkdtempSync(join(tmpdir(), 'multivector-bench-'))
  const port = await freePort()
  const own = ['--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'yes', '--appendfsync', 'everysec']
  const server = spawn(program, ['--port', String(port), ...own], { stdio: 'ignore' })
  const address = `redis://127.0.0.1:${port}`
  const redis = new Redis({ port })
  redis.on('error', () => undefined)
  const workers = []
  const { id, document } = await loadScenarioFile('scenarios/cis-plus-2030.yaml')
  let number = 0
  const figure = async name => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(await redis.info())[1])
  const serverCpu = async () => (await figure('used_cpu_sys')) + (await figure('used_cpu_user'))

  /** Fills a batch; workers are warm. */
  async function fill(executor, runs, partRuns) {
    const directory = join(folder, `b${number++}`)
    const cpu = process.cpuUsage()
    const before = await serverCpu()
    const began = performance.now()
    await advanceBatch({ id, document, directory, executor, runs, partRuns, seed: `s${number}` }, async () => undefined)
    const seconds = (performance.now() - began) / 1000
    const { user, system } = process.cpuUsage(cpu)
    rmSync(directory, { recursive: true })
    const parts = runs / partRuns
    return {
      seconds,
      parts,
      rate: runs / seconds,
      coordinatorMs: (user + system) / 1000 / parts,
      serverMs: (1000 * ((await serverCpu()) - before)) / parts,
    }
  }

  let bytes = 0
  const onEvent = event => {
    if (event.event === 'stored') bytes = event.bytes
  }
  const versions = { engine: engineVersion, model: modelVersion }
  const queue = () =>
    queueExecutor({ ...versions, id, address: addressOf(address, {}), patienceMs: 60_000, audit: 0, onEvent })
  async function addWorker() {
    const args = [resolve('dist/command/main.js'), 'worker', '--queue', address, '--threads', '1', '--quiet']
    workers.push(spawn(process.execPath, args, { stdio: 'ignore' }))
    while ((await redis.hlen('multivector:workers')) < workers.length) await new Promise(wake => setTimeout(wake, 50))
    await fill(queue(), 400 * workers.length, 200)
  }

  const small = { runs: 8_000, partRuns: 200 }
  await fill(threadExecutor(1), 2_000, 200)
  const local = await fill(threadExecutor(1), small.runs, small.partRuns)
  await addWorker()
  const one = await fill(queue(), small.runs, small.partRuns)
  const smallBytes = bytes
  show(
    'queue: overhead of a chunk, 1 thread each',
    `${((1000 * (one.seconds - local.seconds)) / one.parts).toFixed(1)} ms beyond the local pool (${((1000 * local.seconds) / local.parts).toFixed(0)} ms a chunk of ${small.partRuns} runs)`,
  )
  const large = { runs: 16_000, partRuns: 2_000 }
  for (const count of [1, 2, 4]) {
    while (workers.length < count) await addWorker()
    const { rate, coordinatorMs, serverMs } = await fill(queue(), large.runs, large.partRuns)
    show(
      `queue: ${count} worker processes of 1 thread`,
      `${Math.round(rate)} runs/s; processor time a part: coordinator ${coordinatorMs.toFixed(0)} ms, server ${serverMs.toFixed(1)} ms`,
    )
  }
  show(
    'local pool, 2 threads',
    `${Math.round((await fill(threadExecutor(2), large.runs, large.partRuns)).rate)} runs/s`,
  )
  show(
    'a part on its way',
    `${Math.round(smallBytes / 1000)} kB of ${small.partRuns} runs, ${(bytes / 1e6).toFixed(2)} MB of ${large.partRuns}`,
  )
  show('server: memory at most', `${((await figure('used_memory_peak')) / 1e6).toFixed(0)} MB`)
  for (const worker of workers) worker.kill('SIGKILL')
  redis.disconnect()
  server.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
}

function freePort() {
  return new Promise(done => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => done(port))
    })
  })
}
