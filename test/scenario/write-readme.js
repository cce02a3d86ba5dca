import { readFileSync, writeFileSync } from 'node:fs'
import { lessonReference } from '../../dist/sim/scenario/lesson-reference.js'
import { scenarioReference, withReference } from '../../dist/sim/scenario/reference.js'

// Writes the generated parts of the READMEs of scenarios and lessons; run after `npm run build`.
for (const [path, reference] of [
  ['scenarios/README.md', scenarioReference()],
  ['scenarios/lessons/README.md', lessonReference()],
]) {
  const file = new URL(`../../${path}`, import.meta.url)
  writeFileSync(file, withReference(readFileSync(file, 'utf8'), reference))
}
