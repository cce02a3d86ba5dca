import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { findChromium } from '../../dist/reports/render/pdf.js'
import { each, folderFor, main, multivector, showsStack, start } from './command.js'

/** Calls that touch files, and what each fails with. */
const errors = {
  openat: ['ENOSPC', 'EACCES'],
  pwrite64: ['ENOSPC', 'EIO'],
  fsync: ['EIO'],
  rename: ['EIO', 'EROFS'],
  link: ['ENOSPC'],
  mkdir: ['ENOSPC', 'EROFS'],
  close: ['EIO'],
  unlink: ['EIO'],
  rmdir: ['EIO'],
  read: ['EIO'],
  getdents64: ['EIO'],
  statx: ['EIO'],
}
const calls = Object.keys(errors)
const removing = ['unlink', 'rmdir', 'getdents64', 'statx']
/** What a command may end with: 0 where it does not need what failed. */
const codes = { ENOSPC: [0, 73, 74], EIO: [0, 74], EACCES: [0, 77], EROFS: [0, 77] }

const scenario = resolve('scenarios/cis-plus-2030.yaml')
/** Computed on the main thread, so that file work comes in the same order each time. */
const run = (...more) => ['run', scenario, '--runs', '400', '--seed', 'faults', '--workers', '0', '--out', 'b', ...more]

/** Commands that write, each with what must have run before in its folder. */
export const writers = [
  { name: 'run', args: [...run('--no-report'), '--runs', '600'] },
  { name: 'run with report', args: run() },
  { name: 'report', before: [run()], args: ['report', 'b'], older: ['b/report/index.html'] },
  {
    name: 'explain --page',
    before: [run('--no-report')],
    args: ['explain', 'b', '--run', '7', '--page'],
  },
  {
    name: 'explain --storylines',
    before: [run('--no-report')],
    args: ['explain', 'b', '--storylines', '--sample', '4'],
  },
  {
    name: 'design',
    args: ['design', scenario, '--method', 'sobol', '--runs', '64', '--out', 'points.csv'],
    older: ['points.csv'],
  },
  {
    name: 'report in formats',
    before: [run('--no-report')],
    args: ['report', 'b', '--format', 'md,json,specs,csv,parquet'],
    older: ['b/report/report.md', 'b/report/tables/runs.csv'],
  },
  { name: 'export', before: [run('--no-report')], args: ['export', 'b', '--out', 'tables'] },
  {
    name: 'merge',
    before: [1, 2].map(n =>
      run('--no-report')
        .map(word => (word === 'b' ? `s${n}` : word))
        .concat(`--shard=${n}/2`),
    ),
    args: ['merge', 's1', 's2', '--out', 'b', '--no-report'],
  },
  { name: 'baseline', before: [run('--no-report')], args: ['baseline', 'b', '--out', 'base.json'] },
  { name: 'explore', args: ['explore', scenario, '--no-open', '--out', 'page.html'], older: ['page.html'] },
  {
    name: 'analyse --page',
    before: [run('--no-report')],
    args: ['analyse', 'b', '--outcome', 'gap', '--method', 'rank', '--page'],
  },
  {
    name: 'analyse of a table',
    slow: true,
    before: [run('--no-report'), ['export', 'b', '--out', 'tables']],
    args: [
      ...['analyse', 'tables/runs.csv', '--inputs', 'input_delivered,input_h_exit', '--outcome', 'gap'],
      ...['--method', 'prim', '--page', 'analysis.html'],
    ],
    older: ['analysis.html'],
  },
  {
    name: 'compare --out',
    before: [run('--no-report'), run('--no-report').map(word => ({ b: 'other', faults: 'else' })[word] ?? word)],
    args: ['compare', 'b', 'other', '--out', 'compared'],
  },
  {
    name: 'robustness --page',
    slow: true,
    args: [
      ...['robustness', scenario, '--levers', 'delivered', '--criterion', 'v', '--worlds', '20', '--workers', '0'],
      ...['--page', 'pages/robustness.html'],
    ],
  },
  {
    name: 'hypotheses --page',
    slow: true,
    args: ['hypotheses', scenario, '--pairs', '2', '--points', '10', '--page', 'hypotheses.html'],
    older: ['hypotheses.html'],
  },
  {
    name: 'report as pictures',
    slow: true,
    before: [run('--no-report')],
    args: ['report', 'b', '--format', 'svg,png'],
    older: ['b/report/pictures/plane.svg'],
  },
  {
    name: 'report as pdf',
    slow: true,
    needs: 'Chromium',
    before: [run('--no-report')],
    args: ['report', 'b', '--format', 'pdf'],
    older: ['b/report/report.pdf'],
  },
]

