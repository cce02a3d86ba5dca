/**
 * Reads damaged batches, baselines and points of a seed one after the other, with what each command is made of:
 * `node read-batches.js <folder> <seed> <first> <end>`. The folder has a sound batch, another one, a baseline and points.
 * Says which it is at, so that whoever started it knows what ended it; prints what it found as JSON.
 */
import { cpSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { batchTable } from '../../dist/sim/cli/batch-table.js'
import { openSide } from '../../dist/sim/cli/compared-side.js'
import { replay } from '../../dist/sim/cli/explain-run.js'
import { exportTables } from '../../dist/sim/cli/export-files.js'
import { readPoints } from '../../dist/sim/cli/points-file.js'
import { writeReport } from '../../dist/sim/cli/report-file.js'
import { exitCode } from '../../dist/sim/core/errors.js'
import { serialExecutor } from '../../dist/sim/execute/serial.js'
import { mergeBatches, openBatch, runBatch, summariseBatch } from '../../dist/sim/experiment.js'
import { verifyBatch } from '../../dist/sim/store/verify.js'
import { damage, spoiled } from './damaged-batches.js'
import { generator } from './documents.js'

const [folder, ...numbers] = process.argv.slice(2)
const [seed, first, end] = numbers.map(Number)
const [sound, other] = ['sound', 'other'].map(name => join(folder, name))
const { manifest } = await openBatch(sound)
const { digest } = await verifyBatch(await openBatch(sound))
const place = join(folder, `damaged-${first}`)
const longestMs = 20_000
const codes = new Set(Object.values(exitCode).filter(code => code !== exitCode.bug))

/** What the commands that read a batch do with it. */
const readers = {
  async verify({ forged }) {
    const found = await verifyBatch(await openBatch(place))
    const whole = found.problems.length === 0 && found.runs === manifest.plan.runs
    if (whole && !forged && found.digest !== digest) throw new Error('called sound what is another batch')
  },
  report: async () => {
    const batch = await openBatch(place)
    await writeReport(batch, await summariseBatch(batch), ['json', 'md'])
  },
  analyse: () => batchTable(place, { outcome: 'gap' }, false),
  merge: async () => {
    const sources = [await openBatch(place), await openBatch(sound)]
    await mergeBatches(sources, `${place}-whole`, new AbortController().signal)
  },
  compare: () => openSide(place, { workers: 0, allowLarge: false, quiet: true }),
  explain: async () => replay(await openBatch(place), 150),
  export: async () => {
    const batch = await openBatch(place)
    const summary = await summariseBatch(batch)
    for (const format of ['csv', 'parquet']) await exportTables(batch, summary, format, `${place}-tables`)
  },
  async run({ forged }) {
    const { document, id } = { ...manifest.scenario }
    const { runs, seed: own, chunkRuns: partRuns } = manifest.plan
    const request = { id, document, directory: place, executor: serialExecutor(), runs, seed: own, partRuns }
    const { summary } = await runBatch(request)
    if (!forged && summary.digest !== digest) throw new Error('finished as another batch')
  },
}

const found = { tried: 0, read: 0, refused: 0, slowestMs: 0, findings: [] }
const damagedFirst = process.resourceUsage().maxRSS

/** Works for a while; everything but a refusal that names the place is a finding. */
async function attempt(n, name, what, work) {
  const finding = text => found.findings.push(`${name}, ${n} of seed ${seed} (${what}): ${text}`)
  const began = performance.now()
  let timer
  const late = new Promise((_, refuse) => {
    timer = setTimeout(() => refuse(new Error(`no end after ${longestMs} ms`)), longestMs)
  })
  try {
    await Promise.race([work(), late])
    found.read++
  } catch (error) {
    found.refused++
    if (error?.name !== 'UserError') finding(error?.stack)
    else if (!codes.has(error.code)) finding(`exit ${error.code}`)
    else if (!error.message.includes(place)) finding(`names no file: ${error.message}`)
  } finally {
    clearTimeout(timer)
  }
  found.tried++
  found.slowestMs = Math.max(found.slowestMs, performance.now() - began)
}

for (let n = first; n < end; n++) {
  writeSync(2, `${n}\n`)
  const random = generator(Math.imul(seed, 0x9e3779b1) ^ n)
  const clear = () => {
    for (const path of [place, `${place}-whole`, `${place}-tables`, `${place}.json`, `${place}.csv`])
      rmSync(path, { recursive: true, force: true })
  }
  if (n % 5 === 4) {
    writeFileSync(`${place}.json`, spoiled(readFileSync(join(folder, 'baseline.json')), random))
    await attempt(n, 'a baseline', 'bent', () =>
      openSide(`${place}.json`, { workers: 0, allowLarge: false, quiet: true }),
    )
    writeFileSync(`${place}.csv`, spoiled(readFileSync(join(folder, 'points.csv')), random))
    await attempt(n, 'points', 'bent', () => readPoints(`${place}.csv`, manifest.scenario.document))
  } else {
    cpSync(sound, place, { recursive: true })
    const { done, forged } = damage(place, other, random)
    // Reports take longest.
    const names = Object.keys(readers).filter(name => name !== 'report' || n % 10 === 0)
    for (const name of names) await attempt(n, name, done, () => readers[name]({ forged }))
  }
  clear()
}
const grownMb = (process.resourceUsage().maxRSS - damagedFirst) / 1024
if (grownMb > 500) found.findings.push(`memory grew by ${Math.round(grownMb)} MB from ${first} to ${end}`)
process.stdout.write(JSON.stringify(found))
