import { spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'

/** How long each has the machine before it is the turn of the next, in ms: short beside the drift of a machine. */
const turnMs = 400

/** Work of this process that takes turns for as long as commands do. */
export class Work {
  seconds = 0
  amount = 0

  /** @param once - does a little; returns how much */
  constructor(once) {
    this.once = once
  }

  async turn() {
    const began = performance.now()
    while (performance.now() - began < turnMs) this.amount += this.once()
    this.seconds += (performance.now() - began) / 1000
  }

  /** Amount a second. */
  get rate() {
    return this.amount / this.seconds
  }
}

/** Commands of Node, one after the other; they stand still between their turns. `seconds` is the time they had. */
export class Commands {
  seconds = 0

  /** @param left - arguments of each */
  constructor(...left) {
    this.left = left
  }

  get ended() {
    return this.running === undefined && this.left.length === 0
  }

  async turn() {
    const began = performance.now()
    if (this.running) this.running.child.kill('SIGCONT')
    else {
      const child = spawn(process.execPath, this.left.shift(), { stdio: 'ignore' })
      this.running = { child, exit: new Promise(over => child.on('exit', over)) }
    }
    const { child, exit } = this.running
    const code = await Promise.race([exit, pause(turnMs, 'goes on')])
    this.seconds += (performance.now() - began) / 1000
    if (code === 'goes on') child.kill('SIGSTOP')
    else if (code === 0) this.running = undefined
    else throw new Error(`${child.spawnargs.join(' ')}: ended with ${code}`)
  }
}

/** Lets all take turns until the commands have ended, so that a machine that drifts slows all alike. */
export async function takeTurns(works, commands) {
  while (commands.some(one => !one.ended)) for (const one of [...works, ...commands]) if (!one.ended) await one.turn()
}
