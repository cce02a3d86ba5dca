import type { CommandModule } from 'yargs'
import { scenarioJsonSchema } from '../scenario/json-schema.ts'

export const schemaCommand: CommandModule = {
  command: 'schema',
  describe: 'print the JSON Schema of scenario files, for editors',
  handler: () => {
    process.stdout.write(`${JSON.stringify(scenarioJsonSchema(), undefined, 2)}\n`)
  },
}
