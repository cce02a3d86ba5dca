import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { folderFor, main, start } from './command.js'

const command = (out, workers) => [
  main,
  'run',
  resolve('scenarios/cis-plus-2030.yaml'),
  '--runs',
  '1300',
  '--seed',
  'places',
  '--workers',
  String(workers),
  '--no-report',
  '--json',
  '--out',
  out,
]

async function digestOf(node, out, workers) {
  const { code, stdout, stderr } = await start(node, command(out, workers)).ended
  if (code !== 0) throw new Error(`${node}: exit ${code}: ${stderr}`)
  return JSON.parse(stdout).digest
}

/** The digest of a batch with each number of workers. */
export async function workerCounts(counts) {
  const folder = folderFor('workers')
  const digests = []
  for (const workers of counts) digests.push(await digestOf(process.execPath, join(folder, `w${workers}`), workers))
  rmSync(folder, { recursive: true })
  return { tried: counts.length, digests: new Set(digests).size - 1, findings: [] }
}

/** The same with each release of Node from the package registry; releases that cannot be had are named. */
export async function nodeReleases(releases) {
  const folder = folderFor('nodes')
  const digests = [await digestOf(process.execPath, join(folder, 'out'), 2)]
  const total = { tried: 0, notes: [], findings: [] }
  for (const release of releases) {
    const place = join(folder, release)
    mkdirSync(place)
    writeFileSync(join(place, 'package.json'), '{}')
    const install = ['install', '--no-audit', '--no-fund', '--prefix', place, `node@${release}`]
    const installed = spawnSync('npm', install, { encoding: 'utf8', cwd: place })
    const node = join(place, 'node_modules/node/bin/node')
    if (installed.status !== 0 || !existsSync(node)) {
      total.notes.push(`Node ${release}: ${installed.stderr.trim().split('\n').at(-1)}`)
      continue
    }
    digests.push(await digestOf(node, join(folder, `out-${release}`), 2))
    total.tried++
  }
  rmSync(folder, { recursive: true })
  return { ...total, digests: new Set(digests).size - 1 }
}
