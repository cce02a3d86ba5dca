import { scenarioSchema } from './schema.ts'
import { inner, meaningOf } from './schema-walk.ts'
import type { z } from './zod.ts'

/** Sections of a scenario file that choose numbers of the model without a source; each key of them has a default. */
export const settingSections = ['depth', 'weights', 'indices', 'thresholds'] as const
export type SettingSection = (typeof settingSections)[number]

/** A key of such a section. */
export interface SettingKey {
  readonly name: string
  /** A number, or a table of numbers. */
  readonly value: unknown
  readonly meaning: string
}

/** The keys of a section with their defaults, in the order of the schema. @example settingKeys('depth')[1].value // => 0.25 */
export function settingKeys(section: SettingSection): SettingKey[] {
  const schema: z.ZodType = scenarioSchema.shape[section]
  const defaults = schema.parse(undefined) as Readonly<Record<string, unknown>>
  const { shape } = inner(schema) as z.ZodObject
  return Object.entries(shape)
    .filter(([name]) => defaults[name] !== undefined)
    .map(([name, member]) => ({ name, value: defaults[name], meaning: meaningOf(member as z.ZodType) }))
}
