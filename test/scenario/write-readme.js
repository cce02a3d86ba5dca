import { readFileSync, writeFileSync } from 'node:fs'
import { withReference } from '../../dist/sim/scenario/reference.js'

// Writes the generated part of scenarios/README.md; run after `npm run build`.
const file = new URL('../../scenarios/README.md', import.meta.url)
writeFileSync(file, withReference(readFileSync(file, 'utf8')))
