import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openBatch } from '../../dist/sim/experiment.js'
import { verifyBatch } from '../../dist/sim/store/verify.js'
import { each, folderFor, main, multivector, showsStack, start } from './command.js'

/** Calls that touch files, and what each fails with. */
const errors = {
  openat: ['ENOSPC', 'EACCES'],
  pwrite64: ['ENOSPC', 'EIO'],
  fsync: ['EIO'],
  rename: ['EIO'],
  link: ['ENOSPC'],
  mkdir: ['ENOSPC'],
  close: ['EIO'],
  unlink: ['EIO'],
  rmdir: ['EIO'],
  read: ['EIO'],
  getdents64: ['EIO'],
  statx: ['EIO'],
}
const calls = Object.keys(errors)
const removing = ['unlink', 'rmdir', 'getdents64', 'statx']

/** A batch of three parts, computed on the main thread so that file work comes in the same order each time. */
export const threeParts = out => [
  'run',
  resolve('scenarios/cis-plus-2030.yaml'),
  '--runs',
  '600',
  '--seed',
  'faults',
  '--workers',
  '0',
  '--no-report',
  '--json',
  '--out',
  out,
]

export const canTrace = () => spawnSync('strace', ['-V']).status === 0

/** Runs the command with a tracer on the thread that does its file work. */
async function traced(args, name, folder, rules) {
  const go = join(folder, `${name}.go`)
  const log = join(folder, `${name}.log`)
  const env = { ...process.env, GO: go, UV_THREADPOOL_SIZE: '1', UV_USE_IO_URING: '0' }
  const { ended } = start(process.execPath, ['--import', resolve('test/ordeal/pause.js'), main, ...args], { env })
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

/**
 * Makes every file operation of a batch fail once, each in a process of its own, and runs the same command again.
 *
 * @param step - 1 for every operation, n for every n-th
 */
export async function fileFaults(step, say) {
  const folder = folderFor('file-faults')
  const sound = join(folder, 'sound')
  const undisturbed = await traced(threeParts(sound), 'sound', folder, [])
  if (undisturbed.code !== 0) throw new Error(undisturbed.stderr)
  const { digest } = JSON.parse(undisturbed.stdout)
  const places = new Map(calls.map(call => [call, []]))
  const counts = new Map(calls.map(call => [call, 0]))
  for (const line of undisturbed.log.split('\n')) {
    const call = callOf(line)
    if (!counts.has(call)) continue
    counts.set(call, counts.get(call) + 1)
    if (ours(line)) places.get(call).push(counts.get(call))
  }
  const faults = calls.flatMap(call =>
    errors[call].flatMap(error => places.get(call).map(when => ({ call, error, when }))),
  )
  const chosen = faults.filter((_, n) => n % step === 0)
  const total = { tried: 0, lost: 0, doubled: 0, digests: 0, aborts: 0, findings: [] }
  await each(chosen, 2, async ({ call, error, when }, n) => {
    const out = join(folder, `b${n}`)
    const finding = text => total.findings.push(`${call} ${when} ${error}: ${text}`)
    const struck = await traced(threeParts(out), `t${n}`, folder, ['-e', `inject=${call}:error=${error}:when=${when}`])
    // An operation that this time did not take place cannot fail.
    const injected = struck.log.split('\n').find(line => line.includes('(INJECTED)'))
    if (!injected || !ours(injected)) return finding('not reached')
    total.tried++
    if (struck.code === null || struck.code >= 128) {
      total.aborts++
      finding(`ended by ${struck.signal ?? struck.code}`)
    } else if (showsStack(struck.stderr)) finding('showed a stack')
    else if (![0, 73, 74, 75, 77].includes(struck.code)) finding(`exit ${struck.code} ${struck.stderr.trim()}`)
    else if (struck.code !== 0 && !struck.stderr.includes(folder) && !/scenarios/.test(struck.stderr))
      finding(`named no file: ${struck.stderr.trim()}`)
    const left = existsSync(out) ? readdirSync(out, { recursive: true }).filter(name => name.endsWith('.tmp')) : []
    if (left.length > 0 && !removing.includes(call)) finding(`left ${left.join()}`)
    const again = await multivector(threeParts(out))
    if (again.code !== 0) finding(`exit ${again.code} when run again: ${again.stderr.trim()}`)
    else if (JSON.parse(again.stdout).digest !== digest) {
      total.digests++
      finding('another digest')
    }
    const { runs } = await openBatch(out)
      .then(verifyBatch)
      .catch(() => ({ runs: 0 }))
    if (runs < 600) total.lost++
    if (runs > 600) total.doubled++
    if (n % 50 === 0) say(`${n} of ${chosen.length}`)
    rmSync(out, { recursive: true, force: true })
  })
  rmSync(folder, { recursive: true })
  return { ...total, planned: chosen.length, operations: [...places.values()].flat().length }
}
