import { event } from './event-schema.ts'
import { expectationSchema } from './expectation.ts'
import { domainNames } from './names.ts'
import { basis, figure, id, quarter, share, table, text, tier } from './schema-parts.ts'
import { z } from './zod.ts'

/**
 * The scenario file, described once. Types, defaults, units, ranges and error texts of scenario files come from here, as
 * do the JSON Schema for editors and the reference in `scenarios/README.md`.
 */

const perDomain = (meaning: string, value: readonly number[]) =>
  z
    .strictObject(
      Object.fromEntries(domainNames.map(d => [d, z.number().min(-10).max(10)])) as Record<
        (typeof domainNames)[number],
        z.ZodNumber
      >,
    )
    .prefault(
      Object.fromEntries(domainNames.map((d, i) => [d, value[i]!])) as Record<(typeof domainNames)[number], number>,
    )
    .describe(meaning)

// ---------------------------------------------------------------------------------------------------- actors

const actor = z.strictObject({
  name: text.describe('name in reports'),
  code: z
    .int()
    .min(1)
    .max(0xffffffff)
    .describe('ISO 3166-1 numeric code; addresses the random draws, so it never changes'),
  core: z.boolean().default(false).describe('counted in the core means'),
  region: id.optional().describe('regional peers; left out for none'),
  pole: id.optional().describe('the option this state is itself, which is then masked'),
  gdp: figure(z.number().min(0), 'gross domestic product, billion US dollars').optional(),
  weight: figure(z.number().min(0).max(1000), 'weight in means and leadership, fourth root of GDP'),
  alignment: z
    .strictObject(
      Object.fromEntries(
        domainNames.map(d => [d, figure(table(share), `shares of the options in the ${d} domain; sum 1`)]),
      ) as Record<(typeof domainNames)[number], ReturnType<typeof figure<z.ZodRecord<z.ZodString, z.ZodNumber>>>>,
    )
    .describe('alignment at the start; an option left out or 0 is masked for ever'),
  tiers: figure(table(tier), 'tier in each institution; left out for none'),
  sovereignty: figure(z.number().min(0).max(2), 'aversion to concentration'),
  coercion_exposure: figure(z.number().min(0).max(10), 'exposure to Russian coercion'),
  insecurity: figure(z.number().min(0).max(10), 'rate multiplier of border and terror shocks'),
  succession: figure(z.number().min(0).max(10), 'rate multiplier of a change of leader'),
  project_need: figure(z.number().min(0).max(1), 'need of support for national-interest projects'),
  project_capacity: figure(z.number().min(0).max(1), 'own capacity for national-interest projects'),
  settlement0: figure(share, 'share of trade with Russia settled in national currencies'),
  sanctions_exposure: figure(z.number().min(0).max(1), 'exposure to secondary sanctions'),
  corridor_exposure: figure(table(z.number().min(0).max(1)), 'exposure to each corridor; left out for 0'),
  up_appetite: figure(table(z.number().min(0).max(100)), 'appetite for a higher tier; left out for 0'),
  down_tendency: figure(table(z.number().min(0).max(100)), 'tendency to a lower tier; left out for 0'),
})

const institution = z.strictObject({
  name: text.describe('name in reports'),
  anchor: figure(table(share), 'whom the body serves: a share for each option; sum 1'),
  vitality0: figure(share, 'vitality at the start'),
  exists: z.boolean().default(true).describe('false: the body has no members, no appetite and no effect'),
})

const corridor = z.strictObject({
  name: text.describe('name in reports'),
  serves: figure(table(share), 'which options traffic on it serves, by share; sum 1'),
})

// -------------------------------------------------------------------------------------------- distributions

