import type { Argv, CommandModule } from 'yargs'
import { lessonJsonSchema, scenarioJsonSchema } from '../scenario/json-schema.ts'
import { printJson } from './print.ts'

interface SchemaArguments {
  lesson: boolean
  json: boolean
  quiet: boolean
}

export const schemaCommand: CommandModule<object, SchemaArguments> = {
  command: 'schema',
  describe: 'print the JSON Schema of scenario or lesson files, for editors',
  builder: (yargs: Argv) =>
    yargs
      .option('lesson', { type: 'boolean', default: false, describe: 'of lesson files' })
      .option('json', { type: 'boolean', default: false, describe: 'print it on one line' })
      .option('quiet', { type: 'boolean', default: false, describe: 'print no notes' })
      .example('$0 schema > scenario.schema.json', 'for an editor') as unknown as Argv<SchemaArguments>,
  handler: ({ lesson, json }) => {
    const schema = lesson ? lessonJsonSchema() : scenarioJsonSchema()
    if (json) printJson(schema)
    else process.stdout.write(`${JSON.stringify(schema, undefined, 2)}\n`)
  },
}
