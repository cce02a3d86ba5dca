/**
 * The ordeal: faults, kills, hostile documents, numbers of workers and releases of Node, each against the built command.
 * `npm run ordeal` takes the better part of an hour, `npm run ordeal -- --quick` about two minutes. Ends with 1 when
 * anything was lost, doubled or different.
 */
import { availableParallelism, cpus } from 'node:os'
import { canTrace, fileFaults } from './file-faults.js'
import { fuzz } from './fuzz.js'
import { kills } from './kills.js'
import { nodeReleases, workerCounts } from './places.js'

const quick = process.argv.includes('--quick')
const size = quick ? { step: 24, kills: 10, documents: 20_000 } : { step: 1, kills: 300, documents: 100_000 }
const say = text => process.stderr.isTTY && process.stderr.write(`\r  ${text}        `)
const rows = []
const notes = []

async function ordeal(name, work) {
  const began = performance.now()
  const found = await work()
  const seconds = Math.round((performance.now() - began) / 1000)
  say('')
  rows.push({ name, seconds, ...found })
  notes.push(...found.findings.map(text => `${name}: ${text}`), ...(found.skipped ?? []))
  console.log(`${name}: ${found.tried} in ${seconds} s`)
  return found
}

console.log(`${cpus()[0].model.trim()}, ${availableParallelism()} processors, Node ${process.version}`)
const seed = quick ? 1 : Math.floor(Math.random() * 2 ** 31)
await ordeal('hostile documents', () => fuzz(size.documents, seed, say))
const { digest } = await ordeal('numbers of workers', () => workerCounts([1, 2, 3, 8]))
if (!quick) await ordeal('releases of Node', () => nodeReleases(['20', '22', '24'], digest))
if (canTrace()) await ordeal('failed file operations', () => fileFaults(size.step, say))
else notes.push('failed file operations: skipped, needs strace')
await ordeal('kills', () => kills(size.kills, say))

const columns = ['tried', 'lost', 'doubled', 'digests', 'aborts']
console.log(`\n${''.padEnd(24)}${[...columns, 'seconds'].map(column => column.padStart(9)).join('')}`)
for (const row of rows) {
  console.log(
    `${row.name.padEnd(24)}${[...columns, 'seconds'].map(column => String(row[column] ?? '–').padStart(9)).join('')}`,
  )
}
console.log(`slowest document: ${Math.round(rows[0].slowestMs)} ms; loaded: ${rows[0].loaded}; seed ${seed}`)
for (const note of notes) console.log(note)

const bad = rows.filter(
  row =>
    row.tried === 0 ||
    row.findings.length > 0 ||
    ['lost', 'doubled', 'digests', 'aborts'].some(column => row[column] > 0),
)
process.exitCode = bad.length > 0 ? 1 : 0
