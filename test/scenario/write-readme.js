import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { lessonReference } from '../../dist/sim/scenario/lesson-reference.js'
import { scenarioReference, withReference } from '../../dist/sim/scenario/reference.js'
import { listed } from '../../dist/sim/scenario/shipped-reference.js'

const folder = new URL('../../scenarios/', import.meta.url)
const shipped = readdirSync(folder)
  .filter(name => name.endsWith('.yaml'))
  .map(name => listed(name, readFileSync(new URL(name, folder), 'utf8')))

// Writes the generated parts of the READMEs of scenarios and lessons; run after `npm run build`.
for (const [path, reference] of [
  ['scenarios/README.md', scenarioReference(shipped)],
  ['scenarios/lessons/README.md', lessonReference()],
]) {
  const file = new URL(`../../${path}`, import.meta.url)
  writeFileSync(file, withReference(readFileSync(file, 'utf8'), reference))
}
