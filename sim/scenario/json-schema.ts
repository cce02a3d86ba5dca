import { z } from 'zod'
import { scenarioSchema } from './schema.ts'

/** JSON Schema of a scenario file for editors: all of the schema, plus `extends`, with which a file may be partial. */
export function scenarioJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(scenarioSchema, { io: 'input' })
  const whole = { ...schema, properties: { extends: false, ...schema.properties } }
  // A file that extends another may leave anything out or take it away, so only its top-level names are judged.
  const { $schema, required: _, ...rest } = whole
  const partial = {
    type: 'object',
    properties: {
      ...Object.fromEntries(Object.keys(schema.properties ?? {}).map(key => [key, true])),
      extends: { type: 'string', minLength: 1, description: 'the scenario this one builds on, relative to this file' },
    },
    required: ['extends'],
    additionalProperties: false,
  }
  return {
    $schema,
    title: 'multivector scenario',
    if: { type: 'object', required: ['extends'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: partial,
    else: { ...rest, ...(whole.required ? { required: whole.required } : {}) },
  }
}
