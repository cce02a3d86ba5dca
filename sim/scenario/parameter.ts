import { parameterTable } from './parameter-table.ts'
import type { ScenarioDocument } from './schema.ts'

/** What is known of one parameter. `value` is the default, `neutral` the value that switches its driver off. */
export interface ParameterDefinition {
  readonly value: number
  readonly neutral: number
  /** The range a deep-uncertainty design samples uniformly, [low, high] in `unit`; absent when it is not sampled. */
  readonly documented?: readonly [number, number]
  /** Values outside are an error in a scenario file, [low, high] in `unit`. */
  readonly bounds: readonly [number, number]
  readonly unit: string
  /** L lever, X exogenous, S behavioural, N numerical or normalisation. */
  readonly kind: 'L' | 'X' | 'S' | 'N'
  readonly grade: 'A' | 'B' | 'C' | 'D'
  readonly source: string
  readonly meaning: string
  readonly integer?: boolean
}

export type ParameterName = keyof typeof parameterTable

/** Families with one parameter per option, corridor or domain of the scenario, named `<family>_<id>`. */
const families = {
  growth: { like: 'growth_china', members: 'options' },
  corr: { like: 'corr_middle', members: 'corridors' },
} as const

/**
 * The parameters of a world with these options and corridors, in column order: the table, then a neutral entry for
 * each pole and corridor the table does not know.
 */
export function parameterCatalogue(
  options: readonly string[],
  corridors: readonly string[],
): Map<string, ParameterDefinition> {
  const catalogue = new Map<string, ParameterDefinition>(Object.entries(parameterTable))
  const ids = { options: options.slice(0, -1), corridors }
  for (const [family, { like, members }] of Object.entries(families)) {
    for (const id of ids[members]) {
      const name = `${family}_${id}`
      if (catalogue.has(name)) continue
      const { bounds, unit, meaning } = parameterTable[like]
      catalogue.set(name, {
        value: 0,
        neutral: 0,
        bounds,
        unit,
        kind: 'X',
        grade: 'D',
        source: 'not documented',
        meaning,
      })
    }
  }
  return catalogue
}

/** Value of a parameter where nothing is sampled: what the scenario fixes, what it gives, or the default. */
export function unsampledValue(
  { levers, uncertainties, parameters }: Pick<ScenarioDocument, 'levers' | 'uncertainties' | 'parameters'>,
  name: string,
  { value }: ParameterDefinition,
): number {
  // A fixed distribution is a value and no sample, so it holds in every run, sampled or not.
  const sampled = levers[name] ?? uncertainties[name]
  if (sampled?.distribution === 'fixed') return sampled.value
  const given = parameters[name]
  return given === undefined ? value : typeof given === 'number' ? given : given.value
}

/** Column of each parameter of the table; families beyond the table come after these. */
export const P: { readonly [name in ParameterName]: number } = Object.fromEntries(
  Object.keys(parameterTable).map((name, index) => [name, index]),
) as { [name in ParameterName]: number }
