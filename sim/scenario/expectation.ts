import { actorOutcomes, indexNames, outcomes } from './judged-names.ts'
import { z } from './zod.ts'

/** What somebody expects of a batch, as it stands under `expect` in a scenario. Judged after the runs, never part of them. */

const text = z.string().min(1).max(2000)
const of = z.string().min(1).max(40).optional().describe('an actor or group; left out for the whole system')
const share = z.number().min(0).max(1)
const number = z.number().min(-1e9).max(1e9)
const why = text.optional().describe('why it is expected; shown when it is not met')

const index = z.enum(indexNames)
const outcome = z.enum([...new Set([...outcomes, ...actorOutcomes])] as [string, ...string[]])

const shareForm = z
  .strictObject({
    share: outcome.describe('share of runs that end in this outcome'),
    of,
    at_least: share.optional(),
    at_most: share.optional(),
    within: share.positive().optional().describe('farthest from the recorded share'),
    why,
  })
  .describe('a share of runs')

const meanForm = z
  .strictObject({
    mean: index.describe('mean over runs of this index at the end'),
    of,
    at_least: number.optional(),
    at_most: number.optional(),
    within: number.positive().optional().describe('farthest from the recorded mean'),
    why,
  })
  .describe('a mean over runs')

const medianForm = z
  .strictObject({
    median: index.describe('median over runs of this index at the end'),
    of,
    at_least: number.optional(),
    at_most: number.optional(),
    why,
  })
  .describe('a median over runs')

const failedForm = z
  .strictObject({ failed: z.int().min(0).max(1e9).describe('most runs that may leave the finite numbers'), why })
  .describe('how many runs may fail')

const unchangedForm = z
  .strictObject({
    unchanged: z
      .union([z.literal('all'), z.array(z.string().min(1).max(40)).min(1).max(100)])
      .describe('all quantities, or those of these actors and groups'),
    why,
  })
  .describe('shown not to differ from what is compared with by more than matters')

/** One expectation in any of its forms. */
export const expectationSchema = z.union([shareForm, meanForm, medianForm, failedForm, unchangedForm])

export type Expectation = z.output<typeof expectationSchema>

/** The forms by the key that names them, for the reference. */
export const expectationForms = {
  share: shareForm,
  mean: meanForm,
  median: medianForm,
  failed: failedForm,
  unchanged: unchangedForm,
} as const
