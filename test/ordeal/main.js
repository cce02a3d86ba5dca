/**
 * The ordeal: faults, kills, hostile documents, numbers of workers, releases of Node and sizes, each against the built
 * command. `npm run ordeal` takes some hours, `npm run ordeal -- --quick` some minutes, `--only kills` or
 * `--only files,documents` some of its stages, `--only files --writers export,merge --faults 50` some writers and
 * faults. Ends with 1 when anything was lost, doubled or different.
 */
import { availableParallelism, cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { batches } from './batches.js'
import { each } from './command.js'
import { fileFaults, forgetEarlier, missingFor, writers } from './file-faults.js'
import { fuzz } from './fuzz.js'
import { kills } from './kills.js'
import { memoryOf } from './memory.js'
import { nodeReleases, workerCounts } from './places.js'

const text = { type: 'string' }
const { values } = parseArgs({ options: { quick: { type: 'boolean' }, only: text, writers: text, faults: text } })
const { quick } = values
const stages = ['documents', 'batches', 'workers', 'nodes', 'files', 'kills', 'memory']
const wanted = new Set(
  values.only?.split(',') ?? stages.filter(stage => !quick || !['nodes', 'memory'].includes(stage)),
)
const unknown = [...wanted].filter(stage => !stages.includes(stage))
if (unknown.length > 0) throw new Error(`--only: expected some of ${stages.join()}, got ${unknown.join()}`)
const names = values.writers?.split(',') ?? writers.filter(({ slow }) => !quick || !slow).map(({ name }) => name)
const unheard = names.filter(name => !writers.some(writer => writer.name === name))
if (unheard.length > 0)
  throw new Error(`--writers: expected some of ${writers.map(({ name }) => name).join()}, got ${unheard.join()}`)
const size = quick
  ? { faults: name => (name === 'run' ? 6 : 2), kills: 10, documents: 20_000, batches: 40, runs: [2_000, 20_000] }
  : {
      faults: () => Number(values.faults ?? Number.POSITIVE_INFINITY),
      kills: 300,
      documents: 100_000,
      batches: 5_000,
      runs: [10_000, 100_000, 1_000_000],
    }
const say = text => process.stderr.isTTY && process.stderr.write(`\r  ${text}        `)
const rows = []
const notes = []

async function ordeal(name, work) {
  const began = performance.now()
  const found = await work()
  const seconds = Math.round((performance.now() - began) / 1000)
  say('')
  rows.push({ name, seconds, ...found })
  notes.push(...found.findings.map(text => `${name}: ${text}`), ...(found.notes ?? []))
  console.log(`${name}: ${found.tried} in ${seconds} s`)
  return found
}

console.log(`${cpus()[0].model.trim()}, ${availableParallelism()} processors, Node ${process.version}`)
const seed = quick ? 1 : Math.floor(Math.random() * 2 ** 31)
if (wanted.has('documents')) {
  const { loaded, slowestMs } = await ordeal('hostile documents', () => fuzz(size.documents, seed, say))
  notes.unshift(`slowest document: ${Math.round(slowestMs)} ms; loaded: ${loaded}; seed ${seed}`)
}
if (wanted.has('batches')) await ordeal('damaged batches', () => batches(size.batches, seed, say))
if (wanted.has('workers')) await ordeal('numbers of workers', () => workerCounts([1, 2, 3, 8]))
if (wanted.has('nodes')) await ordeal('releases of Node', () => nodeReleases(['20', '22', '24']))
if (wanted.has('files')) {
  // Two at a time: each has moments in which only one process works.
  await each(
    writers.filter(({ name }) => names.includes(name)),
    2,
    async writer => {
      const missing = missingFor(writer)
      if (missing) notes.push(`files of ${writer.name}: skipped, needs ${missing}`)
      else await ordeal(`files of ${writer.name}`, () => fileFaults(writer, size.faults(writer.name), say))
    },
  )
  await forgetEarlier()
}
if (wanted.has('kills')) await ordeal('kills', () => kills(size.kills, say))
if (wanted.has('memory')) await ordeal('memory', () => memoryOf(size.runs, say))

const columns = ['tried', 'lost', 'doubled', 'digests', 'aborts', 'seconds']
const line = (name, cells) => `${name.padEnd(32)}${cells.map(cell => String(cell ?? '–').padStart(9)).join('')}`
console.log(`\n${line('', columns)}`)
for (const row of rows)
  console.log(
    line(
      row.name,
      columns.map(column => row[column]),
    ),
  )
for (const note of notes) console.log(note)

const bad = rows.filter(
  row =>
    row.tried === 0 ||
    row.findings.length > 0 ||
    ['lost', 'doubled', 'digests', 'aborts'].some(column => row[column] > 0),
)
process.exitCode = bad.length > 0 ? 1 : 0
