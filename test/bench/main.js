/**
 * Speed and memory of the engine and of whole commands. Run it with `npm run bench`; `npm run bench -- --long` also runs
 * a million runs. Figures are medians; a kernel of plain arithmetic is timed beside the engine, since machines drift.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { keyOf } from '../../dist/sim/core/random.js'
import { createAttribution } from '../../dist/sim/model/attribution.js'
import { createModel } from '../../dist/sim/model/model.js'
import { createSimulator } from '../../dist/sim/model/simulate.js'
import { compileScenario } from '../../dist/sim/scenario/compile.js'
import { loadScenarioFile } from '../../dist/sim/scenario-files.js'
import { Commands, takeTurns, Work } from './turns.js'

const long = process.argv.includes('--long')
const folder = mkdtempSync(join(tmpdir(), 'multivector-bench-'))
const median = values => [...values].sort((a, b) => a - b)[values.length >> 1]
const show = (name, text) => console.log(`${name.padEnd(46)} ${text}`)

show('machine', `${cpus()[0].model.trim()}, ${availableParallelism()} processors, Node ${process.version}`)

// ------------------------------------------------------------------------------------- the engine beside a kernel

/** 660 cells of the arithmetic a tick does to each: a driver sum, an exponential, a normalisation by sixes. */
function kernel(cells, next) {
  for (let row = 0; row < cells.length; row += 6) {
    let sum = 0
    for (let n = row; n < row + 6; n++) {
      const mass = cells[n] * Math.exp(0.1 * (0.3 * (0.16 - cells[n]) - 0.01))
      next[n] = mass
      sum += mass
    }
    for (let n = row; n < row + 6; n++) next[n] /= sum
  }
}

function kernelRate() {
  let cells = new Float64Array(660).fill(1 / 6)
  let next = new Float64Array(660)
  const began = performance.now()
  for (let tick = 0; tick < 40_000; tick++) {
    kernel(cells, next)
    ;[cells, next] = [next, cells]
  }
  return 2_000_000 / (performance.now() - began)
}

const { document } = await loadScenarioFile('scenarios/baseline.yaml')
const scenario = compileScenario(document)
const simulator = createSimulator(createModel(scenario))
const key = keyOf(1)
function engineRate(runs) {
  const began = performance.now()
  for (let run = 0; run < runs; run++) simulator.simulate(key, run, scenario.parameters)
  return (1000 * runs) / (performance.now() - began)
}
engineRate(1000)
kernelRate()
const pairs = Array.from({ length: 9 }, () => [engineRate(1500), kernelRate()])
const engine = median(pairs.map(pair => pair[0]))
show(
  'engine, one core, baseline',
  `${Math.round(engine)} runs/s (best ${Math.round(Math.max(...pairs.map(pair => pair[0])))})`,
)
show('kernel in the same process', `${Math.round(median(pairs.map(pair => pair[1])))} kernel runs/s of 20 × 660 cells`)
show('engine / kernel', median(pairs.map(([a, b]) => a / b)).toFixed(3))

const boom = compileScenario((await loadScenarioFile('scenarios/corridor-boom.yaml')).document)
const other = createSimulator(createModel(boom))
function otherRate(runs) {
  const began = performance.now()
  for (let run = 0; run < runs; run++) other.simulate(key, run, boom.parameters)
  return (1000 * runs) / (performance.now() - began)
}
otherRate(500)
const others = Array.from({ length: 9 }, () => engineRate(1000) / otherRate(1000))
show(
  'a second scenario in the same process',
  `${median(others).toFixed(2)} times the time of a run, its events included`,
)

// ------------------------------------------------------------------------------------------------- whole commands