const number = z.number()
export const distribution = z
  .discriminatedUnion('distribution', [
    z.strictObject({ distribution: z.literal('uniform'), low: number, high: number }),
    z.strictObject({ distribution: z.literal('triangular'), low: number, mode: number, high: number }),
    z.strictObject({
      distribution: z.literal('pert'),
      low: number,
      mode: number,
      high: number,
      shape: z.number().min(0.1).max(100).default(4),
    }),
    z.strictObject({
      distribution: z.literal('normal'),
      mean: number,
      sd: z.number().positive(),
      low: number.optional(),
      high: number.optional(),
    }),
    z.strictObject({
      distribution: z.literal('lognormal'),
      median: z.number().positive(),
      sigma: z.number().positive().max(10).describe('standard deviation of the logarithm'),
      low: z.number().min(0).optional(),
      high: number.optional(),
    }),
    z.strictObject({
      distribution: z.literal('discrete'),
      values: z.array(number).min(1).max(100),
      weights: z.array(z.number().min(0)).optional().describe('left out for equal weights'),
    }),
    z.strictObject({ distribution: z.literal('fixed'), value: number }),
  ])
  .describe('how a parameter is sampled')

// ------------------------------------------------------------------------------------- indices and thresholds

const weights = z
  .strictObject({
    growth: perDomain('growth of the poles', [0.2, 0.2, 1, 0.6, 0.15]),
    corridor: perDomain('corridor capacity', [0, 0, 0.3, 1, 0]),
    capacity: perDomain('Russian capacity', [0.6, 1, 0.3, 0, 0.2]),
    winwin: perDomain('delivered win-win', [0.8, 0.5, 0.6, 0.5, 0.5]),
    band: perDomain('bandwagoning', [1, 1, 0, 0, 0]),
    derisk: perDomain('de-risking', [0, 0, 1, 0.7, 0.5]),
    insecurity: perDomain('insecurity', [0.5, 1, 0, 0, 0]),
    sanctions: perDomain('secondary sanctions', [0, 0, 1, 0.5, 0]),
    leader: perDomain('leader orientation', [1, 0.6, 0.3, 0.2, 0.2]),
    project: perDomain('national-interest projects', [0, 0, 0.2, 0.6, 0.6]),
    sigma: perDomain('shocks', [0.35, 0.5, 1, 0.7, 0.25]),
  })
  .prefault({})
  .describe('weight of each driver in each domain (grade D)')

const indices = z
  .strictObject({
    id_share: share.default(0.5).describe('share of political alignment in institutional alignment'),
    id_institutions: table(share).default({}).describe('weight of each institution in institutional alignment; sum 1'),
    op_weights: perDomain('weight of each domain in operational alignment; sum 1', [0, 0.25, 0.35, 0.25, 0.15]),
    basis,
  })
  .prefault({})
  .describe('how the indices are formed')

const at = (value: number, meaning: string) => z.number().min(-20).max(20).default(value).describe(meaning)
const scale = (value: number, meaning: string) => z.number().positive().max(20).default(value).describe(meaning)
const thresholds = z
  .strictObject({
    status_quo: at(0.05, 'score of the status quo'),
    ambiguous: at(0.25, 'runs whose two best scores differ by less are ambiguous'),
    dual_gap: at(0.02, 'duality: growth of the gap'),
    dual_gap_scale: scale(0.02, 'its scale'),
    dual_id: at(-0.05, 'duality: change of institutional alignment'),
    dual_id_scale: scale(0.03, 'its scale'),
    dual_v: at(0.33, 'duality: vitality of CIS Plus'),
    dual_v_scale: scale(0.15, 'its scale'),
    council_v: at(0.52, 'council: vitality'),
    council_v_scale: scale(0.15, 'its scale'),
    council_lead: at(0.06, 'council: fall of Russia’s leadership share'),
    council_lead_scale: scale(0.08, 'its scale'),
    council_ext: at(3, 'council: external participants'),
    council_ext_scale: scale(3, 'its scale'),
    shell_v: at(0.33, 'shell: vitality below'),
    shell_breadth: at(0.85, 'shell: breadth above'),
    shell_scale: scale(0.15, 'scale of both'),
    consol_op: at(0.005, 'consolidation: change of operational alignment'),
    consol_op_scale: scale(0.02, 'its scale'),
    consol_id: at(-0.02, 'consolidation: change of institutional alignment'),
    consol_id_scale: scale(0.03, 'its scale'),
    consol_lead: at(-0.03, 'consolidation: change of Russia’s leadership share'),
    consol_lead_scale: scale(0.08, 'its scale'),
    realign_id: at(0.05, 'realignment: fall of institutional alignment'),
    realign_op: at(0.06, 'realignment: fall of operational alignment'),
    realign_scale: scale(0.03, 'scale of both'),
    realign_breadth: at(0.85, 'realignment: breadth below'),
    realign_breadth_scale: scale(0.05, 'its scale'),
    actor_realign_op: at(0.03, 'realignment of one actor or group: fall of operational alignment'),
  })
  .prefault({})
  .describe('outcome thresholds, in the units of the indices')

