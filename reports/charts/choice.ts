import type { Fan, Range } from '../../sim/analysis/summary.ts'
import type { ChartActor, ChartData } from './chart-data.ts'
import { asNumber } from './spec.ts'

/** What a reader has chosen to look at; what is left out is not chosen. */
export interface Choice {
  /** Id of an actor. */
  readonly actor?: string
  /** An outcome of actors. */
  readonly outcome?: string
  /** A quarter of the scenario, counted from its start; left out for the end. */
  readonly tick?: number
}

/** How strongly a mark of an actor is drawn where another one is chosen. */
const faint = 0.3

/** An encoding of opacity for marks that have their actor in the field `actor`; nothing where none is chosen. */
export function opacityFor(choice: Choice): object {
  return choice.actor === undefined ? {} : { opacity: asNumber('strength') }
}

/** A layer whose marks fade where another actor is chosen. */
export function faded(layer: object, choice: Choice): object {
  const { encoding } = layer as { encoding: object }
  return { ...layer, encoding: { ...encoding, ...opacityFor(choice) } }
}

/** @returns 1 for marks of the chosen actor, and for all where none is chosen */
export function strengthOf(actor: string, choice: Choice): number {
  return choice.actor === undefined || choice.actor === actor ? 1 : faint
}

/** Quantiles of a fan at a tick, with its start. */
export function rangeAt(fan: Fan, tick: number): Range {
  return { start: fan.q50[0]!, median: fan.q50[tick]!, low: fan.q05[tick]!, high: fan.q95[tick]! }
}

/** The data as it stood at a quarter; single runs are known at the end alone. */
export function dataAt(data: ChartData, tick: number | undefined): ChartData {
  const last = data.years.length - 1
  if (tick === undefined || tick >= last) return data
  const at = <Actor extends ChartActor>(actor: Actor): Actor => ({
    ...actor,
    institutional: rangeAt(actor.idFan, tick),
    operational: rangeAt(actor.opFan, tick),
    gap: rangeAt(actor.gapFan, tick),
  })
  return { ...data, groups: data.groups.map(at), actors: data.actors.map(actor => ({ ...at(actor), cloud: [] })) }
}

/** The actor to look at in depth: the chosen one, or the core actor that most often ends in duality. */
export function actorInDepth({ actors }: ChartData, choice: Choice): ChartData['actors'][number] | undefined {
  const dual = ({ outcomes }: ChartActor) => outcomes.find(({ outcome }) => outcome === 'duality')?.share ?? 0
  const core = actors.filter(({ core }) => core).sort((a, b) => dual(b) - dual(a))
  return actors.find(({ id }) => id === choice.actor) ?? core[0] ?? actors[0]
}
