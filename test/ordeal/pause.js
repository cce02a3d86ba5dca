/**
 * Loaded before the command: loads what it needs, says which thread does its file work, and waits for the file named in
 * GO, so that a tracer can be attached to that thread. Only for the ordeal.
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'

const dist = new URL('../../dist/', import.meta.url)
const starting = ['sim/cli/main.js', 'sim/execute/worker.js']
const inBrowser = /^reports\/(?:page|explorer)\//
const modules = readdirSync(dist, { recursive: true }).filter(
  name => name.endsWith('.js') && !starting.includes(name) && !inBrowser.test(name),
)
for (const name of modules) await import(new URL(name, dist).href)
const [thread] = (await readFile('/proc/thread-self/stat', 'utf8')).split(' ')
writeFileSync(`${process.env.GO}.thread`, thread)
const nothing = new Int32Array(new SharedArrayBuffer(4))
while (!existsSync(process.env.GO)) Atomics.wait(nothing, 0, 0, 5)
