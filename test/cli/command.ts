import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'

/** How a call of the command ended. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

const main = resolve('dist/command/main.js')

/** Starts the built command in a directory. */
export function start(args: readonly string[], cwd: string): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [main, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', piece => {
    stdout += piece
  })
  child.stderr.on('data', piece => {
    stderr += piece
  })
  const ended = new Promise<Ended>(done => child.on('close', (code, signal) => done({ code, signal, stdout, stderr })))
  return { child, ended }
}

/** Runs the built command to its end. */
export function multivector(args: readonly string[], cwd: string): Promise<Ended> {
  return start(args, cwd).ended
}
