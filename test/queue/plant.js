/** Loaded before the command (`node --import`): its threads make parts with the file beside this one, which fails on purpose. */
import { fileURLToPath } from 'node:url'
import { Piscina } from 'piscina'

const filename = fileURLToPath(new URL('planted-thread.js', import.meta.url))
const run = Piscina.prototype.run
Piscina.prototype.run = function (task, options) {
  return run.call(this, task, { ...options, filename })
}
