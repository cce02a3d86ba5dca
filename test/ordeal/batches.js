import { rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { each, folderFor, multivector, start } from './command.js'
import { smallest } from './worlds.js'

const uncertainties = {
  delivered: { distribution: 'uniform', low: 0, high: 1 },
  h_exit: { distribution: 'uniform', low: 0, high: 0.2 },
}
const silentMs = 60_000

/** Reads damaged batches in processes of their own, so that one that ends or hangs the process is counted and named. */
export async function batches(wanted, seed, say) {
  const folder = folderFor('batches')
  const scenario = join(folder, 'small.yaml')
  writeFileSync(scenario, JSON.stringify({ ...smallest, uncertainties, levers: {} }))
  const common = ['run', scenario, '--runs', '300', '--part-runs', '100', '--workers', '0', '--no-report', '--quiet']
  for (const args of [
    [...common, '--seed', '1', '--out', join(folder, 'sound')],
    [...common, '--seed', '2', '--out', join(folder, 'other')],
    ['baseline', join(folder, 'sound'), '--out', join(folder, 'baseline.json')],
    ['design', scenario, '--method', 'sobol', '--runs', '32', '--out', join(folder, 'points.csv')],
  ]) {
    const { code, stderr } = await multivector(args)
    if (code !== 0) throw new Error(stderr)
  }
  const total = { tried: 0, aborts: 0, slowestMs: 0, findings: [] }
  const size = Math.min(250, Math.ceil(wanted / 2))
  const starts = Array.from({ length: Math.ceil(wanted / size) }, (_, n) => n * size)
  await each(starts, 2, async first => {
    const end = Math.min(wanted, first + size)
    const args = ['--max-old-space-size=1024', resolve('test/ordeal/read-batches.js'), folder, seed, first, end]
    const { child, ended } = start(process.execPath, args.map(String))
    let timer
    child.stderr.on('data', () => {
      clearTimeout(timer)
      timer = setTimeout(() => child.kill('SIGKILL'), silentMs)
    })
    const { code, signal, stdout, stderr } = await ended
    clearTimeout(timer)
    if (code !== 0) {
      total.aborts++
      total.findings.push(`ended by ${signal ?? code} in batch ${stderr.trim().split('\n').at(-1)} of seed ${seed}`)
      return
    }
    const found = JSON.parse(stdout)
    total.tried += found.tried
    total.slowestMs = Math.max(total.slowestMs, found.slowestMs)
    total.findings.push(...found.findings)
    // Batches that are all refused at once, or all read, try little.
    if (found.read === 0 || found.refused === 0) total.findings.push(`read ${found.read}, refused ${found.refused}`)
    say(`${total.tried} of damaged batches`)
  })
  rmSync(folder, { recursive: true })
  return total
}
