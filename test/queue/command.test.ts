import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Queue } from 'bullmq'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exitCode } from '../../sim/core/errors.ts'
import { addressOf } from '../../sim/execute/queue/address.ts'
import { prefix, queueName, taskId } from '../../sim/execute/queue/keys.ts'
import { taskOf } from '../../sim/execute/queue/message.ts'
import { planOf } from '../../sim/experiment.ts'
import { engineVersion, modelVersion } from '../../sim/version.ts'
import { shippedDocument } from '../world.ts'
import { endAll, run, startWorker } from './processes.ts'
import { freePort, program, type Server, startServer, until } from './redis-server.ts'

const secret = 'open-sesame-7'
const certifiable = spawnSync('openssl', ['version']).status === 0
const versions = { engine: engineVersion, model: modelVersion }
let folder: string
let server: Server
let withSecret: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
  if (!program) return
  server = await startServer('--requirepass', secret)
  withSecret = server.address.replace('//', `//:${secret}@`)
})
afterAll(async () => {
  endAll()
  await server?.stop()
  await rm(folder, { recursive: true })
})

const scenario = resolve('scenarios/cis-plus-2030.yaml')
const small = ['run', scenario, '--runs', '200', '--part-runs', '100', '--no-report']

describe('an address', () => {
  it('is read with TLS, user, password and database, and shown without the secrets', () => {
    const address = addressOf('rediss://me:p%40ss@queue.example.org/3', {})
    expect(address).toMatchObject({
      host: 'queue.example.org',
      port: 6379,
      db: 3,
      tls: true,
      username: 'me',
      password: 'p@ss',
    })
    expect(address.shown).toBe('rediss://queue.example.org:6379/3')
  })

  it('or what it lacks comes from the environment', () => {
    const env = { MULTIVECTOR_QUEUE: 'redis://h:1', MULTIVECTOR_QUEUE_USER: 'u', MULTIVECTOR_QUEUE_PASSWORD: 'p' }
    expect(addressOf('', env)).toMatchObject({ host: 'h', port: 1, username: 'u', password: 'p' })
    expect(addressOf('redis://other', env)).toMatchObject({ host: 'other', username: 'u', password: 'p' })
  })

  it.each([
    '',
    'http://h',
    'redis://',
    'redis://h/x',
    `redis://:${secret}@h:99999`,
    `redis://:${secret}@h/?x=1`,
    secret,
  ])('that is none (%s) is refused without being repeated', text => {
    expect(() => addressOf(text, {})).toThrow(/expected redis:\/\/host/)
    expect(() => addressOf(text, {})).not.toThrow(secret)
  })

  it.each([`redis://u:${secret}%@h`, `redis://${secret}%zz@h`, `redis://u:${secret}%ff@h`])(
    'with a %% that is no escape (%s) is refused with the way to write it, and without being repeated',
    text => {
      const refused = (given: string | undefined, env = {}) => {
        try {
          return addressOf(given, env)
        } catch (error) {
          return error
        }
      }
      for (const error of [refused(text), refused(undefined, { MULTIVECTOR_QUEUE: text })]) {
        expect(error).toMatchObject({ code: exitCode.usage, message: expect.stringMatching(/%25.*QUEUE_PASSWORD/) })
        expect((error as Error).message).not.toContain(secret)
      }
    },
  )

  it('takes a password of the environment as it is', () => {
    expect(addressOf('redis://h', { MULTIVECTOR_QUEUE_PASSWORD: '100%' })).toMatchObject({ password: '100%' })
  })
})

it('a plain run loads nothing of a queue', async () => {
  const list = join(folder, 'modules')
  const hook = join(folder, 'hook.mjs')
  await writeFile(
    hook,
    `import { appendFileSync } from 'node:fs'
     export async function load(url, context, next) { appendFileSync(${JSON.stringify(list)}, url + '\\n'); return next(url, context) }`,
  )
  const register = `data:text/javascript,${encodeURIComponent(`import { register } from 'node:module'; register(${JSON.stringify(`file://${hook}`)})`)}`
  const args = [...small, '--workers', '0', '--out', join(folder, 'plain')]
  expect((await run(args, { env: { NODE_OPTIONS: `--import ${register}` } }).ended).code).toBe(0)
  const loaded = await readFile(list, 'utf8')
  expect(loaded).toMatch(/\/dist\/command\/chunks\/run-/)
  for (const name of ['bullmq', 'ioredis']) expect(loaded).not.toContain(name)
})

