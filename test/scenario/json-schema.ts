type Schema = Record<string, unknown> | boolean

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a JSON Schema accepts a value: the keywords our schema uses; an unknown keyword throws. */
export function accepts(schema: unknown, value: unknown): boolean {
  if (typeof schema === 'boolean') return schema
  if (!isMap(schema)) throw new Error('expected a schema')
  if ('if' in schema) {
    const branch = accepts(schema.if, value) ? schema.then : schema.else
    return accepts(branch as Schema, value)
  }
  return Object.entries(schema).every(([keyword, rule]) => check(keyword, rule, value, schema))
}

function check(keyword: string, rule: unknown, value: unknown, schema: Record<string, unknown>): boolean {
  switch (keyword) {
    case '$schema':
    case 'title':
    case 'description':
    case 'default':
      return true
    case 'type':
      return isType(rule, value)
    case 'const':
      return value === rule
    case 'enum':
      return (rule as unknown[]).includes(value)
    case 'pattern':
      return typeof value !== 'string' || new RegExp(rule as string).test(value)
    case 'minLength':
      return typeof value !== 'string' || value.length >= (rule as number)
    case 'maxLength':
      return typeof value !== 'string' || value.length <= (rule as number)
    case 'minimum':
      return typeof value !== 'number' || value >= (rule as number)
    case 'maximum':
      return typeof value !== 'number' || value <= (rule as number)
    case 'exclusiveMinimum':
      return typeof value !== 'number' || value > (rule as number)
    case 'minItems':
      return !Array.isArray(value) || value.length >= (rule as number)
    case 'maxItems':
      return !Array.isArray(value) || value.length <= (rule as number)
    case 'items':
      return !Array.isArray(value) || value.slice(prefixLength(schema)).every(item => accepts(rule, item))
    case 'prefixItems':
      return !Array.isArray(value) || (rule as unknown[]).every((item, i) => accepts(item, value[i]))
    case 'anyOf':
      return (rule as unknown[]).some(option => accepts(option, value))
    case 'oneOf':
      return (rule as unknown[]).filter(option => accepts(option, value)).length === 1
    case 'required':
      return !isMap(value) || (rule as string[]).every(key => value[key] !== undefined)
    case 'propertyNames':
      return !isMap(value) || Object.keys(value).every(key => accepts(rule, key))
    case 'properties':
      return (
        !isMap(value) ||
        Object.entries(rule as object).every(([k, s]) => value[k] === undefined || accepts(s, value[k]))
      )
    case 'additionalProperties': {
      const known = isMap(schema.properties) ? schema.properties : {}
      return !isMap(value) || Object.keys(value).every(key => key in known || accepts(rule, value[key]))
    }
  }
  throw new Error(`the check does not know the keyword ${keyword}`)
}

function isType(type: unknown, value: unknown): boolean {
  switch (type) {
    case 'object':
      return isMap(value)
    case 'array':
      return Array.isArray(value)
    case 'null':
      return value === null
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === type
  }
}

const prefixLength = ({ prefixItems }: Record<string, unknown>) => (Array.isArray(prefixItems) ? prefixItems.length : 0)