// ---------------------------------------------------------------------------------------------------- the file

const parameterValue = z.union([number, figure(number, 'a value with its source')])

export const scenarioSchema = z
  .strictObject({
    title: text.describe('shown as the headline'),
    question: text.describe('what the scenario asks'),
    note: text.optional().describe('anything a reader should know'),
    start: quarter.default('2025Q4').describe('the quarter of tick 0'),
    sources: table(text).default({}).describe('source keys and what they stand for'),
    options: z
      .array(id)
      .min(3)
      .max(9)
      .describe('poles and autonomy; the first is the pole whose institutions are judged, the last autonomy'),
    depth: z
      .strictObject({
        none: share.default(0).describe('outside'),
        observer: share.default(0.25).describe('watches'),
        partner: share.default(0.5).describe('takes part in some matters'),
        member: share.default(1).describe('takes part in all matters'),
        basis,
      })
      .prefault({})
      .describe('depth of each tier'),
    institutions: table(institution).describe('the first two are the format and its outer tier (CIS and CIS Plus)'),
    club: figure(z.partialRecord(z.enum(domainNames), table(share)), 'weight of each institution in each domain'),
    corridors: table(corridor).describe('transport corridors'),
    russia: z
      .strictObject({ weight: figure(z.number().positive().max(1000), 'weight of Russia in leadership') })
      .describe('Russia acts through its posture and does not choose'),
    actors: table(actor).describe('states that choose'),
    groups: table(
      z.strictObject({
        name: text.describe('name in reports'),
        members: z.array(id).min(1).describe('actors, also those outside the core'),
      }),
    )
      .default({})
      .describe('lists of actors that are reported together'),
    parameters: table(parameterValue).default({}).describe('values other than the defaults below'),
    weights,
    indices,
    thresholds,
    uncertainties: table(distribution).default({}).describe('parameters outside anyone’s choice, sampled in a batch'),
    levers: table(distribution)
      .default({})
      .describe('parameters somebody could choose, sampled in a batch and reported apart'),
    events: table(event).default({}).describe('what may happen, and what it changes'),
    batch: z
      .strictObject({
        runs: z.int().min(1).max(1e9).default(10_000).describe('number of runs'),
        seed: z
          .union([z.int().min(0), z.string().min(1).max(200)])
          .transform(String)
          .default('20251010')
          .describe('a decimal integer below 2^53, or any text'),
        design: z
          .enum(['monte-carlo', 'latin-hypercube', 'sobol', 'saltelli', 'morris', 'factorial', 'oat'])
          .default('monte-carlo')
          .describe('how the sampled parameters are drawn'),
      })
      .prefault({})
      .describe('what `run` does when no flag says otherwise'),
    expect: table(expectationSchema)
      .optional()
      .describe('what `compare --gate` judges, see below; part of no run and of no hash'),
  })
  .describe('A multivector scenario')

/** A scenario file after `extends` is followed and every default is filled in. */
export type ScenarioDocument = z.output<typeof scenarioSchema>
export type EventDocument = ScenarioDocument['events'][string]
export type EffectDocument = EventDocument['effects'][number]
export type Distribution = z.output<typeof distribution>
