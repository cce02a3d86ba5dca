import { quantileOf } from '../core/distributions.ts'
import { exitCode, UserError } from '../core/errors.ts'
import { keyOfSeed } from '../core/seed.ts'
import { createDesign } from '../design/design.ts'
import { createModel } from '../model/model.ts'
import { createSimulator } from '../model/simulate.ts'
import { compileScenario } from '../scenario/compile.ts'
import type { ScenarioDocument } from '../scenario/schema.ts'
import { suggest } from '../scenario/suggestion.ts'
import { rowLayout, writeRow } from '../store/columns.ts'
import { quantity } from './quantity.ts'
import type { PolicyOutcomes } from './robustness.ts'

export interface PolicyRequest {
  readonly criterion: string
  /** Levers that are combined; each lever alone where none are named. */
  readonly levers?: readonly string[] | undefined
  /** Levels of each lever, from the low to the high end of its range. */
  readonly levels: number
  readonly worlds: number
  readonly seed: string
}

/**
 * Runs every policy in the same worlds: uncertainties by a Latin hypercube, chance by the address of the world. Levers that
 * are not part of a policy keep the value the scenario gives them. Cost policies × worlds runs.
 *
 * @throws UserError for a lever without a range, an unknown criterion, or a run that leaves the finite numbers
 */
export function runPolicies(document: ScenarioDocument, request: PolicyRequest): PolicyOutcomes {
  const { worlds, seed } = request
  const scenario = compileScenario(document)
  const uncertainties = scenario.uncertainties.filter(({ role }) => role === 'uncertainty')
  const policies = policiesOf(document, request)
  const simulator = createSimulator(createModel(scenario))
  const layout = rowLayout(scenario)
  const criterion = quantity(
    request.criterion,
    layout.columns.map(({ name }) => name),
  )
  const places = criterion.columns.map(name => layout.columns.findIndex(column => column.name === name))
  const { fill } = createDesign(uncertainties, { design: 'latin-hypercube', runs: worlds, seed })
  const key = keyOfSeed(seed)
  const inputs = uncertainties.map(({ name }) => ({ name, values: new Float64Array(worlds) }))
  const values = policies.map(() => new Float64Array(worlds))
  const point = new Float64Array(uncertainties.length)
  const sampled = new Float64Array(scenario.uncertainties.length)
  const row = new Float64Array(layout.width)
  for (let world = 0; world < worlds; world++) {
    fill(world, point)
    const parameters = scenario.parameters.slice()
    uncertainties.forEach(({ index }, n) => {
      parameters[index] = point[n]!
      inputs[n]!.values[world] = point[n]!
    })
    policies.forEach((levers, p) => {
      const own = parameters.slice()
      for (const [name, value] of Object.entries(levers)) own[scenario.parameterIndex.get(name)!] = value
      const result = simulator.simulate(key, world, own)
      if (result.failure)
        throw new UserError(
          exitCode.badData,
          `world ${world}: expected finite numbers, got another in ${result.failure.variable} at tick ${result.failure.tick}; narrow the ranges`,
        )
      writeRow(row, 0, layout, world, sampled, result, simulator.ticks)
      values[p]![world] = criterion.read(
        Object.fromEntries(criterion.columns.map((name, n) => [name, row[places[n]!]!])),
      )
    })
  }
  return { criterion: criterion.name, policies, uncertainties: inputs, values }
}

/** The settings of levers: combinations of those named, or each lever alone. */
function policiesOf(document: ScenarioDocument, { levers, levels }: PolicyRequest): Record<string, number>[] {
  const known = Object.keys(document.levers)
  if (known.length === 0)
    throw new UserError(
      exitCode.badData,
      'expected levers with a range in the scenario, got none; add them under `levers`',
    )
  const settings = (name: string): number[] => {
    const distribution = document.levers[name]
    if (!distribution)
      throw new UserError(
        exitCode.usage,
        `--levers: expected a lever with a range, got ${JSON.stringify(name)}; ${suggest(name, known, 'levers')}, or give it a range under \`levers\``,
      )
    if (distribution.distribution === 'discrete') return [...distribution.values]
    const quantile = quantileOf(distribution)
    const end = ['uniform', 'triangular', 'fixed'].includes(distribution.distribution) ? 0 : 0.005
    const values = Array.from({ length: levels }, (_, n) => quantile(end + ((1 - 2 * end) * n) / (levels - 1)))
    return [...new Set(values)]
  }
  if (!levers) return known.flatMap(name => settings(name).map(value => ({ [name]: value })))
  return levers.reduce<Record<string, number>[]>(
    (policies, name) => policies.flatMap(policy => settings(name).map(value => ({ ...policy, [name]: value }))),
    [{}],
  )
}
