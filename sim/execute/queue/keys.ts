import type { Versions } from './message.ts'

/** Everything of ours on a server begins with this; a database of its own is not needed. */
export const prefix = 'multivector'

/** The batches that are being made, by id: a hash of `BatchNote`. */
export const batchesKey = `${prefix}:batches`
/** The workers, by id: a hash of `WorkerNote`. */
export const workersKey = `${prefix}:workers`

/** Name of the queue of chunks: one for each version, so that no worker is given what it must refuse. */
export function queueName({ engine, model }: Versions): string {
  return `chunks-1-${engine}-${model}`.replaceAll(':', '-')
}

const short = (batch: string) => batch.slice(0, 16)

/** Id of the task of a chunk: the same whoever enqueues it, so that it is in the queue once. */
export function taskId(batch: string, chunk: number): string {
  return `${short(batch)}-${chunk}`
}

const taskIdForm = /^([0-9a-f]{16})-(\d{1,9})$/

/** Whether it is the id of a task of any batch. */
export const isTaskId = (id: string) => taskIdForm.test(id)

/** The chunk of a task of this batch; undefined for tasks of others. */
export function chunkOfTask(batch: string, id: string | undefined): number | undefined {
  const [, owner, chunk] = taskIdForm.exec(id ?? '') ?? []
  return owner === short(batch) ? Number(chunk) : undefined
}

/** The job text, under its SHA-256: what all chunks of a batch have in common. */
export const jobKey = (hash: string) => `${prefix}:job:${hash}`
/** A finished part on its way to the coordinator. */
export const partKey = (batch: string, chunk: number) => `${prefix}:part:${short(batch)}:${chunk}`
/** What workers report of a batch: a list of `Report`. */
export const reportsKey = (batch: string) => `${prefix}:reports:${short(batch)}`
/** Who makes a batch: a `Holder` that expires. */
export const holderKey = (batch: string) => `${prefix}:coordinator:${short(batch)}`

/** Seconds after which what nobody asks for any more is gone from the server. */
export const keptSeconds = 3600
