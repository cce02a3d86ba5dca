/**
 * Loads documents of a seed one after the other, and computes two runs of those that are valid:
 * `node load-documents.js <seed> <first> <end>`. Says which document it is at, so that whoever started it knows what ended
 * it; prints what it found as JSON.
 */
import { readFileSync, writeSync } from 'node:fs'
import { createSampler } from '../../dist/sim/design/sample.js'
import { createModel } from '../../dist/sim/model/model.js'
import { createSimulator } from '../../dist/sim/model/simulate.js'
import { compileScenario } from '../../dist/sim/scenario/compile.js'
import { loadScenario } from '../../dist/sim/scenario/load.js'
import { documentOf } from './documents.js'
import { smallest } from './worlds.js'

/** Two runs at sampled points: each ends with finite numbers, or says where it left them. */
function runsOf(scenario) {
  const simulator = createSimulator(createModel(scenario))
  const sampler = createSampler(scenario, { design: 'monte-carlo', runs: 2, seed: '1' })
  const parameters = scenario.parameters.slice()
  for (let run = 0; run < 2; run++) {
    sampler.point(run, parameters)
    const result = simulator.simulate({ low: 1, high: 2 }, run, parameters)
    if (result.failure) found.failed++
    else if (![...result.final, ...result.scores].every(Number.isFinite)) return 'a number that is not finite, unsaid'
  }
  return undefined
}

const [seed, first, end] = process.argv.slice(2).map(Number)
const read = name => readFileSync(`scenarios/${name}`, 'utf8')
// What documents extend takes long to load: only some find the shipped scenarios, the others a small world.
const shipped = { 'baseline.yaml': read('baseline.yaml'), 'cis-plus-2030.yaml': read('cis-plus-2030.yaml') }
const small = { 'baseline.yaml': JSON.stringify(smallest), 'cis-plus-2030.yaml': 'extends: baseline.yaml' }
const found = { tried: 0, loaded: 0, refused: 0, failed: 0, slowestMs: 0, slowest: -1, findings: [] }
for (let n = first; n < end; n++) {
  if (n % 100 === 0) writeSync(2, `${n}\n`)
  const texts = { ...(n % 50 === 0 ? shipped : small), 'test.yaml': documentOf(seed, n) }
  const files = {
    async read(path) {
      if (Object.hasOwn(texts, path)) return { text: texts[path], path }
      const { UserError } = await import('../../dist/sim/core/errors.js')
      throw new UserError(66, `${path}: no such file`)
    },
    resolve: async (_, reference) => reference,
  }
  const before = process.cpuUsage()
  try {
    const scenario = compileScenario((await loadScenario('test.yaml', files)).document)
    found.loaded++
    const wrong = runsOf(scenario)
    if (wrong) found.findings.push(`document ${n} of seed ${seed}: ${wrong}`)
  } catch (error) {
    if (error?.name === 'UserError' || error?.name === 'ScenarioError') found.refused++
    else found.findings.push(`document ${n} of seed ${seed}: ${error?.stack}`)
  }
  const { user, system } = process.cpuUsage(before)
  const ms = (user + system) / 1000
  if (ms > found.slowestMs) Object.assign(found, { slowestMs: ms, slowest: n })
  if (ms > 1000) found.findings.push(`document ${n} of seed ${seed}: took ${ms} ms`)
  found.tried++
}
process.stdout.write(JSON.stringify(found))
