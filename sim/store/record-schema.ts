import { designNames } from '../design/plan.ts'
import { z } from '../scenario/zod.ts'

/** SHA-256, hex. */
export const hash = z.string().regex(/^[0-9a-f]{64}$/)
export const version = z.string().min(1).max(40)
export const whole = z.int().min(0).max(1e9)

/** A plan but for its list of points. */
export const planShape = {
  design: z.enum(designNames),
  runs: z.int().min(1).max(1e9),
  seed: z.string().min(1).max(200),
  chunkRuns: z.int().min(100).max(20_000).multipleOf(100),
  replications: z.int().min(1).max(1e6).optional(),
}

const number = z.number()
export const planSchema = z.strictObject({
  ...planShape,
  points: z.strictObject({ inputs: z.array(z.string()), rows: z.array(z.array(number)) }).optional(),
})

const failedRun = z.strictObject({
  run: whole,
  variable: z.string().max(100),
  of: z.string().max(100),
  tick: whole,
})

/** What both a stored part and one on its way say of themselves. */
export const partShape = {
  batch: hash,
  chunk: whole,
  first: whole,
  end: whole,
  blocks: z.array(hash).max(200),
  failed: z.array(failedRun).max(20_000),
  sha256: z.strictObject({ rows: hash, tallies: hash }),
}
export const partRecord = z.strictObject(partShape)

export const failedChunk = z.strictObject({
  batch: hash,
  chunk: whole,
  first: whole,
  end: whole,
  attempts: whole,
  reason: z.string(),
})

/** A manifest but for what its scenario says, which goes through the front door of scenarios. */
export const manifestShape = z.strictObject({
  format: z.int(),
  batch: hash,
  engine: version,
  model: version,
  scenario: z.strictObject({ id: z.string().max(1000), sha256: hash, document: z.looseObject({}) }),
  plan: planSchema,
  columns: z.array(z.looseObject({ name: z.string().max(1000) })).max(100_000),
})
