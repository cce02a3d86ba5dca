import { type ParameterDefinition, parameterCatalogue } from '../sim/scenario/parameter.ts'
import type { Distribution, ScenarioDocument } from '../sim/scenario/schema.ts'
import { settingSections } from '../sim/scenario/settings.ts'
import { plain } from './escape.ts'
import { fixedParameters, settingsOf } from './fixed-inputs.ts'
import { amount, amounts } from './words.ts'

export type Grade = 'A' | 'B' | 'C' | 'D'

/** A number or table of the scenario with where it comes from. */
export interface InputFigure {
  readonly what: string
  readonly value: string
  readonly sources: readonly string[]
  readonly year: number | undefined
  readonly grade: Grade
  readonly note: string | undefined
}

interface DocumentFigure {
  readonly value: unknown
  readonly source: string | readonly string[]
  readonly grade: Grade
  readonly year?: number | undefined
  readonly note?: string | undefined
}

/** Every figure inside a part of the scenario, named by its path. */
export function figuresIn(part: object, path = ''): InputFigure[] {
  return Object.entries(part).flatMap(([key, value]): InputFigure[] => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
    const what = (path === '' ? key : `${path}, ${key}`).replaceAll('_', ' ')
    if (!isFigure(value)) return figuresIn(value, what)
    const sources = typeof value.source === 'string' ? [value.source] : value.source
    return [{ what, value: amounts(value.value), sources, year: value.year, grade: value.grade, note: value.note }]
  })
}

function isFigure(value: object): value is DocumentFigure {
  return 'value' in value && 'source' in value && 'grade' in value
}

export interface SampledParameter extends ParameterDefinition {
  readonly name: string
  readonly distribution: string
}

/** Parameters that differ from run to run, with their distribution in words. */
export function sampledParameters(document: ScenarioDocument, section: 'levers' | 'uncertainties'): SampledParameter[] {
  const catalogue = parameterCatalogue(document.options, Object.keys(document.corridors))
  return Object.entries(document[section]).map(([name, distribution]) => ({
    ...catalogue.get(name)!,
    name,
    distribution: distributionWords(distribution),
  }))
}

/**
 * A sampled input in a sentence: what it is by the catalogue, with its code.
 *
 * @example inputWords('h_exit', { options: [], corridors: {} }) // => 'the annual hazard of a one-tier fall at tendency 1 (h_exit)'
 */
export function inputWords(name: string, document: Pick<ScenarioDocument, 'options' | 'corridors'>): string {
  const known = parameterCatalogue(document.options, Object.keys(document.corridors)).get(name)
  return known === undefined ? plain(name) : `the ${known.meaning} (${name})`
}

/** A distribution in words. @example distributionWords({ distribution: 'uniform', low: 0, high: 1 }) // => 'even, 0 to 1' */
export function distributionWords(distribution: Distribution): string {
  const range = ({ low, high }: { low?: number | undefined; high?: number | undefined }) =>
    low === undefined && high === undefined ? '' : `, cut to ${limit(low)} to ${limit(high)}`
  switch (distribution.distribution) {
    case 'uniform':
      return `even, ${amount(distribution.low)} to ${amount(distribution.high)}`
    case 'triangular':
    case 'pert': {
      const { low, mode, high } = distribution
      const name = distribution.distribution === 'pert' ? 'PERT' : 'triangle'
      return `${name}, ${amount(low)} to ${amount(high)}, peak ${amount(mode)}`
    }
    case 'normal':
      return `normal, mean ${amount(distribution.mean)}, sd ${amount(distribution.sd)}${range(distribution)}`
    case 'lognormal':
      return `lognormal, median ${amount(distribution.median)}, log sd ${amount(distribution.sigma)}${range(distribution)}`
    case 'discrete':
      return `one of ${distribution.values.map(amount).join(', ')}`
    case 'fixed':
      return `fixed, ${amount(distribution.value)}`
  }
}

function limit(value: number | undefined): string {
  return value === undefined ? 'any' : amount(value)
}

/** Number of inputs of each grade, by kind of input: of everything the tables of inputs list. */
export function gradeCounts(document: ScenarioDocument): { kind: string; counts: Record<Grade, number> }[] {
  const { actors, institutions, corridors, club, russia, events } = document
  const sampled = [...sampledParameters(document, 'levers'), ...sampledParameters(document, 'uncertainties')]
  const kinds: [string, readonly { readonly grade: Grade }[]][] = [
    ['Figures of states', figuresIn(actors)],
    ['Bodies, corridors, Russia', figuresIn({ institutions, corridors, club, russia })],
    ['Events', Object.values(events)],
    ['Sampled parameters', sampled],
    ['Fixed parameters', fixedParameters(document)],
    ['Weights, thresholds', settingSections.flatMap(section => settingsOf(section, document))],
  ]
  return kinds
    .filter(([, inputs]) => inputs.length > 0)
    .map(([kind, inputs]) => {
      const counts = { A: 0, B: 0, C: 0, D: 0 }
      for (const { grade } of inputs) counts[grade]++
      return { kind, counts }
    })
}
