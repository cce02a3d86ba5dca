import { type Distribution, quantileOf } from '../core/distributions.ts'
import { exitCode, UserError } from '../core/errors.ts'
import { chunkRunsFor, type Plan } from '../design/plan.ts'
import { createSampler } from '../design/sample.ts'
import { compileScenario } from '../scenario/compile.ts'
import { parameterCatalogue } from '../scenario/parameter.ts'
import type { ScenarioDocument } from '../scenario/schema.ts'
import { suggest } from '../scenario/suggestion.ts'
import { type Layout, rowLayout } from '../store/columns.ts'
import { type Quantity, quantity } from './quantity.ts'
import type { InputColumn } from './table.ts'

export interface PolicyRequest {
  readonly criterion: string
  /** Levers that are combined, by name or as `name=low:high`; each lever of the scenario alone where none are named. */
  readonly levers?: readonly string[] | undefined
  /** Levels of each lever, from the low to the high end of its range. */
  readonly levels: number
  readonly worlds: number
  readonly seed: string
}

/** What to run so that every policy meets the same worlds. */
interface PolicyJob {
  readonly document: ScenarioDocument
  readonly plan: Plan
  readonly policies: readonly Readonly<Record<string, number>>[]
  /** Columns of the runs. */
  readonly layout: Layout
  readonly criterion: Quantity
  /** Values of the uncertainties in each world. */
  readonly uncertainties: readonly InputColumn[]
}

/**
 * Every policy in the same worlds: uncertainties by a Latin hypercube, chance by the address of the world. Levers that are
 * not part of a policy keep the value the scenario gives them. A lever may be anything the model has a parameter for, of
 * Russia, of another pole or of the platform; one that the scenario samples as an uncertainty is no uncertainty here.
 *
 * @throws UserError for a lever without a range, or an unknown criterion
 */
export function policyJob(document: ScenarioDocument, request: PolicyRequest): PolicyJob {
  const { worlds, seed } = request
  const policies = policiesOf(document, request)
  const names = [...new Set(policies.flatMap(policy => Object.keys(policy)))]
  const fixed = (name: string) => {
    const value = policies.find(policy => name in policy)![name]!
    return [name, { distribution: 'fixed' as const, value }] as const
  }
  const still = Object.entries(document.levers).flatMap(([name, lever]) =>
    lever.distribution === 'fixed' ? [[name, lever.value] as const] : [],
  )
  const own: ScenarioDocument = {
    ...document,
    // Levers the scenario fixes hold where no policy sets them.
    parameters: { ...document.parameters, ...Object.fromEntries(still) },
    levers: Object.fromEntries(names.map(fixed)),
    uncertainties: Object.fromEntries(Object.entries(document.uncertainties).filter(([name]) => !names.includes(name))),
  }
  const scenario = compileScenario(own)
  const layout = rowLayout(scenario)
  const criterion = quantity(
    request.criterion,
    layout.columns.map(({ name }) => name),
  )
  // A policy names every lever, so that one that is not its own has the value of the scenario.
  const usual = compileScenario(document)
  const whole = policies.map(policy =>
    Object.fromEntries(
      names.map(name => [name, policy[name] ?? usual.parameters[usual.parameterIndex.get(name)!]!] as const),
    ),
  )
  const runs = policies.length * worlds
  const plan: Plan = { design: 'latin-hypercube', runs, seed, chunkRuns: chunkRunsFor(runs), policies: whole }
  const sampler = createSampler(scenario, plan)
  const uncertain = [...scenario.uncertainties.entries()].filter(([, { role }]) => role === 'uncertainty')
  const uncertainties = uncertain.map(([, { name }]) => ({ name, values: new Float64Array(worlds) }))
  const parameters = scenario.parameters.slice()
  for (let world = 0; world < worlds; world++) {
    sampler.point(world, parameters)
    uncertain.forEach(([place], n) => {
      uncertainties[n]!.values[world] = sampler.values[place]!
    })
  }
  return { document: own, plan, policies, layout, criterion, uncertainties }
}

/** How many policies a request comes to, counted before they are made. */
export function policyCount(document: ScenarioDocument, request: LeverRequest): number {
  const counts = settingsOf(document, request).map(({ length }) => length)
  return request.levers ? counts.reduce((product, one) => product * one, 1) : counts.reduce((sum, one) => sum + one, 0)
}

type LeverRequest = Pick<PolicyRequest, 'levers' | 'levels'>

/** The settings of levers: combinations of those named, or each lever alone. */
function policiesOf(document: ScenarioDocument, request: LeverRequest): Record<string, number>[] {
  const settings = settingsOf(document, request)
  if (!request.levers) return settings.flat()
  return settings.reduce<Record<string, number>[]>(
    (policies, own) => policies.flatMap(policy => own.map(setting => ({ ...policy, ...setting }))),
    [{}],
  )
}

/** The settings of each lever. */
function settingsOf(document: ScenarioDocument, { levers, levels }: LeverRequest): Record<string, number>[][] {
  const asked = levers ?? Object.keys(document.levers)
  if (asked.length === 0)
    throw new UserError(
      exitCode.badData,
      'expected levers with a range in the scenario, got none; add them under `levers`, or name some with --levers name=low:high',
    )
  return asked.map(text => {
    const { name, distribution } = leverOf(document, text)
    return levelsOf(distribution, levels).map(value => ({ [name]: value }))
  })
}

/** A lever by its name, with the range of the scenario, or as `name=low:high`. */
function leverOf(document: ScenarioDocument, text: string): { name: string; distribution: Distribution } {
  const [, name = text, low, high] = /^([^=]+)=([^:]+):([^:]+)$/.exec(text) ?? []
  const catalogue = parameterCatalogue(document.options, Object.keys(document.corridors))
  const definition = catalogue.get(name)
  if (low !== undefined && definition) {
    const range = { low: Number(low), high: Number(high) }
    const [least, most] = definition.bounds
    if (!(range.low < range.high && range.low >= least && range.high <= most))
      throw new UserError(
        exitCode.usage,
        `--levers: expected ${name} from a low to a high value between ${least} and ${most}, got ${JSON.stringify(text)}`,
      )
    return { name, distribution: { distribution: 'uniform', ...range } }
  }
  const distribution = document.levers[name] ?? document.uncertainties[name]
  if (definition && distribution) return { name, distribution }
  const known = definition ? [] : [...Object.keys(document.levers), ...Object.keys(document.uncertainties)]
  const help = definition ? '' : `${suggest(name, known, 'levers')}, or `
  throw new UserError(
    exitCode.usage,
    `--levers: expected a lever with a range, got ${JSON.stringify(text)}; ${help}give the range, as ${definition ? name : 'name'}=low:high`,
  )
}

function levelsOf(distribution: Distribution, levels: number): number[] {
  if (distribution.distribution === 'discrete') return [...distribution.values]
  const quantile = quantileOf(distribution)
  const end = ['uniform', 'triangular', 'fixed'].includes(distribution.distribution) ? 0 : 0.005
  const values = Array.from({ length: levels }, (_, n) => quantile(end + ((1 - 2 * end) * n) / (levels - 1)))
  return [...new Set(values)]
}
