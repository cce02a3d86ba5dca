import { actorOutcomes, outcomes } from '../model/outcomes.ts'
import type { Result, Sight } from '../model/simulate.ts'
import { tierNames } from '../scenario/names.ts'
import { type Flip, findFlip } from './flip.ts'
import type { Reruns } from './reruns.ts'

/** What of a run may turn: its outcome, an actor's outcome, or an actor's tier after a tick. Indices of the scenario. */
export type Question =
  | { readonly of: 'run' }
  | { readonly of: 'actor'; readonly actor: number }
  | { readonly of: 'tier'; readonly actor: number; readonly institution: number; readonly tick: number }

/**
 * The answer to a question when a run of a batch is run with one parameter changed; undefined when the run fails. Every
 * draw has the same address as in the run itself.
 */
export function verdictOf(
  reruns: Reruns,
  run: number,
  question: Question,
  parameter: string,
  value: number,
): string | undefined {
  const { scenario } = reruns
  const parameters = reruns.parametersOf(run)
  parameters[scenario.parameterIndex.get(parameter)!] = value
  if (question.of !== 'tier') {
    const result = reruns.simulate(run, undefined, parameters)
    return result.failure ? undefined : outcomeOf(result, question)
  }
  let tier: string | undefined
  const at = question.actor * scenario.sizes.M + question.institution
  const onlooker = ({ tick, next }: Sight) => {
    if (tick === question.tick) tier = tierNames[next.tier[at]!]
  }
  const result = reruns.simulate(run, onlooker, parameters)
  return result.failure ? undefined : tier
}

function outcomeOf(result: Result, question: Question): string {
  return question.of === 'actor' ? actorOutcomes[result.actorOutcome[question.actor]!]! : outcomes[result.outcome]!
}

/** A flip of one parameter, and how large it is. */
export interface ParameterFlip extends Flip {
  readonly parameter: string
  /** Value of the parameter in the run. */
  readonly value: number
  readonly bounds: readonly [number, number]
  /** Smallest change that turns the answer, in the unit of the parameter; absent when none inside the bounds does. */
  readonly change: number | undefined
  /** Its size as a share of the documented range, where there is one. */
  readonly share: number | undefined
}

/**
 * The smallest change of one parameter of a run that turns the answer to a question, found by running the run again.
 *
 * @throws RangeError for an unknown parameter, and for the horizon, which is the scenario's
 */
export function flipParameter(
  reruns: Reruns,
  run: number,
  question: Question,
  parameter: string,
  trials?: number,
): ParameterFlip {
  const { catalogue, parameterIndex } = reruns.scenario
  const known = catalogue.get(parameter)
  if (!known) throw new RangeError(`expected the name of a parameter, got ${parameter}`)
  if (parameter === 'horizon') throw new RangeError('expected a parameter of a run, got horizon, which all runs share')
  const { bounds, integer, documented } = known
  const value = reruns.parametersOf(run)[parameterIndex.get(parameter)!]!
  const flip = findFlip({
    verdictAt: tried => verdictOf(reruns, run, question, parameter, tried),
    present: value,
    bounds,
    integer,
    ...(trials === undefined ? {} : { trials }),
  })
  const change = flip.nearest && flip.nearest.value - value
  const share = change === undefined || !documented ? undefined : Math.abs(change) / (documented[1] - documented[0])
  return { parameter, value, bounds, ...flip, change, share }
}

/** The flips of every parameter with a documented range, nearest first; those that turn nothing are left out. */
export function flipsOf(reruns: Reruns, run: number, question: Question, trials: number): ParameterFlip[] {
  return [...reruns.scenario.catalogue]
    .filter(([, { documented, kind }]) => documented !== undefined && kind !== 'N')
    .map(([parameter]) => flipParameter(reruns, run, question, parameter, trials))
    .filter(({ nearest }) => nearest !== undefined)
    .sort((a, b) => a.share! - b.share!)
}
