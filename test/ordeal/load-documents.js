/**
 * Loads documents of a seed one after the other: `node load-documents.js <seed> <first> <end>`. Says on its first line
 * which document it is at, so that whoever started it knows what ended it; prints what it found as JSON.
 */
import { readFileSync, writeSync } from 'node:fs'
import { compileScenario } from '../../dist/sim/scenario/compile.js'
import { loadScenario } from '../../dist/sim/scenario/load.js'
import { documentOf } from './documents.js'

const [seed, first, end] = process.argv.slice(2).map(Number)
const read = name => readFileSync(`scenarios/${name}`, 'utf8')
const baseline = { 'baseline.yaml': read('baseline.yaml') }
// The main scenario takes long to load: only every eighth document finds it.
const both = { ...baseline, 'cis-plus-2030.yaml': read('cis-plus-2030.yaml') }
const found = { tried: 0, loaded: 0, refused: 0, slowestMs: 0, slowest: -1, findings: [] }
for (let n = first; n < end; n++) {
  if (n % 100 === 0) writeSync(2, `${n}\n`)
  const texts = { ...(n % 8 === 0 ? both : baseline), 'test.yaml': documentOf(seed, n) }
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
    compileScenario((await loadScenario('test.yaml', files)).document)
    found.loaded++
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