describe.skipIf(!program)('a queue with a password (needs redis-server)', () => {
  it('is used by run, worker and status, and shows no secret, neither in what they say nor in the list of processes', async () => {
    const env = { MULTIVECTOR_QUEUE: withSecret }
    // One is given the secret on its command line, in spite of the warning, the others in the environment.
    const worker = await startWorker(withSecret)
    const line = await readFile(`/proc/${worker.child.pid}/cmdline`, 'utf8').catch(() => '')
    expect(line).not.toContain(secret)
    const out = join(folder, 'secret')
    const [made, text] = [run([...small, '--queue', '--json', '--out', out], { env }), run(['status'], { env })]
    const { code, stdout } = await made.ended
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ complete: true, runs: 200 })
    expect((await text.ended).code).toBe(0)
    const status = run(['status', '--queue', server.address, '--json'], { env: { MULTIVECTOR_QUEUE_PASSWORD: secret } })
    const seen = JSON.parse((await status.ended).stdout)
    expect(seen).toMatchObject({
      queue: server.address,
      batches: [],
      workers: [{ threads: 1, engine: engineVersion, parts: 2 }],
    })
    worker.child.kill('SIGTERM')
    expect((await worker.ended).code).toBe(143)
    for (const said of [made, text, status, worker]) expect(said.said()).not.toContain(secret)
    expect(worker.said()).toContain('can be seen by others')
  })

  it('refuses a wrong one with 77, at once and without repeating it', async () => {
    const wrong = 'wrong-sesame'
    const ends = await Promise.all([
      run(['worker', '--queue', server.address.replace('//', `//:${wrong}@`)]).ended,
      run(['status', '--queue', server.address]).ended,
    ])
    for (const { code, stderr } of ends) {
      expect(stderr).toMatch(/WRONGPASS|NOAUTH/)
      expect(stderr).not.toContain(wrong)
      expect(code).toBe(77)
    }
  })
})

describe.skipIf(!program || !certifiable)('a queue with TLS (needs redis-server and openssl)', () => {
  it('is joined with the authority it is signed by, and by nobody who does not know it', async () => {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
    const made = [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '1',
      '-keyout',
      key,
      '-out',
      cert,
      ...subject,
    ]
    expect(spawnSync('openssl', made).status).toBe(0)
    const tlsPort = await freePort()
    const files = [
      '--tls-cert-file',
      cert,
      '--tls-key-file',
      key,
      '--tls-ca-cert-file',
      cert,
      '--tls-auth-clients',
      'no',
    ]
    const sealed = await startServer('--tls-port', String(tlsPort), ...files)
    const args = ['status', '--json', '--queue', `rediss://127.0.0.1:${tlsPort}`, '--patience', '5']
    const [known, unknown] = await Promise.all([
      run(args, { env: { NODE_EXTRA_CA_CERTS: cert } }).ended,
      run(args).ended,
    ])
    await sealed.stop()
    expect(known.code).toBe(0)
    expect(JSON.parse(known.stdout)).toMatchObject({ queue: `rediss://127.0.0.1:${tlsPort}`, batches: [] })
    expect(unknown.code).toBe(69)
    expect(unknown.stderr).toMatch(/SELF_SIGNED/)
  })
})

