import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'

/** Redis or Valkey of this machine; undefined where there is none, and tests say that they are skipped. */
export const program = ['redis-server', 'valkey-server'].find(name => spawnSync(name, ['--version']).status === 0)
if (!program) console.warn('SKIPPED: tests of the queue need redis-server or valkey-server on the PATH')

/** A server of a test's own, with everything it is told written to a file. */
export interface Server {
  readonly port: number
  readonly address: string
  /** A connection for looking and planting. */
  readonly redis: Redis
  readonly kill: () => Promise<void>
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
}

export async function startServer(...more: string[]): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'multivector-redis-'))
  const port = await freePort()
  let child: ChildProcess
  const start = async () => {
    const own = ['--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'yes', '--appendfsync', 'always']
    child = spawn(program!, ['--port', String(port), ...own, ...more], { stdio: 'ignore' })
    await until(() => answers(port))
  }
  const kill = async () => {
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  await start()
  const password = more[more.indexOf('--requirepass') + 1]
  const redis = new Redis({ port, maxRetriesPerRequest: null, ...(more.includes('--requirepass') && { password }) })
  redis.on('error', () => undefined)
  return {
    port,
    address: `redis://127.0.0.1:${port}`,
    redis,
    kill,
    start,
    async stop() {
      redis.disconnect()
      if (child.exitCode === null && child.signalCode === null) await kill()
      await rm(folder, { recursive: true })
    },
  }
}

export function freePort(): Promise<number> {
  return new Promise(done => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })
}

function answers(port: number): Promise<boolean> {
  return new Promise(done => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    const end = (yes: boolean) => {
      socket.destroy()
      done(yes)
    }
    socket.on('data', data => end(!String(data).includes('LOADING')))
    socket.on('error', () => end(false))
  })
}

/** Waits until something is so, looking again and again. */
export async function until(condition: () => Promise<unknown> | unknown): Promise<void> {
  while (!(await condition())) await new Promise(wake => setTimeout(wake, 20))
}
