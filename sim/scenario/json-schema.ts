import { lessonSchema } from './lesson-schema.ts'
import { scenarioSchema } from './schema.ts'
import { z } from './zod.ts'

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

/** JSON Schema of a lesson file, for editors; the changes of a world are those of a scenario that extends. */
export function lessonJsonSchema(): Record<string, unknown> {
  const { $schema, ...lesson } = z.toJSONSchema(lessonSchema, { io: 'input' })
  const { $schema: _, ...whole } = z.toJSONSchema(scenarioSchema, { io: 'input' })
  const worlds = lesson.properties?.worlds
  const world = typeof worlds === 'object' ? worlds.additionalProperties : undefined
  if (typeof world !== 'object' || !world.properties) throw new Error('lesson schema: expected worlds with keys')
  world.properties.changes = { ...relaxed(whole), description: 'what this world changes in the scenario' }
  return { $schema, title: 'multivector lesson', ...lesson }
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