describe.skipIf(!program)('a worker (needs redis-server)', () => {
  it('of another version refuses a batch, and is refused', async () => {
    const old = join(folder, 'old')
    await cp(resolve('dist'), join(old, 'dist'), { recursive: true })
    await symlink(resolve('node_modules'), join(old, 'node_modules'))
    await cp(resolve('package.json'), join(old, 'package.json'))
    const chunks = join(old, 'dist/command/chunks')
    const version = (await readdir(chunks)).filter(name => name.startsWith('version-'))
    expect(version).toHaveLength(1)
    const file = join(chunks, version[0]!)
    const text = await readFile(file, 'utf8')
    expect(text).toContain(`"${engineVersion}"`)
    await writeFile(file, text.replace(`"${engineVersion}"`, '"0.0.9"'))
    const other = await startWorker(withSecret, { main: join(old, 'dist/command/main.js') })
    const args = [...small, '--queue', withSecret, '--log', 'json', '--seed', '9', '--out', join(folder, 'versions')]
    const made = run(args)
    await until(() => made.events().some(({ event }) => event === 'refused-worker'))
    await until(() => other.events().some(({ event }) => event === 'refused-batch'))
    expect(made.said()).toContain(`it has engine 0.0.9, model ${modelVersion}; this batch needs ${engineVersion}`)
    expect(made.events().some(({ event }) => event === 'stored')).toBe(false)
    const status = async () => JSON.parse((await run(['status', '--queue', withSecret, '--json']).ended).stdout)
    // A worker tells its counts at its next sign of life.
    await until(async () => (await status()).workers[0]?.refused === 1)
    const look = await status()
    expect(look.batches).toMatchObject([{ chunks: 2, stored: 0, waiting: 2, active: 0, refused: 1, alive: true }])
    expect(look.workers).toMatchObject([{ engine: '0.0.9', refused: 1, parts: 0 }])
    const sound = await startWorker(withSecret)
    expect((await made.ended).code).toBe(0)
    other.child.kill('SIGKILL')
    sound.child.kill('SIGKILL')
  })

  it('says with --json what it did, in one document on stdout when it leaves', async () => {
    const { code, stdout } = await run([
      'worker',
      '--queue',
      withSecret,
      '--threads',
      '1',
      '--idle',
      '1',
      '--json',
      '--quiet',
    ]).ended
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ queue: server.address, threads: 1, parts: 0, failed: 0, refused: 0 })
  })

  it('refuses payloads that are none and goes on; at a signal it ends its chunk, at a second one it ends at once', async () => {
    const planted = { fault: 'hold', chunk: 'any', held: join(folder, 'held'), go: join(folder, 'go') }
    const queue = new Queue(queueName(versions), { connection: server.redis, prefix })
    const document = await shippedDocument('cis-plus-2030')
    const { text, task } = taskOf({ document, plan: planOf({ document, runs: 200, partRuns: 100 }) }, versions)
    const { batch, job } = task(0)
    const add = (data: object, chunk: number) => queue.add('chunk', data, { jobId: taskId(batch, chunk) })
    const forged = await Promise.all([
      add({ ...task(0), engine: '9.9' }, 0),
      add({ ...task(1), code: 'process.exit()' }, 1),
      add({ ...task(1), chunk: 0 }, 7),
    ])
    const [first, second] = await Promise.all([
      startWorker(withSecret, { planted }),
      startWorker(withSecret, { planted }),
    ])
    const refusals = () => [...first.events(), ...second.events()].filter(({ event }) => event === 'refused')
    await until(() => refusals().length === 3)
    await until(async () => (await Promise.all(forged.map(one => one.getState()))).every(state => state === 'failed'))
    await server.redis.set(`${prefix}:job:${job}`, text)
    for (const one of forged) await one.remove()
    for (const chunk of [0, 1]) await add(task(chunk), chunk)
    await until(() => existsSync(planted.held))
    await until(async () => (await queue.getActiveCount()) === 2)
    for (const { child } of [first, second]) child.kill('SIGTERM')
    await until(() => [first, second].every(one => one.said().includes('interrupt again')))
    const again = setInterval(() => second.child.kill('SIGINT'), 100)
    expect((await second.ended).code).toBe(130)
    clearInterval(again)
    expect(first.child.exitCode).toBeNull()
    await writeFile(planted.go, '')
    expect((await first.ended).code).toBe(143)
    expect(first.events().map(({ event }) => event)).toContain('part')
    await queue.close()
  })
})
