import { counted } from '../core/counted.ts'
import type { QueueEvent, QueueState } from '../execute/queue/queue-event.ts'
import { printErr } from './print.ts'
import { duration } from './progress.ts'
import { logJson } from './queue-options.ts'

/** How often the state of a batch is a line of its own, where there is no progress bar. */
const everyMs = 10_000

/** What a coordinator shows of the queue, on stderr: every event as JSON, or for people what they may want to act on. */
export function queueSight({ log, quiet }: { log: string; quiet: boolean }): (event: QueueEvent) => void {
  let last = performance.now()
  const due = () => {
    if (performance.now() - last < everyMs) return false
    last = performance.now()
    return true
  }
  if (log === 'json') {
    return event => {
      if (event.event !== 'state' || due()) logJson(event)
    }
  }
  if (quiet) return () => undefined
  let warned = false
  return event => {
    if (event.event === 'state') {
      if (event.workers === 0 && !warned)
        printErr('no worker is there: start some with multivector worker --queue, here or elsewhere')
      warned = event.workers === 0
      if (!process.stderr.isTTY && due()) printErr(stateText(event))
      return
    }
    const text = sentence(event)
    if (text) printErr(text)
  }
}

/** The state of a batch as a line. */
function stateText(state: QueueState): string {
  const { workers, threads, stored, underWay, waiting, retries, runsPerSecond, secondsLeft } = state
  const left = Number.isFinite(secondsLeft) ? `, ${duration(secondsLeft)} left` : ''
  return (
    `${counted(stored, 'part')} stored, ${underWay} under way, ${waiting} waiting · ${counted(workers, 'worker')} (${counted(threads, 'thread')}) · ` +
    `${runsPerSecond} runs/s${left} · ${counted(retries, 'retry', 'retries')}`
  )
}

/** What an event means to people; undefined for what goes well. */
function sentence(event: Exclude<QueueEvent, QueueState>): string | undefined {
  switch (event.event) {
    case 'joined':
      return `worker ${event.worker} joined with ${counted(event.threads, 'thread')}`
    case 'left':
      return `worker ${event.worker} left; its chunks are given to others`
    case 'refused-worker':
      return `worker ${event.worker} is refused: ${event.reason}`
    case 'failed':
    case 'stalled':
    case 'refused':
    case 'lost':
      return `part ${event.chunk} is tried again: ${event.worker ? `${event.worker}: ` : ''}${event.reason}`
    case 'given-up':
      return `part ${event.chunk} is given up: ${event.reason}`
    case 'away':
      return `the queue is away (${event.reason}); waiting for it`
    case 'trouble':
      return `the queue refuses to work: ${event.reason}`
    case 'back':
      return 'the queue is back'
    default:
      return undefined
  }
}
