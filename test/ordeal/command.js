import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** The built command. */
export const main = resolve('dist/command/main.js')

/** A folder of its own for each ordeal. */
export const folderFor = name => mkdtempSync(join(tmpdir(), `multivector-${name}-`))

/** Starts a program; `ended` says how it ended. */
export function start(program, args, options = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', piece => {
    stdout += piece
  })
  child.stderr?.on('data', piece => {
    stderr += piece
  })
  const ended = new Promise((done, failed) => {
    child.on('error', failed)
    child.on('close', (code, signal) => done({ code, signal, stdout, stderr }))
  })
  return { child, ended }
}

/** Runs the command to its end. */
export const multivector = (args, options) => start(process.execPath, [main, ...args], options).ended

/** What a process must never show: a stack. */
export const showsStack = text => /^\s+at .+[:(]\d+:\d+\)?$/m.test(text)

/** Works through a list with a few at a time. */
export async function each(list, atOnce, work) {
  const queue = list.entries()
  const lane = async () => {
    for (const [n, item] of queue) await work(item, n)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}
