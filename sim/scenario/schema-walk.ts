import type { Path } from './tree.ts'
import { z } from './zod.ts'

/** The schema inside wrappers that only say "may be left out". */
export function inner(schema: z.ZodType): z.ZodType {
  let here = schema
  for (;;) {
    if (here instanceof z.ZodDefault || here instanceof z.ZodPrefault || here instanceof z.ZodOptional) {
      here = here.unwrap() as z.ZodType
    } else if (here instanceof z.ZodPipe) here = here.in as z.ZodType
    else return here
  }
}

/** The outermost description among a schema and what its wrappers hold; empty for none. */
export function meaningOf(schema: z.ZodType): string {
  let here: z.ZodType = schema
  for (;;) {
    if (here.description !== undefined) return here.description
    const next =
      here instanceof z.ZodDefault || here instanceof z.ZodPrefault || here instanceof z.ZodOptional
        ? here.unwrap()
        : here
    if (next === here) return ''
    here = next as z.ZodType
  }
}

/**
 * The schema of the value at a path, undefined where the schema knows no such place. Where a schema allows several
 * forms, the one that the value names is followed, or the one that shares most keys with it.
 */
export function schemaAt(schema: z.ZodType, path: Path, value: unknown): z.ZodType | undefined {
  let here = choose(inner(schema), value)
  let written = value
  for (const step of path) {
    written =
      step !== undefined && typeof written === 'object' && written !== null ? Reflect.get(written, step) : undefined
    let next: z.ZodType | undefined
    if (here instanceof z.ZodObject) next = here.shape[String(step)]
    else if (here instanceof z.ZodRecord) next = here.valueType as z.ZodType
    else if (here instanceof z.ZodArray) next = here.element as z.ZodType
    else if (here instanceof z.ZodTuple) next = here.def.items[Number(step)] as z.ZodType | undefined
    if (next === undefined) return undefined
    here = choose(inner(next), written)
  }
  return here
}

/** Keys a value of this schema may have; for several forms, of all of them. */
export function keysOf(schema: z.ZodType | undefined): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape)
  if (schema instanceof z.ZodUnion) return [...new Set(schema.options.flatMap(o => keysOf(inner(o as z.ZodType))))]
  if (schema instanceof z.ZodRecord) {
    const { keyType } = schema
    return keyType instanceof z.ZodEnum ? keyType.options.map(String) : []
  }
  return []
}

function choose(schema: z.ZodType, value: unknown): z.ZodType {
  if (!(schema instanceof z.ZodUnion)) return schema
  const forms = schema.options.map(o => inner(o as z.ZodType))
  if (Array.isArray(value)) return forms.find(f => f instanceof z.ZodArray || f instanceof z.ZodTuple) ?? schema
  if (typeof value !== 'object' || value === null) return schema
  const told = tellingForm(schema, forms, value)
  if (told) return told
  const score = (form: z.ZodType) => keysOf(form).filter(key => key in value).length
  const objects = forms.filter(f => f instanceof z.ZodObject || f instanceof z.ZodRecord)
  return objects.length === 0 ? schema : objects.reduce((best, form) => (score(form) > score(best) ? form : best))
}

/** The form that the value says it has, where one key of every form holds its name. */
function tellingForm(union: z.ZodUnion, forms: readonly z.ZodType[], value: object): z.ZodType | undefined {
  if (!(union instanceof z.ZodDiscriminatedUnion)) return undefined
  const { discriminator } = union.def
  const name: unknown = Reflect.get(value, discriminator)
  return forms.find(form => form instanceof z.ZodObject && form.shape[discriminator].safeParse(name).success)
}

interface Bound {
  readonly value: number
  readonly inclusive: boolean
}

/** Words for what a schema accepts: 'a number from 0 to 1', 'a list of at least 3', 'text'. */
export function expectation(schema: z.ZodType | undefined): string {
  if (schema === undefined) return 'nothing'
  const { low, high, whole } = limits(schema)
  if (schema instanceof z.ZodNumber) return `a ${whole ? 'whole ' : ''}number${range(low, high)}`
  if (schema instanceof z.ZodString) return textExpectation(schema, low, high)
  if (schema instanceof z.ZodEnum) return `one of ${schema.options.join(', ')}`
  if (schema instanceof z.ZodLiteral) return [...schema.values].map(v => `\`${String(v)}\``).join(' or ')
  if (schema instanceof z.ZodBoolean) return 'true or false'
  if (schema instanceof z.ZodArray) {
    return `a list${low ? ` of at least ${low.value}` : ''}${high ? `${low ? ' and' : ' of'} at most ${high.value}` : ''}`
  }
  if (schema instanceof z.ZodTuple) return `a list of ${schema.def.items.length}`
  if (schema instanceof z.ZodObject || schema instanceof z.ZodRecord) return 'a map'
  if (schema instanceof z.ZodUnion) {
    return [...new Set(schema.options.map(o => expectation(inner(o as z.ZodType))))].join(' or ')
  }
  return 'a value'
}

function textExpectation(schema: z.ZodString, low: Bound | undefined, high: Bound | undefined): string {
  for (const check of schema.def.checks ?? []) {
    if (check._zod.def.check !== 'string_format') continue
    // The wording of the schema: 'expected a quarter such as 2027Q3'.
    const wording = schema
      .safeParse('')
      .error?.issues[0]?.message.replace(/^expected /, '')
      .replace(/:.*/, '')
    return wording ?? 'a text'
  }
  return low && high ? `a text of ${low.value} to ${high.value} characters` : 'a text'
}

function range(low: Bound | undefined, high: Bound | undefined): string {
  if (low && high)
    return low.inclusive && high.inclusive
      ? ` from ${low.value} to ${high.value}`
      : ` above ${low.value}, at most ${high.value}`
  if (low) return low.inclusive ? ` of at least ${low.value}` : ` above ${low.value}`
  return high ? ` of at most ${high.value}` : ''
}

/** The tightest limits among the checks of a schema. */
export function limits(schema: z.ZodType): { low?: Bound; high?: Bound; whole: boolean } {
  let low: Bound | undefined
  let high: Bound | undefined
  for (const check of schema.def.checks ?? []) {
    const def = check._zod.def
    if (def.check === 'greater_than' || def.check === 'less_than') {
      const { value, inclusive } = def as unknown as { value: number; inclusive: boolean }
      if (def.check === 'less_than') high = !high || value < high.value ? { value, inclusive } : high
      else if (!low || value > low.value || (value === low.value && !inclusive)) low = { value, inclusive }
    }
    if (def.check === 'min_length') low = { value: (def as unknown as { minimum: number }).minimum, inclusive: true }
    if (def.check === 'max_length') high = { value: (def as unknown as { maximum: number }).maximum, inclusive: true }
  }
  const whole = schema instanceof z.ZodNumber && schema.format === 'safeint'
  return { ...(low ? { low } : {}), ...(high ? { high } : {}), whole }
}
