import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'

/** How long each has the machine before it is the turn of the next, in ms: short beside the drift of a machine. */
const turnMs = 400

/** Work of this process that can stop at any time. `rate` is what it does a second. */
export function steady(work) {
  const own = { seconds: 0, amount: 0, ended: false, waits: true }
  return {
    ...own,
    async turn() {
      const began = performance.now()
      while (performance.now() - began < turnMs) this.amount += work()
      this.seconds += (performance.now() - began) / 1000
    },
    get rate() {
      return this.amount / this.seconds
    },
  }
}

/** Commands of Node, one after the other. Between its turns a command is stopped; `seconds` is the time it had. */
export function commands(...commandLines) {
  let child
  let left = commandLines
  let ended = false
  let seconds = 0
  return {
    get ended() {
      return ended
    },
    get seconds() {
      return seconds
    },
    async turn() {
      const began = performance.now()
      if (child) child.kill('SIGCONT')
      else {
        child = spawn(process.execPath, left[0], { stdio: 'ignore' })
        left = left.slice(1)
      }
      const exit = child.exit ?? (child.exit = once(child, 'exit'))
      const over = await Promise.race([exit, pause(turnMs)])
      seconds += (performance.now() - began) / 1000
      if (!over) child.kill('SIGSTOP')
      else if (over[0] !== 0) throw new Error(`ended with ${over}`)
      else {
        child = undefined
        ended = left.length === 0
      }
    },
  }
}

/** Lets all take turns until the commands have ended, so that a machine that drifts slows all alike. */
export async function takeTurns(all) {
  while (all.some(one => one.ended === false)) for (const one of all) if (!one.ended) await one.turn()
}
