import { type ParameterDefinition, parameterCatalogue, unsampledValue } from '../../sim/scenario/parameter.ts'
import type { Distribution, ScenarioDocument } from '../../sim/scenario/schema.ts'
import { plain } from '../escape.ts'
import { distributionWords } from '../inputs.ts'
import { sentence } from '../words.ts'

/** A parameter as somebody can move it. Everything but the place of the scenario comes from the parameter table. */
export interface Lever {
  readonly name: string
  readonly label: string
  readonly definition: ParameterDefinition
  /** Ends and step of the slider. */
  readonly low: number
  readonly high: number
  readonly step: number
  /** What the scenario has: the ends of what it samples, or twice its value. */
  readonly own: readonly [number, number]
  /** The same in words. */
  readonly ownWords: string
}

export interface LeverGroup {
  readonly kind: 'L' | 'X' | 'S'
  readonly title: string
  readonly levers: readonly Lever[]
}

const titles = {
  L: 'Levers: what somebody could choose',
  X: 'Outside anyone’s choice',
  S: 'How states respond',
} as const

/** Every parameter that may be moved, by kind. Normalisations are left out: they are measured from, not moved. */
export function leverGroups(document: ScenarioDocument): LeverGroup[] {
  const catalogue = parameterCatalogue(document.options, Object.keys(document.corridors))
  return (['L', 'X', 'S'] as const).map(kind => ({
    kind,
    title: titles[kind],
    levers: [...catalogue].flatMap(([name, definition]) =>
      definition.kind === kind ? [leverOf(document, name, definition)] : [],
    ),
  }))
}

function leverOf(document: ScenarioDocument, name: string, definition: ParameterDefinition): Lever {
  const written = document.levers[name] ?? document.uncertainties[name]
  const sampled = written?.distribution === 'fixed' ? undefined : written
  const value = unsampledValue(document, name, definition)
  const own = sampled ? supportOf(sampled, definition.bounds) : ([value, value] as const)
  const range = definition.documented ?? definition.bounds
  const low = Math.min(range[0], own[0])
  const high = Math.max(range[1], own[1])
  return {
    name,
    label: labelOf(document, name, definition),
    definition,
    low,
    high,
    step: definition.integer ? 1 : stepFor(high - low),
    own,
    ownWords: sampled ? `sampled: ${distributionWords(sampled)}` : `fixed, ${Number(value.toPrecision(4))}`,
  }
}

/** The meaning; for one of a family, such as the growth of a pole, with whose it is. */
function labelOf(document: ScenarioDocument, name: string, { meaning }: ParameterDefinition): string {
  const [family, ...rest] = name.split('_')
  const member = rest.join('_')
  const corridor = family === 'corr' ? document.corridors[member] : undefined
  const isPole = family === 'growth' && document.options.includes(member)
  const isDomain = family === 'kappa'
  const of = corridor ? plain(corridor.name) : isPole || isDomain ? sentence(member) : undefined
  return of === undefined ? sentence(meaning) : `${of}: ${meaning}`
}

/** The ends between which nearly all draws of a distribution lie, within the bounds of the parameter. */
function supportOf(distribution: Distribution, [least, most]: readonly [number, number]): readonly [number, number] {
  const inside = (value: number) => Math.min(most, Math.max(least, value))
  switch (distribution.distribution) {
    case 'uniform':
    case 'triangular':
    case 'pert':
      return [inside(distribution.low), inside(distribution.high)]
    case 'normal': {
      const { mean, sd, low = mean - 2 * sd, high = mean + 2 * sd } = distribution
      return [inside(Math.max(low, mean - 2 * sd)), inside(Math.min(high, mean + 2 * sd))]
    }
    case 'lognormal': {
      const { median, sigma, low = 0, high = Number.POSITIVE_INFINITY } = distribution
      return [
        inside(Math.max(low, median * Math.exp(-2 * sigma))),
        inside(Math.min(high, median * Math.exp(2 * sigma))),
      ]
    }
    case 'discrete':
      return [inside(Math.min(...distribution.values)), inside(Math.max(...distribution.values))]
    case 'fixed':
      return [distribution.value, distribution.value]
  }
}

/** About a hundredth of a range, on a round number. */
function stepFor(range: number): number {
  const rough = range / 100
  const power = 10 ** Math.floor(Math.log10(rough))
  return Number(([1, 2, 5, 10].find(n => n * power >= rough - 1e-12)! * power).toPrecision(1))
}

/** A value of a lever with the digits its step has. @example leverNumber({ step: 0.02 }, 0.30000000000000004) // => '0.3' */
export function leverNumber({ step }: Pick<Lever, 'step'>, value: number): string {
  return String(Number(value.toFixed(Math.max(0, -Math.floor(Math.log10(step))))))
}