/** What a writer needs and this machine does not have. */
export function missingFor({ needs }) {
  if (spawnSync('strace', ['-V']).status !== 0) return 'strace'
  try {
    if (needs === 'Chromium') findChromium()
    return undefined
  } catch {
    return needs
  }
}

/** Runs the command with a tracer on the thread that does its file work. */
async function traced(args, cwd, rules) {
  const go = `${cwd}.go`
  const log = `${cwd}.log`
  const env = { ...process.env, GO: go, UV_THREADPOOL_SIZE: '1', UV_USE_IO_URING: '0' }
  const { ended } = start(process.execPath, ['--import', resolve('test/ordeal/pause.js'), main, ...args], { env, cwd })
  let over = false
  void ended.then(() => {
    over = true
  })
  const until = async condition => {
    while (!condition() && !over) await new Promise(wake => setTimeout(wake, 5))
  }
  await until(() => existsSync(`${go}.thread`) && readFileSync(`${go}.thread`, 'utf8') !== '')
  const thread = readFileSync(`${go}.thread`, 'utf8')
  const tracer = start('strace', ['-y', '-p', thread, '-o', log, '-e', `trace=${calls.join()}`, ...rules])
  let attached = ''
  tracer.child.stderr.on('data', piece => {
    attached += piece
  })
  await until(() => attached.includes('attached'))
  writeFileSync(go, '')
  const result = await ended
  await tracer.ended
  return { ...result, log: readFileSync(log, 'utf8') }
}

/** Whether a line of a trace is about files of ours, not modules that Node loads. */
const ours = line => !/\/(?:dist|node_modules)\/|package\.json/.test(line)
const callOf = line => /^(?:\d+ +)?([a-z0-9_]+)\(/.exec(line)?.[1]

/** What is in a file; of a PDF without the times at which it was printed. */
const contentOf = path =>
  path.endsWith('.pdf') ? readFileSync(path, 'latin1').replace(/\(D:\d{14}[^)]*\)/g, '()') : readFileSync(path)

/** Every file below a folder with a hash of what is in it; unfinished ones apart. */
function filesIn(folder) {
  const files = new Map()
  const unfinished = []
  for (const name of readdirSync(folder, { recursive: true }).sort()) {
    if (name.split('/').some(part => part.endsWith('.tmp'))) unfinished.push(name)
    else if (statSync(join(folder, name)).isFile())
      files.set(
        name,
        createHash('sha256')
          .update(contentOf(join(folder, name)))
          .digest('hex'),
      )
  }
  return { files, unfinished }
}

/** Folders with what ran before, by the commands that ran: several writers begin with the same batch. */
const earlier = new Map()

async function ranBefore(before) {
  const folder = folderFor('before')
  for (const args of before) {
    const { code, stderr } = await multivector(args, { cwd: folder })
    // A share of a batch ends with 75: the others are still to come.
    if (code !== 0 && code !== 75) throw new Error(`${args.join(' ')}: ${stderr}`)
  }
  return folder
}

/** The folder a command works in: what ran before, and older files that it replaces. */
async function prepared(folder, { before = [], older = [] }) {
  const key = JSON.stringify(before)
  if (!earlier.has(key)) earlier.set(key, ranBefore(before))
  cpSync(await earlier.get(key), folder, { recursive: true })
  for (const name of older) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), 'an older file')
  }
  return folder
}

