import { readFileSync } from 'node:fs'
import { exitCode, UserError } from '../../sim/core/errors.ts'
import { keyOf } from '../../sim/core/random.ts'
import { createModel } from '../../sim/model/model.ts'
import { createSimulator, type Result, type Sight, type Simulator } from '../../sim/model/simulate.ts'
import { compileScenario, type Scenario } from '../../sim/scenario/compile.ts'
import { loadScenario } from '../../sim/scenario/load.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'

const baseline = readFileSync(new URL('../../scenarios/baseline.yaml', import.meta.url), 'utf8')

/** What a scenario file that extends the baseline says. */
export type Changes = Record<string, unknown>

/** The baseline with changes, read, merged and checked by the loader as if they were a file. */
export async function variant(changes: Changes = {}): Promise<ScenarioDocument> {
  const texts: Record<string, string> = {
    'baseline.yaml': baseline,
    'variant.yaml': JSON.stringify({ extends: 'baseline.yaml', ...changes }),
  }
  const { document } = await loadScenario('variant.yaml', {
    async read(path) {
      const text = texts[path]
      if (text === undefined) throw new UserError(exitCode.noInput, `${path}: no such file`)
      return { text, path }
    },
    async resolve(_, reference) {
      return reference
    },
  })
  return document
}

/** A simulator of the baseline with changes. */
export async function simulatorOf(changes: Changes = {}): Promise<Simulator> {
  return simulatorFor(await variant(changes))
}

/** A simulator of a document that has been changed after its checks. */
export function simulatorFor(document: ScenarioDocument): Simulator {
  return createSimulator(createModel(compileScenario(document)))
}

/** An event in the second quarter of 2027, which is tick 6, unless `rest` says otherwise. */
export function event(effects: readonly object[], rest: Changes = {}): Changes {
  return { title: 'Something happens', source: 'JUDGE', grade: 'D', at: '2027Q2', effects, ...rest }
}

/** One run under the scenario's own parameters, changed by `overrides`. */
export function runOf(
  simulator: Simulator,
  seed: number,
  run: number,
  overrides: Readonly<Record<string, number>> = {},
  onlooker?: (sight: Sight) => void,
): Result {
  return simulator.simulate(keyOf(seed), run, parametersOf(simulator.model.scenario, overrides), onlooker)
}

/** The scenario's parameters, changed by `overrides`. Throws for a name the scenario does not have. */
function parametersOf(scenario: Scenario, overrides: Readonly<Record<string, number>> = {}): Float64Array {
  const parameters = scenario.parameters.slice()
  for (const [name, value] of Object.entries(overrides)) {
    const column = scenario.parameterIndex.get(name)
    if (column === undefined) throw new Error(`parameter: expected a name of the scenario, got ${name}`)
    parameters[column] = value
  }
  return parameters
}

/** Everything a run left behind, copied: runs share their buffers. */
export function copyOf(result: Result): Record<string, unknown> {
  const copy = (value: object) =>
    Object.fromEntries(
      Object.entries(value).map(([name, field]) => [
        name,
        ArrayBuffer.isView(field) ? Array.from(field as Float64Array) : field,
      ]),
    )
  const { world, occurrences, ...rest } = result
  // Which of two buffers the last state lies in says nothing about the run.
  const { side: _, ...state } = copy(world)
  return { ...copy(rest), occurrences: [...occurrences], world: state }
}
