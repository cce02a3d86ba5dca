import { z } from './zod.ts'

/**
 * The lesson file, described once. Types, ranges and error texts of lesson files come from here, as do the JSON Schema for
 * editors and the reference in `scenarios/lessons/README.md`. Names of quantities and drivers are checked by
 * `sim/analysis/lesson`, which knows the model.
 */

z.config({ jitless: true })

const id = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/, 'expected an id: a letter, then letters, digits, _ or -, at most 40')
const line = z.string().min(1).max(200)
const text = z.string().min(1).max(1200)
const quantity = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_=]{0,119}$/, 'expected the name of a quantity such as gap, class=shell or KAZ_OP')
const world = id.describe('a key of `worlds`')
const against = id
  .default('start')
  .describe('the world it is compared with, run by run, or `start` for its value at the beginning')

const prediction = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('outcomes'), world })
      .describe('bars over the six outcomes of a run; their sum is 100'),
    z
      .strictObject({
        kind: z.literal('change'),
        quantity,
        world,
        against,
        same: z.number().min(0).max(10).describe('changes up to this size count as “about the same”'),
      })
      .describe('bars over falls, about the same, rises; their sum is 100'),
    z
      .strictObject({
        kind: z.literal('actors'),
        actors: z.array(id).min(2).max(8).describe('one bar for each state'),
        quantity: z
          .string()
          .regex(/^[A-Za-z][A-Za-z0-9_=]{0,79}$/, 'expected a quantity without its actor, such as OP or transport_own')
          .describe('a quantity of each actor, without the name of the actor'),
        world,
        against,
        direction: z.enum(['rises', 'falls']).describe('which way the quantity must go'),
        by: z.number().min(0).max(10).default(0).describe('and by more than this'),
      })
      .describe('a bar for each state: in how many of 100 runs it happens there'),
    z
      .strictObject({
        kind: z.literal('number'),
        quantity,
        world,
        against: id.optional().describe('left out for the level itself; else a world, or `start`'),
        low: z.number().describe('lower end of the scale'),
        high: z.number().describe('upper end of the scale'),
        step: z.number().positive().describe('step of the slider'),
      })
      .describe('one number on a scale'),
  ])
  .describe('what the student predicts before the run')

/** A statement about the worlds that the runs must bear out, beyond its 95 % interval. */
const finding = z
  .strictObject({
    claim: text.describe('what the model shows, in words and without numbers; the number is computed beside it'),
    quantity,
    world,
    against: id.optional().describe('left out for the level itself; else a world, or `start`'),
    above: z.number().optional().describe('holds when the interval lies above this'),
    below: z.number().optional().describe('holds when the interval lies below this'),
    within: z.number().positive().optional().describe('holds when the interval lies between minus this and this'),
  })
  .describe('a claim that is checked against the runs, in the class and in the tests')

const background = z.strictObject({
  text: text.describe('one short paragraph'),
  source: z.union([id, z.array(id).min(1)]).describe('keys of the table `sources` of the scenario'),
})

export const lessonSchema = z
  .strictObject({
    lesson: line.describe('the title; this key marks the file as a lesson'),
    minutes: z.int().min(5).max(90).describe('how long it takes'),
    question: line.describe('the one question of the lesson'),
    audience: line.describe('for whom it is'),
    background: z.array(background).min(1).max(4).describe('what a student needs to know, with its source'),
    scenario: line.describe('the scenario the worlds build on, relative to this file'),
    runs: z.int().min(100).max(10_000).default(1000).describe('runs of each world'),
    worlds: z
      .record(
        id,
        z.strictObject({
          name: line.describe('as students see it, a few words'),
          changes: z
            .record(z.string(), z.unknown())
            .default({})
            .describe('what this world changes, written as in a scenario that extends'),
        }),
      )
      .describe('one to four worlds; the first is the one the others are seen against'),
    predict: z.strictObject({ ask: line.describe('the question the bars answer'), bars: prediction }),
    reveal: z
      .array(z.strictObject({ quantity, label: line.optional().describe('left out for its plain name') }))
      .min(1)
      .max(8)
      .describe('quantities shown for every world after the prediction'),
    findings: z.array(finding).min(1).max(6).describe('what the runs show; each is checked'),
    explain: z
      .strictObject({
        text: text.describe('how to read the terms, in words'),
        actors: z.array(id).min(1).max(9).describe('states to choose from; the first is shown first'),
        measure: id.describe('ID, OP, gap or a domain, whose share of the first pole is split'),
        world,
        against,
        drivers: z
          .record(id, z.enum(['raises', 'lowers']))
          .default({})
          .describe('terms the text speaks of and which way they push for the first state; marked, and checked'),
      })
      .describe('the exact terms of the model behind the change'),
    discuss: z.array(line).length(3).describe('three questions to discuss'),
    limits: z.array(line).min(1).max(5).describe('what the model cannot say here'),
    teacher: z
      .strictObject({
        note: z.array(text).min(1).max(5).describe('paragraphs for the teacher'),
        curriculum: z
          .array(
            z.strictObject({
              course: line.describe('IB Global Politics, A-level Politics, university IR …'),
              terms: z.array(line).min(1).max(10),
            }),
          )
          .min(1)
          .max(6)
          .describe('terms of the curriculum it serves'),
      })
      .describe('for the teacher alone'),
  })
  .describe('A multivector lesson')

/** A lesson file with every default filled in. */
export type LessonDocument = z.output<typeof lessonSchema>
export type Prediction = LessonDocument['predict']['bars']
export type Finding = LessonDocument['findings'][number]