/** The file operations of a command, by call: how many of that call came before, and whether it is about our files. */
function operationsIn(log) {
  const places = new Map(calls.map(call => [call, []]))
  const counts = new Map(calls.map(call => [call, 0]))
  for (const line of log.split('\n')) {
    const call = callOf(line)
    if (!counts.has(call)) continue
    counts.set(call, counts.get(call) + 1)
    if (ours(line)) places.get(call).push(counts.get(call))
  }
  return places
}

/**
 * Makes every file operation of a command fail once, each in a process of its own, and runs the same command again.
 * Afterwards every file is the old one or the new one, whole; after the second call all are the new ones.
 *
 * @param most - faults to try, spread evenly over all
 */
export async function fileFaults(writer, most, say) {
  const folder = folderFor('file-faults')
  const template = await prepared(join(folder, 'template'), writer)
  const old = filesIn(template).files
  const copy = name => {
    cpSync(template, join(folder, name), { recursive: true })
    return join(folder, name)
  }
  const sound = copy('sound')
  const undisturbed = await traced(writer.args, sound, [])
  if (undisturbed.code !== 0) throw new Error(`${writer.name}: ${undisturbed.stderr}`)
  const wanted = filesIn(sound).files
  const places = operationsIn(undisturbed.log)
  const faults = calls.flatMap(call =>
    errors[call].flatMap(error => places.get(call).map(when => ({ call, error, when }))),
  )
  const step = Math.max(1, faults.length / most)
  const chosen = faults.filter((_, n) => Math.floor((n + 1) / step) > Math.floor(n / step))
  const total = { tried: 0, lost: 0, doubled: 0, digests: 0, aborts: 0, findings: [] }
  await each(chosen, 2, async ({ call, error, when }, n) => {
    const place = copy(`f${n}`)
    const finding = text => total.findings.push(`${writer.name}: ${call} ${when} ${error}: ${text}`)
    const struck = await traced(writer.args, place, ['-e', `inject=${call}:error=${error}:when=${when}`])
    // An operation that this time did not take place cannot fail.
    const injected = struck.log.split('\n').find(line => line.includes('(INJECTED)'))
    if (!injected || !ours(injected)) return finding('not reached')
    total.tried++
    if (struck.code === null || struck.code >= 128) {
      total.aborts++
      finding(`ended by ${struck.signal ?? struck.code}`)
    } else if (showsStack(struck.stderr)) finding('showed a stack')
    else if (!codes[error].includes(struck.code)) finding(`exit ${struck.code} ${struck.stderr.trim()}`)
    else if (struck.code !== 0 && !names(struck.stderr, [place, ...old.keys(), ...wanted.keys()]))
      finding(`named no file: ${struck.stderr}`)
    const left = filesIn(place)
    if (left.unfinished.length > 0 && !removing.includes(call)) finding(`left ${left.unfinished.join()}`)
    for (const name of new Set([...old.keys(), ...wanted.keys()]))
      if (![old.get(name), wanted.get(name)].includes(left.files.get(name))) finding(`${name} is neither old nor new`)
    const again = await multivector(writer.args, { cwd: place })
    if (again.code !== 0) finding(`exit ${again.code} when run again: ${again.stderr.trim()}`)
    const { files } = filesIn(place)
    if ([...wanted.keys()].some(name => !files.has(name))) total.lost++
    if ([...files.keys()].some(name => !wanted.has(name))) total.doubled++
    if ([...wanted].some(([name, hash]) => files.has(name) && files.get(name) !== hash)) total.digests++
    if (n % 50 === 0) say(`${writer.name}: ${n} of ${chosen.length}`)
    for (const path of [place, `${place}.go`, `${place}.go.thread`, `${place}.log`])
      rmSync(path, { recursive: true, force: true })
  })
  rmSync(folder, { recursive: true })
  return { ...total, planned: chosen.length, operations: [...places.values()].flat().length }
}

/** Removes what the writers began with. */
export async function forgetEarlier() {
  for (const folder of earlier.values()) rmSync(await folder, { recursive: true })
}

/** Whether a message names a file or folder that the command works with. */
function names(message, files) {
  const words = ['scenarios/', 'b/', 'b:', '.:', 's1', 's2', 'other/', 'multivector-print-', 'tables', ...files]
  return words.some(word => message.includes(word))
}
