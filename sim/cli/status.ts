import type { Argv, CommandModule } from 'yargs'
import { counted } from '../core/counted.ts'
import type { QueueStatus } from '../execute/queue/status.ts'
import { engineVersion, modelVersion } from '../version.ts'
import { printJson, printOut } from './print.ts'
import { queueOptions, warnOfPassword } from './queue-options.ts'
import { bytes } from './size.ts'

interface StatusArguments {
  queue?: string | undefined
  patience: number
  json: boolean
  quiet: boolean
}

export const statusCommand: CommandModule<object, StatusArguments> = {
  command: 'status',
  describe: 'look at a queue: its batches, chunks and workers',
  builder: (yargs: Argv) =>
    yargs
      .option('queue', queueOptions.queue)
      .option('patience', { ...queueOptions.patience, default: '10' })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON document on stdout' })
      .option('quiet', {
        type: 'boolean',
        default: false,
        describe: 'print no notes',
      }) as unknown as Argv<StatusArguments>,
  handler: async args => {
    const { addressOf } = await import('../execute/queue/address.ts')
    const address = addressOf(args.queue, process.env)
    if (!args.quiet) warnOfPassword(args.queue)
    const { queueStatus } = await import('../execute/queue/status.ts')
    const status = await queueStatus(address, args.patience)
    if (args.json) printJson({ queue: address.shown, ...status })
    else printOut(statusText(status, address.shown))
  },
}

function statusText({ batches, workers, memory }: QueueStatus, shown: string): string {
  const lines = [`${shown} · ${bytes(memory.used)} in use, ${bytes(memory.peak)} at most`]
  for (const one of batches) {
    const { batch, id, chunks, stored, waiting, active, retries, refused, failed, host, pid, alive } = one
    lines.push(
      `Batch   ${batch.slice(0, 8)} ${id}: ${stored} of ${chunks} parts stored, ${active} with workers, ${waiting} waiting, ` +
        `${chunks - stored - active - waiting - failed} to come · ${counted(retries, 'retry', 'retries')}, ${refused} refused, ${failed} given up · ` +
        (alive ? `process ${pid} on ${host}` : `its coordinator, process ${pid} on ${host}, is away`),
    )
  }
  if (batches.length === 0) lines.push('no batch')
  for (const { worker, threads, engine, model, parts, failed, refused } of workers) {
    const other = engine !== engineVersion || model !== modelVersion ? ', not the version here' : ''
    lines.push(
      `Worker  ${worker}: ${counted(threads, 'thread')}, engine ${engine}, model ${model}${other} · ${counted(parts, 'part')}, ${failed} failed, ${refused} refused`,
    )
  }
  if (workers.length === 0) lines.push('no worker')
  return lines.join('\n')
}
