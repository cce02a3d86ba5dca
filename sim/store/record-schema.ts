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

const pointList = z
  .strictObject({ inputs: z.array(z.string()), rows: z.array(z.array(z.number())).min(1) })
  .refine(({ inputs, rows }) => rows.every(row => row.length === inputs.length), {
    path: ['rows'],
    error: 'expected a value for each input in every row',
  })

export const planSchema = z
  .strictObject({ ...planShape, points: pointList.optional() })
  .refine(({ design, points }) => (design === 'points') === (points !== undefined), {
    path: ['points'],
    error: 'expected points for the design points, and for no other',
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

const quantityName = z.string().min(1).max(200)

/** A baseline: of a complete batch of single runs, so that its plan has neither points nor replications. */
export const baselineShape = z
  .strictObject({
    baseline: z.literal(1),
    scenario: z.strictObject({ id: z.string().max(1000), title: z.string().max(10_000), sha256: hash }),
    plan: z.strictObject({
      design: planShape.design.exclude(['points']),
      runs: planShape.runs,
      seed: planShape.seed,
    }),
    engine: version,
    model: version,
    batch: hash,
    digest: hash,
    runs: whole.min(30),
    failed: whole,
    counts: z.record(quantityName, whole),
    means: z.record(quantityName, z.tuple([z.number(), z.number().min(0)])),
  })
  .refine(({ plan, runs, failed }) => runs + failed === plan.runs, {
    path: ['runs'],
    error: 'expected those of the plan less those that failed',
  })
  .refine(({ counts, runs }) => Object.values(counts).every(count => count <= runs), {
    path: ['counts'],
    error: 'expected no more than there are runs',
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

/** Where a record is not as it should be, and why: the first of what is wrong. */
export function firstWrong({ issues: [issue] }: z.ZodError): string {
  const message = issue!.message.replace(/^(?:Invalid \w+|Too \w+): /, '')
  return `${issue!.path.join('.').slice(0, 100) || 'the top'}: ${message.slice(0, 200)}`
}
