/** Loaded before the command (`node --import`): its threads compute with the worker beside this file, which fails on purpose. */
import { fileURLToPath } from 'node:url'
import { Piscina } from 'piscina'

const filename = fileURLToPath(new URL('worker.js', import.meta.url))
const run = Piscina.prototype.run
Piscina.prototype.run = function (task, options) {
  return run.call(this, task, { ...options, filename })
}
