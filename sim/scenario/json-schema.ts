import { z } from 'zod'
import { scenarioSchema } from './schema.ts'

type JsonSchema = z.core.JSONSchema.BaseSchema
type Member = JsonSchema | boolean

/**
 * JSON Schema of a scenario file, for editors. A file with `extends` may leave anything out and take keys away with
 * null; figures, distributions and lists are whole in every file.
 */
export function scenarioJsonSchema(): Record<string, unknown> {
  const { $schema, ...whole } = z.toJSONSchema(scenarioSchema, { io: 'input' })
  const partial = relaxed(whole)
  const reference = {
    type: 'string',
    minLength: 1,
    description: 'the scenario this one builds on, relative to this file',
  }
  return {
    $schema,
    title: 'multivector scenario',
    if: { type: 'object', required: ['extends'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { ...partial, properties: { extends: reference, ...partial.properties }, required: ['extends'] },
    else: whole,
  }
}

/** The same map with every key optional and removable. */
function relaxed(schema: JsonSchema): JsonSchema {
  const { required: _, ...rest } = schema
  const { properties, additionalProperties } = rest
  return {
    ...rest,
    ...(properties
      ? { properties: Object.fromEntries(Object.entries(properties).map(([k, s]) => [k, removable(s)])) }
      : {}),
    ...(typeof additionalProperties === 'object' ? { additionalProperties: removable(additionalProperties) } : {}),
  }
}

function removable(schema: Member): Member {
  if (typeof schema === 'boolean') return schema
  const isMap = schema.type === 'object' && !(schema.properties && 'value' in schema.properties)
  return { anyOf: [isMap ? relaxed(schema) : schema, { type: 'null' }] }
}
