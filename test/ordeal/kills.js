import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openBatch } from '../../dist/sim/experiment.js'
import { verifyBatch } from '../../dist/sim/store/verify.js'
import { folderFor, main, start } from './command.js'

const runs = 2000
const command = out => [
  main,
  'run',
  resolve('scenarios/cis-plus-2030.yaml'),
  '--runs',
  String(runs),
  '--seed',
  'kills',
  '--workers',
  '2',
  '--no-report',
  '--json',
  '--out',
  out,
]

/**
 * Kills batches of ten parts at random instants, again and again while they resume, until enough kills have struck;
 * every batch is then left to end.
 */
export async function kills(wanted, say) {
  const folder = folderFor('kills')
  const began = performance.now()
  const sound = await start(process.execPath, command(join(folder, 'sound'))).ended
  let whole = performance.now() - began
  const { digest } = JSON.parse(sound.stdout)
  const total = { tried: 0, lost: 0, doubled: 0, digests: 0, aborts: 0, findings: [] }
  for (let n = 0; total.tried < wanted; n++) {
    const out = join(folder, `b${n}`)
    for (let killed = 0; killed < 12 && total.tried < wanted; killed++) {
      const { child, ended } = start(process.execPath, command(out))
      const timer = setTimeout(() => child.kill('SIGKILL'), (0.15 + 0.75 * Math.random()) * whole)
      const { signal, code, stderr } = await ended
      clearTimeout(timer)
      if (signal === 'SIGKILL') total.tried++
      else if (code !== 0) total.findings.push(`exit ${code}: ${stderr.trim()}`)
      else {
        // It ended before it was struck: strike sooner, on a machine that others use the pace changes.
        whole *= 0.8
        break
      }
    }
    const last = await start(process.execPath, command(out)).ended
    if (last.code !== 0) total.findings.push(`exit ${last.code} at last: ${last.stderr.trim()}`)
    else if (JSON.parse(last.stdout).digest !== digest) total.digests++
    const found = await verifyBatch(await openBatch(out))
    if (found.runs < runs) total.lost++
    if (found.runs > runs || found.parts > 10) total.doubled++
    total.findings.push(...found.problems)
    rmSync(out, { recursive: true })
    say(`${total.tried} of ${wanted}`)
  }
  rmSync(folder, { recursive: true })
  return total
}
