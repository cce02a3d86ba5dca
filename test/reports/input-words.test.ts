import { expect, test } from 'vitest'
import { deltaFindings, morrisFindings, rankFindings } from '../../reports/analysis/sensitivity-findings.ts'
import { inputWords } from '../../reports/inputs.ts'
import { scenarioContext } from '../../sim/cli/page-file.ts'
import { shippedDocument } from '../world.ts'

const document = await shippedDocument('cis-plus-2030')
const context = scenarioContext(document, { outcome: 'the gap', command: '', provenance: [] })
const estimate = (value: number) => ({ value, lower: value - 0.01, upper: value + 0.01 })
const h_exit = 'the annual hazard of a one-tier fall at tendency 1 (h_exit)'

test('an analysis answers with what an input is, and its code in brackets', () => {
  const measures = { h_exit: estimate(0.4), coercion: estimate(0.1) }
  const answers = [
    deltaFindings({ delta: measures, noise: 0.05, rows: 100 } as never, context),
    rankFindings({ correlation: measures, rows: 100 } as never, context),
    morrisFindings({ mu: measures, muStar: measures, sigma: measures, trajectories: 10 } as never, context),
  ].map(({ answer }) => answer)
  expect(answers[0]).toContain(`The gap depends most on ${h_exit} with δ 0.4`)
  expect(answers[1]).toContain(`The gap is tied most to ${h_exit} at 0.4`)
  expect(answers[2]).toContain(`inputs move the gap most: ${h_exit} by 0.4`)
})

test('an input that the catalogue does not know is called by its name, shown as text', () => {
  expect(inputWords('x1\u202e', document)).toBe('x1')
})
