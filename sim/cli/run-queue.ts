import { exitCode, UserError } from '../core/errors.ts'
import type { Executor } from '../execute/executor.ts'
import { engineVersion, modelVersion } from '../version.ts'
import { count } from './options.ts'
import { queueOptions, warnOfPassword } from './queue-options.ts'
import { queueSight } from './queue-sight.ts'

/** What `run` is told of a queue. */
export interface QueueArguments {
  queue?: string | undefined
  window?: number | undefined
  audit: number
  patience: number
  log: string
}

/** The options of `run` for a queue. */
export const runQueueOptions = {
  ...queueOptions,
  queue: { ...queueOptions.queue, describe: `compute on the workers of a queue: ${queueOptions.queue.describe}` },
  window: {
    type: 'string',
    coerce: count('window', 1, 100_000),
    describe: 'parts under way in the queue at once [twice the threads of all workers, at most 256 MB]',
  },
  audit: {
    type: 'string',
    coerce: share,
    default: '0',
    describe: 'share of the parts of a queue that are made again here and must have the same numbers',
  },
} as const

function share(text: string): number {
  const value = /^(?:\d+(?:\.\d+)?)$/.test(text) ? Number(text) : Number.NaN
  if (value >= 0 && value <= 1) return value
  throw new UserError(exitCode.usage, `--audit: expected a share from 0 to 1, got ${JSON.stringify(text)}`)
}

/** The executor that gives chunks to a queue. Everything about queues is loaded here, when one is asked for. */
export async function queued(args: QueueArguments, id: string, quiet: boolean): Promise<Executor> {
  const { addressOf } = await import('../execute/queue/address.ts')
  const address = addressOf(args.queue, process.env)
  if (!quiet) warnOfPassword(args.queue)
  const { queueExecutor } = await import('../execute/queue/coordinator.ts')
  return queueExecutor({
    address,
    id,
    engine: engineVersion,
    model: modelVersion,
    window: args.window,
    audit: args.audit,
    patienceMs: args.patience,
    onEvent: queueSight({ log: args.log, quiet }),
  })
}
