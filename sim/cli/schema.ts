import type { Argv, CommandModule } from 'yargs'
import { lessonJsonSchema, scenarioJsonSchema } from '../scenario/json-schema.ts'

interface SchemaArguments {
  lesson: boolean
}

export const schemaCommand: CommandModule<object, SchemaArguments> = {
  command: 'schema',
  describe: 'print the JSON Schema of scenario or lesson files, for editors',
  builder: (yargs: Argv) =>
    yargs.option('lesson', {
      type: 'boolean',
      default: false,
      describe: 'of lesson files',
    }) as unknown as Argv<SchemaArguments>,
  handler: ({ lesson }) => {
    process.stdout.write(`${JSON.stringify(lesson ? lessonJsonSchema() : scenarioJsonSchema(), undefined, 2)}\n`)
  },
}
