import { readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { folderFor, main, start } from './command.js'

/** Memory that a batch may take, whatever its size, on two workers. */
const limitMb = 450

/** The most memory a process had, MB; what the kernel says of it shortly before it ends. */
function peakMb(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1000
  } catch {
    return 0
  }
}

/** Batches of growing size with their reports: the memory of each is bounded. */
export async function memoryOf(sizes, say) {
  const folder = folderFor('memory')
  const total = { tried: 0, findings: [], notes: [] }
  for (const runs of sizes) {
    const args = ['run', resolve('scenarios/cis-plus-2030.yaml'), '--runs', String(runs), '--workers', '2', '--quiet']
    say(`${runs} runs`)
    const { child, ended } = start(process.execPath, [main, ...args, '--out', join(folder, String(runs))])
    let peak = 0
    const looking = setInterval(() => {
      peak = Math.max(peak, peakMb(child.pid))
    }, 50)
    const { code, stderr } = await ended
    clearInterval(looking)
    if (code !== 0) total.findings.push(`${runs} runs: exit ${code}: ${stderr.trim()}`)
    if (peak > limitMb) total.findings.push(`${runs} runs took ${Math.round(peak)} MB`)
    total.notes.push(`memory of ${runs} runs: ${Math.round(peak)} MB at most`)
    total.tried++
    rmSync(join(folder, String(runs)), { recursive: true, force: true })
  }
  rmSync(folder, { recursive: true })
  return total
}