const main = resolve('dist/command/main.js')
let number = 0
function command(args) {
  const out = join(folder, `b${number++}`)
  const began = performance.now()
  const { stdout, stderr, status } = spawnSync(
    '/usr/bin/env',
    ['time', '-f', '%M', process.execPath, main, 'run', ...args, '--out', out, '--json'],
    { encoding: 'utf8' },
  )
  const seconds = (performance.now() - began) / 1000
  if (status !== 0) throw new Error(stderr)
  rmSync(out, { recursive: true })
  return { seconds, peakMb: Number(stderr.trim().split('\n').at(-1)) / 1024, document: JSON.parse(stdout) }
}
const hasTime = spawnSync('/usr/bin/env', ['time', '-f', '%M', 'true']).status === 0
if (!hasTime) show('whole commands', 'skipped: needs GNU time (Debian package time)')
else {
  const baseline = 'scenarios/baseline.yaml'
  const cisPlus = 'scenarios/cis-plus-2030.yaml'
  const mainScenario = compileScenario((await loadScenarioFile(cisPlus)).document)
  const eventful = createSimulator(createModel(mainScenario))
  let next = 0
  /** A few runs of a simulator, one after the other. */
  const some = (of, { parameters }) => {
    for (let n = 0; n < 50; n++) of.simulate(key, next++, parameters)
    return 50
  }
  const runs = 40_000
  let batch = 0
  const run = (scenario, workers, asked = runs) => [
    main,
    'run',
    scenario,
    ...['--runs', String(asked), '--workers', String(workers), '--no-report', '--out', join(folder, `t${batch++}`)],
  ]
  const rounds = []
  for (let round = 0; round < 3; round++) {
    const engine = new Work(() => some(simulator, scenario))
    const engineWithEvents = new Work(() => some(eventful, mainScenario))
    const one = new Commands(run(baseline, 1))
    // Two of them take about as long as one with half the workers.
    const two = new Commands(run(baseline, 2), run(baseline, 2))
    const sampled = new Commands(run(cisPlus, 1))
    await takeTurns([engine, engineWithEvents], [one, two, sampled])
    rounds.push({
      '40,000 runs, baseline, 1 worker, s': one.seconds,
      "  of the engine's rate": runs / one.seconds / engine.rate,
      '40,000 runs, baseline, 2 workers, s': two.seconds / 2,
      '  times one worker': (2 * one.seconds) / two.seconds,
      '40,000 runs, main scenario, 1 worker, s': sampled.seconds,
      "  of the engine's rate with the same events": runs / sampled.seconds / engineWithEvents.rate,
      "  of the engine's rate at the baseline": runs / sampled.seconds / engine.rate,
    })
  }
  for (const name of Object.keys(rounds[0])) {
    const values = rounds.map(round => round[name])
    const [least, most] = [Math.min(...values), Math.max(...values)]
    show(name, `${median(values).toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)})`)
  }
  const many = 100_000
  const oneForMany = new Commands(run(baseline, 1, many))
  const twoForMany = new Commands(run(baseline, 2, many), run(baseline, 2, many))
  await takeTurns([], [oneForMany, twoForMany])
  show(
    '100,000 runs, baseline, 2 workers',
    `${(twoForMany.seconds / 2).toFixed(1)} s, ${((2 * oneForMany.seconds) / twoForMany.seconds).toFixed(2)} times one worker`,
  )
  const few = command([cisPlus, '--runs', '100'])
  const bare = command([cisPlus, '--runs', '100', '--no-report'])
  show(
    'command and report with hardly any runs',
    `${few.seconds.toFixed(2)} s, of it the report ${(few.seconds - bare.seconds).toFixed(2)} s`,
  )
  const whole = command([cisPlus, '--runs', '10000'])
  show('main job: 10,000 runs, 2 workers, report', `${whole.seconds.toFixed(2)} s, peak ${Math.round(whole.peakMb)} MB`)
  show(
    '100,000 runs, 2 workers',
    (({ seconds, peakMb }) => `${seconds.toFixed(1)} s, peak ${Math.round(peakMb)} MB`)(
      command([cisPlus, '--runs', '100000', '--workers', '2']),
    ),
  )
  if (long)
    show(
      '1,000,000 runs, 2 workers',
      (({ seconds, peakMb }) => `${seconds.toFixed(1)} s, peak ${Math.round(peakMb)} MB`)(
        command([cisPlus, '--runs', '1000000', '--workers', '2']),
      ),
    )
}
rmSync(folder, { recursive: true })

// ---------------------------------------------------------------- last, since an onlooker slows what this process runs after it

const attribution = createAttribution(simulator.model)
function tracedRate(runs) {
  const began = performance.now()
  for (let run = 0; run < runs; run++) simulator.simulate(key, run, scenario.parameters, attribution.onlooker)
  return (1000 * runs) / (performance.now() - began)
}
tracedRate(100)
const traced = Array.from({ length: 5 }, () => tracedRate(200))
show(
  'engine with every driver term kept (explain)',
  `${Math.round(median(traced))} runs/s; without an onlooker the engine is the one above`,
)
