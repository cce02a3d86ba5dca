import { scenarioSchema } from '../../scenario/schema.ts'
import { z } from '../../scenario/zod.ts'
import { manifestOf } from '../../store/manifest.ts'
import { sha256 } from '../../store/part.ts'
import { hash, partShape, planSchema, planShape, version, whole } from '../../store/record-schema.ts'
import type { Job } from '../chunk.ts'

/** What must be the same on both sides. */
export interface Versions {
  readonly engine: string
  readonly model: string
}

/** One task of the queue: which chunk of which batch, and everything both sides must agree about. No code, no path. */
const taskSchema = z.strictObject({
  format: z.literal(1),
  engine: version,
  model: version,
  batch: hash,
  /** SHA-256 of the resolved scenario. */
  scenario: hash,
  /** SHA-256 of the job text. */
  job: hash,
  /** The plan without its list of points, which is in the job text. */
  plan: z.strictObject(planShape),
  chunk: whole,
})
export type Task = z.output<typeof taskSchema>

const jobSchema = z.strictObject({ document: scenarioSchema, plan: planSchema })

/** Longest job text that is read, in bytes. */
export const mostJobBytes = 100e6

/** A payload that is not what it claims to be. The message is a phrase. */
export class Refusal extends Error {}

/** The job of a batch as text, and the task of each of its chunks. */
export function taskOf(job: Job, { engine, model }: Versions): { text: string; task: (chunk: number) => Task } {
  const { batch, scenario } = manifestOf({ id: '', ...job, engine, model })
  const text = JSON.stringify({ document: job.document, plan: job.plan })
  const { points: _, ...plan } = job.plan
  const common = { format: 1 as const, engine, model, batch, scenario: scenario.sha256, job: sha256(text), plan }
  return { text, task: chunk => ({ ...common, chunk }) }
}

/** Reads a task. @throws Refusal when it is none, or of another version */
export function readTask(data: unknown, { engine, model }: Versions): Task {
  const { data: task, error } = taskSchema.safeParse(data)
  if (!task) throw new Refusal(`its payload is no task: ${firstIssue(error)}`)
  if (task.engine !== engine || task.model !== model)
    throw new Refusal(`it needs engine ${task.engine}, model ${task.model}; this is ${engine}, ${model}`)
  if (task.chunk * task.plan.chunkRuns >= task.plan.runs) throw new Refusal('its chunk is beyond its plan')
  return task
}

/** Reads the job of a task and checks every hash the task names. @throws Refusal when they do not belong together */
export function readJob(text: Uint8Array, task: Task): Job {
  if (text.length > mostJobBytes) throw new Refusal('its job text is too long')
  if (sha256(text) !== task.job) throw new Refusal('its job text does not match its hash')
  let parsed: unknown
  try {
    parsed = JSON.parse(Buffer.from(text).toString('utf8'))
  } catch {
    throw new Refusal('its job text is not JSON')
  }
  const { success, error } = jobSchema.safeParse(parsed)
  if (!success) throw new Refusal(`its job is none: ${firstIssue(error)}`)
  // As it was written and hashed, not as the schema would write it.
  const job = parsed as Job
  const wanted = taskOf(job, task).task(task.chunk)
  for (const key of ['batch', 'scenario', 'job', 'plan'] as const) {
    if (JSON.stringify(sorted(wanted[key])) !== JSON.stringify(sorted(task[key])))
      throw new Refusal(`its ${key} is not that of its job text`)
  }
  return job
}

const sorted = (value: object | string) =>
  typeof value === 'string' ? value : Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues
  return `${issue!.path.join('.') || 'it'}: ${issue!.message}`.slice(0, 200)
}

/** What travels before the bytes of a part. */
export const partHeader = z.strictObject({
  ...partShape,
  format: z.literal(1),
  job: hash,
  bytes: z.strictObject({ rows: whole, tallies: whole }),
})

/** What a worker reports of a task. */
const reportSchema = z.strictObject({
  event: z.enum(['part', 'failed', 'refused', 'stalled']),
  chunk: whole,
  worker: z.string().max(100),
  reason: z.string().max(400).optional(),
})
export type Report = z.output<typeof reportSchema>

/** What a worker says of itself once a second. */
const workerSchema = z.strictObject({
  host: z.string().max(255),
  pid: whole,
  threads: whole,
  engine: version,
  model: version,
  since: z.string().max(40),
  /** Parts made, attempts that failed, and payloads and batches refused. */
  parts: whole,
  failed: whole,
  refused: whole,
  /** Milliseconds, by the clock of the server. */
  seen: z.number(),
})
export type WorkerNote = z.output<typeof workerSchema>

/** What a coordinator says of its batch once a second. */
const batchSchema = z.strictObject({
  id: z.string().max(300),
  engine: version,
  model: version,
  runs: whole,
  chunks: whole,
  stored: whole,
  retries: whole,
  refused: whole,
  failed: whole,
  host: z.string().max(255),
  pid: whole,
  since: z.string().max(40),
  seen: z.number(),
})
export type BatchNote = z.output<typeof batchSchema>

const holderSchema = z.strictObject({
  token: z.string().max(100),
  host: z.string().max(255),
  pid: whole,
  since: z.string().max(40),
})
export type Holder = z.output<typeof holderSchema>

/** Longest report, note or claim that is read, in bytes: ours are below 2,000, and a server holds half a gigabyte in one. */
const mostNoteBytes = 10_000

function reader<T>(schema: z.ZodType<T>): (bytes: Buffer | null | undefined) => T | undefined {
  return bytes => {
    if (!bytes || bytes.length > mostNoteBytes) return undefined
    try {
      return schema.safeParse(JSON.parse(bytes.toString('utf8'))).data
    } catch {
      return undefined
    }
  }
}

/** Readers of what is on the server; undefined for anything else, which is then nobody's. */
export const readReport = reader(reportSchema)
export const readWorker = reader(workerSchema)
export const readBatch = reader(batchSchema)
export const readHolder = reader(holderSchema)
