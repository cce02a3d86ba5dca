import { availableParallelism } from 'node:os'
import type { Argv, CommandModule } from 'yargs'
import { counted } from '../core/counted.ts'
import type { WorkerEvent } from '../execute/queue/worker.ts'
import { engineVersion, modelVersion } from '../version.ts'
import { count } from './options.ts'
import { printErr, printJson } from './print.ts'
import { logJson, queueOptions, seconds, warnOfPassword } from './queue-options.ts'
import { listenForStop } from './signals.ts'

interface WorkerArguments {
  queue?: string | undefined
  threads: number
  lock: number
  idle?: number | undefined
  patience: number
  log: string
  json: boolean
  quiet: boolean
}

export const workerCommand: CommandModule<object, WorkerArguments> = {
  command: 'worker',
  describe: 'join a queue: compute chunks of the batches that others run with --queue',
  builder: (yargs: Argv) =>
    yargs
      .options(queueOptions)
      .option('threads', {
        type: 'string',
        coerce: count('threads', 1, 256),
        default: String(availableParallelism()),
        describe: 'worker threads',
      })
      .option('lock', {
        type: 'string',
        coerce: seconds('lock'),
        default: '30',
        describe: 'seconds a chunk is kept for a worker that gives no sign of life',
      })
      .option('idle', {
        type: 'string',
        coerce: seconds('idle'),
        describe: 'leave after so many seconds without a chunk [stay]',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON document on stdout when it leaves' })
      .option('quiet', { type: 'boolean', default: false, describe: 'print nothing' })
      .epilogue('User and password: in MULTIVECTOR_QUEUE, or in MULTIVECTOR_QUEUE_USER and MULTIVECTOR_QUEUE_PASSWORD')
      .example(
        '$0 worker --queue redis://queue.example.org --threads 8',
        'eight threads of this machine',
      ) as unknown as Argv<WorkerArguments>,
  handler: async args => {
    const stop = listenForStop()
    const { addressOf } = await import('../execute/queue/address.ts')
    const address = addressOf(args.queue, process.env)
    if (!args.quiet) warnOfPassword(args.queue)
    // Loaded here, so that the help does not wait for it.
    const { work } = await import('../execute/queue/worker.ts')
    const done = { worker: '', parts: 0, failed: 0, refused: 0 }
    const onEvent = (event: WorkerEvent) => {
      if (event.event === 'joined') done.worker = event.worker
      else if (event.event === 'part') done.parts++
      else if (event.event === 'failed' || event.event === 'refused') done[event.event]++
      if (args.log === 'json') logJson(event)
      else if (!args.quiet) say(event, address.shown)
    }
    await work(
      {
        address,
        engine: engineVersion,
        model: modelVersion,
        threads: args.threads,
        lockMs: args.lock,
        patienceMs: args.patience,
        idleMs: args.idle,
        onEvent,
      },
      stop.signal,
    )
    stop.release()
    if (args.json) printJson({ ...done, queue: address.shown, threads: args.threads })
    process.exitCode = stop.exitCode()
  },
}

function say(event: WorkerEvent, shown: string): void {
  const text = sentence(event, shown)
  if (text) printErr(text)
}

function sentence(event: WorkerEvent, shown: string): string | undefined {
  switch (event.event) {
    case 'joined':
      return `${event.worker} joined ${shown} with ${counted(event.threads, 'thread')}; interrupt it to leave`
    case 'failed':
    case 'refused':
      return `part ${event.chunk} of batch ${event.batch.slice(0, 8)} ${event.event}: ${event.reason}`
    case 'refused-batch':
      return `batch ${event.batch.slice(0, 8)} is refused: ${event.reason}`
    case 'away':
    case 'trouble':
      return `the queue is away (${event.reason}); waiting for it`
    case 'back':
      return 'the queue is back'
    case 'idle':
      return 'nothing to do: leaving'
    default:
      return undefined
  }
}
