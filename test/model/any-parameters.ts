import fc from 'fast-check'
import type { Scenario } from '../../sim/scenario/compile.ts'
import type { ParameterDefinition } from '../../sim/scenario/parameter.ts'

export type Overrides = Record<string, number>

const within = ([min, max]: readonly [number, number], integer?: boolean) =>
  integer ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true })

function anyOf(
  scenario: Scenario,
  range: (definition: ParameterDefinition) => readonly [number, number] | undefined,
): fc.Arbitrary<Overrides> {
  const entries = [...scenario.catalogue].flatMap(([name, definition]) => {
    const found = range(definition)
    return found ? [[name, within(found, definition.integer)] as const] : []
  })
  return fc.record(Object.fromEntries(entries))
}

/** Points inside the documented ranges. */
export const documentedPoint = (scenario: Scenario): fc.Arbitrary<Overrides> =>
  anyOf(scenario, ({ documented }) => documented)

/** Points anywhere inside the bounds of a scenario file, but for the normalisations. */
export const boundedPoint = (scenario: Scenario): fc.Arbitrary<Overrides> =>
  anyOf(scenario, ({ kind, bounds }) => (kind === 'N' ? undefined : bounds))

/** How the model responds, with everything that could be responded to left out. */
export const behaviouralPoint = (scenario: Scenario): fc.Arbitrary<Overrides> =>
  anyOf(scenario, ({ kind, documented }) => (kind === 'S' ? documented : undefined))

/** Where a run is: a seed and a run. */
export const address: fc.Arbitrary<{ readonly seed: number; readonly run: number }> = fc.record({
  seed: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  run: fc.integer({ min: 0, max: 0xffffffff }),
})
