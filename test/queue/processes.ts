import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { until } from './redis-server.ts'

const main = resolve('dist/command/main.js')
const plant = resolve('test/queue/plant.js')

/** A command that runs, with what it has said so far. */
export interface Running {
  readonly child: ChildProcess
  readonly said: () => string
  /** The events of its log. */
  readonly events: () => { event: string; reason?: string; chunk?: number }[]
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>
}

const started: ChildProcess[] = []

/** Starts the built command; `planted` makes its threads fail on purpose. */
export function run(
  args: readonly string[],
  more: { cwd?: string; env?: object; planted?: object; main?: string } = {},
): Running {
  const before = more.planted ? ['--import', plant] : []
  const env = { ...process.env, ...more.env, ...(more.planted && { PLANTED: JSON.stringify(more.planted) }) }
  const child = spawn(process.execPath, [...before, more.main ?? main, ...args], { env, cwd: more.cwd })
  started.push(child)
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', piece => {
    stdout += piece
  })
  child.stderr.on('data', piece => {
    stderr += piece
  })
  return {
    child,
    said: () => stdout + stderr,
    events: () =>
      stderr
        .split('\n')
        .slice(0, -1)
        .filter(line => line.startsWith('{'))
        .map(line => JSON.parse(line)),
    ended: new Promise(done => child.on('close', code => done({ code, stdout, stderr }))),
  }
}

/** Starts a worker with one thread and waits until it has joined. */
export async function startWorker(
  address: string,
  more: Parameters<typeof run>[1] = {},
  ...args: string[]
): Promise<Running> {
  const worker = run(['worker', '--queue', address, '--threads', '1', '--lock', '1', '--log', 'json', ...args], more)
  await until(() => worker.events().some(({ event }) => event === 'joined') || worker.child.exitCode !== null)
  return worker
}

/** Ends what is left of them, but for one. */
export function endAll(kept?: Running): void {
  for (const child of started) if (child !== kept?.child) child.kill('SIGKILL')
}
