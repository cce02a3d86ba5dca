import type { Share } from '../../sim/analysis/intervals.ts'
import type { ActorSummary, Fan, OutcomeShare, Range, Summary } from '../../sim/analysis/summary.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { plain } from '../escape.ts'
import type { MapShape } from './map-shape.ts'

/** What charts are drawn from: a summary cut to what is shown, with clean texts, as it is embedded in the page. */
export interface ChartData {
  /** Runs that finished. */
  readonly runs: number
  /** Start of each tick as a year with fraction: 2026Q3 is 2026.5. */
  readonly years: readonly number[]
  readonly outcomes: readonly OutcomeShare[]
  readonly fans: Summary['fans']
  readonly groups: readonly ChartActor[]
  readonly actors: readonly ChartCountry[]
  readonly events: readonly ChartEvent[]
  readonly map: readonly MapShape[]
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
}

export interface ChartCountry extends ChartActor {
  readonly code: number
  readonly core: boolean
  readonly domains: readonly (Range & { readonly domain: string })[]
  readonly tiers: readonly { readonly institution: string; readonly start: string; readonly end: readonly number[] }[]
  readonly cloud: readonly (readonly [institutional: number, operational: number])[]
}

export interface ChartEvent {
  readonly title: string
  readonly system: string
  /** First and last quarter as years; the last one to its end. */
  readonly from: number
  readonly to: number
  readonly happened: Share
}

/** Runs of each actor that are drawn as dots. */
const dots = 80

export function chartData(summary: Summary, document: ScenarioDocument, map: readonly MapShape[]): ChartData {
  return rounded({
    runs: summary.runs - summary.failed.length,
    years: summary.quarters.map(yearOf),
    outcomes: summary.outcomes,
    fans: summary.fans,
    groups: summary.groups.map(actorOf),
    actors: summary.actors.map(actor => ({
      ...actorOf(actor),
      code: actor.code,
      core: actor.core,
      domains: actor.domains,
      tiers: actor.tiers.slice(0, 2),
      cloud: actor.core ? actor.cloud.slice(0, dots) : [],
    })),
    events: summary.events.map(event => {
      const { at, window, system } = document.events[event.id]!
      const [first, last] = at === undefined ? window! : [at, at]
      return {
        title: plain(event.title),
        system: plain(system ?? 'Other'),
        from: yearOf(first),
        to: yearOf(last) + 0.25,
        happened: event.happened,
      }
    }),
    map,
    dual: { gap: document.thresholds.dual_gap, id: document.thresholds.dual_id },
  })
}

function actorOf({ id, name, institutional, operational, gap, outcomes, fans }: ActorSummary): ChartActor {
  return { id, name: plain(name), institutional, operational, gap, outcomes, gapFan: fans.gap }
}

/** Actors that are counted in the means of the system. */
export function coreOf(data: ChartData): readonly ChartCountry[] {
  return data.actors.filter(({ core }) => core)
}

/** @example yearOf('2026Q3') // => 2026.5 */
export function yearOf(quarter: string): number {
  return Number(quarter.slice(0, 4)) + (Number(quarter.slice(5)) - 1) / 4
}

/** A copy with numbers to five decimals, which is finer than any picture. */
function rounded<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_, part) => (typeof part === 'number' ? Math.round(part * 1e5) / 1e5 : part)),
  ) as T
}
