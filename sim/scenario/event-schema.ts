import { actorConstants, actorVariables, systemDrivers } from './names.ts'
import { id, quarter, share, text, tier } from './schema-parts.ts'
import { z } from './zod.ts'

const change = { add: z.number().optional(), set: z.number().optional() }

const effect = z
  .union([
    z.strictObject({ parameter: id, ...change }).describe('a parameter, for the duration'),
    z
      .strictObject({
        driver: z.enum(systemDrivers),
        of: id.optional().describe('the pole of `growth`, the institution of `vitality`'),
        ...change,
      })
      .describe('a system variable: `add` once, `set` held for the duration'),
    z
      .strictObject({
        variable: z.enum([...actorVariables, ...actorConstants]),
        of: id.optional().describe('the corridor or institution'),
        ...change,
      })
      .describe('a variable of the named actors: states as for drivers, constants for the duration'),
    z
      .strictObject({
        tier: id.describe('the institution'),
        move: z.int().min(-3).max(3).optional(),
        set: tier.optional(),
      })
      .describe('moves the named actors by tiers, or to a tier; undone after the duration'),
    z
      .strictObject({
        corridor: id,
        open: z.number().min(0).max(5).optional(),
        cut: z.number().min(0).max(5).optional(),
      })
      .describe('log capacity: `open` stays (taken back after the duration), `cut` is lost at once and recovers'),
    z
      .strictObject({ institution: id, joins: id, tier: tier.default('observer') })
      .describe('members of the one outside the other are lifted to this tier of it'),
  ])
  .describe('what the event does')

export const event = z.strictObject({
  title: text.describe('what happens, in one line'),
  system: text.optional().describe('the system of the subject this event stands for'),
  source: z.union([id, z.array(id).min(1)]).describe('keys of the table `sources`'),
  grade: z.enum(['A', 'B', 'C', 'D']).describe('of the date, probability and sizes together'),
  note: text.optional().describe('what is assumed'),
  at: quarter.optional().describe('the quarter it happens in'),
  window: z.tuple([quarter, quarter]).optional().describe('first and last quarter it may happen in, equally likely'),
  probability: share.default(1).describe('chance that it happens in a run'),
  duration: z.int().min(1).max(400).optional().describe('quarters; left out for the rest of the run'),
  actors: z
    .union([z.literal('all'), z.array(id).min(1)])
    .default('all')
    .describe('whom effects on variables and tiers reach'),
  effects: z.array(effect).min(1).max(50).describe('what it changes, see below'),
})
