import { type ParameterDefinition, type ParameterName, parameterCatalogue } from '../sim/scenario/parameter.ts'
import { parameterTable } from '../sim/scenario/parameter-table.ts'
import type { ScenarioDocument } from '../sim/scenario/schema.ts'
import { type SettingSection, settingKeys } from '../sim/scenario/settings.ts'
import { amounts } from './words.ts'

/** An input that is the same in every run. */
export interface FixedInput {
  readonly name: string
  readonly value: string
  /** Empty where there is none. */
  readonly default: string
  /** Whether the scenario has another value than the default. */
  readonly changed: boolean
  readonly unit: string
  readonly meaning: string
  readonly source: string
  readonly grade: ParameterDefinition['grade']
}

const listOf = (source: string | readonly string[]) => (typeof source === 'string' ? source : source.join(', '))

/** A number somebody wrote into a scenario without saying why is judgement, whatever its default rests on. */
const unsourced = { source: 'set in the scenario, without a source', grade: 'D' } as const

/** Every parameter that is not sampled; those that differ from their default first. */
export function fixedParameters(document: ScenarioDocument): FixedInput[] {
  const { options, corridors, parameters, levers, uncertainties } = document
  const catalogue = parameterCatalogue(options, Object.keys(corridors))
  const fixed = [...catalogue].filter(([name]) => !Object.hasOwn(levers, name) && !Object.hasOwn(uncertainties, name))
  const inputs = fixed.map(([name, definition]): FixedInput => {
    const { unit, meaning } = definition
    const own = Object.hasOwn(parameters, name) ? parameters[name]! : definition.value
    const value = typeof own === 'number' ? own : own.value
    const changed = value !== definition.value
    const { source, grade } = typeof own === 'number' ? (changed ? unsourced : definition) : own
    return {
      ...{ name, value: amounts(value), default: amounts(definition.value), changed, unit, meaning },
      source: listOf(source),
      grade,
    }
  })
  return [...inputs.filter(({ changed }) => changed), ...inputs.filter(({ changed }) => !changed)]
}

/** The value of a parameter that has the same one in every run; undefined where runs differ in it. */
export function settledValue(document: ScenarioDocument, name: ParameterName): number | undefined {
  const { levers, uncertainties, parameters } = document
  const sampled = levers[name] ?? uncertainties[name]
  if (sampled !== undefined) return sampled.distribution === 'fixed' ? sampled.value : undefined
  const own = parameters[name] ?? parameterTable[name].value
  return typeof own === 'number' ? own : own.value
}

/** Where the defaults of a section come from. */
const origins: Readonly<Record<SettingSection, string>> = {
  depth: 'judgement',
  weights: 'judgement',
  indices: 'judgement',
  thresholds: 'judgement, after earlier runs',
}

/** The depths, weights, indices or thresholds in force, in the order of their section. */
export function settingsOf(section: SettingSection, document: ScenarioDocument): FixedInput[] {
  const held: Readonly<Record<string, unknown>> = document[section]
  const { source = origins[section], grade = 'D' } =
    section === 'depth' || section === 'indices' ? (document[section].basis ?? {}) : {}
  return settingKeys(section).map(({ name, value, meaning }): FixedInput => {
    const changed = amounts(value) !== '' && JSON.stringify(held[name]) !== JSON.stringify(value)
    return {
      ...{ name, value: amounts(held[name]), default: amounts(value), changed, unit: '', meaning },
      ...(changed ? unsourced : { source: listOf(source), grade }),
    }
  })
}
