import { spawn } from 'node:child_process'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { blocksOf } from '../documents.ts'
import { program, startServer } from './redis-server.ts'

const block = blocksOf('sim/execute/README.md', 'bash').find(text => text.includes('--queue'))!

it.skipIf(!program)('the commands for a queue run as written (needs redis-server)', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'multivector-'))
  const server = await startServer()
  await symlink(resolve('scenarios'), join(folder, 'scenarios'))
  const npx = `#!/bin/sh\nshift\nexec "${process.execPath}" "${resolve('dist/command/main.js')}" "$@"\n`
  await writeFile(join(folder, 'npx'), npx, { mode: 0o755 })
  // Another port than the usual one, which may be somebody's, fewer runs, and an end for the worker.
  const script = block.replace('127.0.0.1:6379', `127.0.0.1:${server.port}`).replace('--runs 2000', '--runs 400')
  expect(script).toContain(String(server.port))
  const path = `${folder}:${process.env.PATH}`
  const child = spawn('bash', ['-ec', `${script}\nkill %1\nwait || true`], {
    cwd: folder,
    env: { ...process.env, PATH: path },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', piece => {
      said += piece
    })
  const code = await new Promise(done => child.on('close', done))
  await server.stop()
  await rm(folder, { recursive: true })
  expect(said).toMatch(/joined with 2 threads/)
  expect(said).toMatch(/Digest {2}[0-9a-f]{64}/)
  expect(said).toMatch(/Worker {2}\S+: 2 threads, engine/)
  expect(code).toBe(0)
})
