import { reserved } from './limits.ts'
import { tierNames } from './names.ts'
import { z } from './zod.ts'

const identifier = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/
export const id = z
  .string()
  .regex(identifier, 'expected an id: a letter, then letters, digits, _ or -, at most 40')
  .refine(name => !reserved.has(name), 'expected another id, this name is reserved')
export const text = z.string().min(1).max(2000)
export const table = <T extends z.ZodType>(value: T) => z.record(id, value)
export const tier = z.enum(tierNames)
export const share = z.number().min(0).max(1)
export const quarter = z.string().regex(/^[12]\d{3}Q[1-4]$/, 'expected a quarter such as 2027Q3')

const provenance = {
  source: z.union([id, z.array(id).min(1)]).describe('keys of the table `sources`'),
  year: z.int().min(1900).max(2100).optional().describe('year of the measurement or judgement'),
  grade: z.enum(['A', 'B', 'C', 'D']).describe('A measured · B measured with gaps · C partly judged · D judgement'),
  note: text.optional().describe('how the number came about'),
}

/** A number or table with its source: what a reader needs to defend it. */
export function figure<T extends z.ZodType>(value: T, meaning: string) {
  return z.strictObject({ value, ...provenance }).describe(meaning)
}

/** The source of the numbers beside it, for a section whose keys are numbers themselves. */
export const basis = z.strictObject(provenance).optional().describe('source of the numbers of this section')
