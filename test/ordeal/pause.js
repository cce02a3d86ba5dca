/**
 * Loaded before the command: loads what it needs, says which thread does its file work, and waits for the file named in
 * GO, so that a tracer can be attached to that thread. Only for the ordeal.
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'

// What starts nothing when it is loaded.
const chunks = new URL('../../dist/command/chunks/', import.meta.url)
for (const name of readdirSync(chunks)) await import(new URL(name, chunks).href)
const [thread] = (await readFile('/proc/thread-self/stat', 'utf8')).split(' ')
writeFileSync(`${process.env.GO}.thread`, thread)
const nothing = new Int32Array(new SharedArrayBuffer(4))
while (!existsSync(process.env.GO)) Atomics.wait(nothing, 0, 0, 5)
