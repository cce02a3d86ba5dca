import type { Share } from '../../sim/analysis/intervals.ts'
import type { Fan, OutcomeShare, Range, Summary } from '../../sim/analysis/summary.ts'
import type { MapShape } from './map-shape.ts'

/** What charts are drawn from: a summary cut to what is shown, with clean texts, as it is embedded in the page. */
export interface ChartData {
  /** Runs that finished. */
  readonly runs: number
  /** End of the quarter of each tick, as a year with its fraction: 2026Q3 is 2026.75. */
  readonly years: readonly number[]
  /** Whether CIS Plus exists. */
  readonly outerTier: boolean
  readonly outcomes: readonly OutcomeShare[]
  readonly fans: Summary['fans']
  readonly groups: readonly ChartActor[]
  readonly actors: readonly ChartCountry[]
  readonly events: readonly ChartEvent[]
  /** The quarter in which every exposed state is coerced, where the scenario sets one. */
  readonly shock?: ChartEvent | undefined
  readonly map: readonly MapShape[]
  /** Number of inputs of each grade, by kind. */
  readonly grades: readonly {
    readonly kind: string
    readonly counts: Readonly<Record<'A' | 'B' | 'C' | 'D', number>>
  }[]
  /** Duality needs a growth of the gap above the one, and a change of institutional alignment above the other. */
  readonly dual: { readonly gap: number; readonly id: number }
}

export interface ChartActor {
  readonly id: string
  readonly name: string
  readonly institutional: Range
  readonly operational: Range
  readonly gap: Range
  readonly outcomes: readonly OutcomeShare[]
  readonly gapFan: Fan
  readonly idFan: Fan
  readonly opFan: Fan
}

export interface ChartCountry extends ChartActor {
  /** ISO 3166-1 numeric. */
  readonly code: number
  readonly core: boolean
  readonly domains: readonly (Range & { readonly domain: string })[]
  /** In the CIS, and in CIS Plus where it exists: tier at the start, share of runs in each tier at the end. */
  readonly tiers: readonly { readonly institution: string; readonly start: string; readonly end: readonly number[] }[]
  /** Sampled runs of core actors. */
  readonly cloud: readonly (readonly [institutional: number, operational: number])[]
}

interface ChartEvent {
  readonly title: string
  /** Start of the first quarter and end of the last one, as years. */
  readonly from: number
  readonly to: number
  readonly happened: Share
  /** How far it moves core states; 0 where that is not known. */
  readonly reach: number
}

/** Actors that are counted in the means of the system. */
export function coreOf(data: ChartData): readonly ChartCountry[] {
  return data.actors.filter(({ core }) => core)
}
