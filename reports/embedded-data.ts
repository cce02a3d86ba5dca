import type { ActorSummary, Summary } from '../sim/analysis/summary.ts'
import type { ScenarioDocument } from '../sim/scenario/schema.ts'
import type { ChartActor, ChartData } from './charts/chart-data.ts'
import type { MapShape } from './charts/map-shape.ts'
import { quarterEnd, quarterStart } from './charts/time.ts'
import { plain } from './escape.ts'
import { settledValue } from './fixed-inputs.ts'
import { gradeCounts } from './inputs.ts'

/** Runs of each actor that are drawn as dots. */
const dots = 80

/**
 * The data of the charts of a report.
 *
 * @param reach - how far each event reaches, [events]; left out where it is not known
 */
export function chartData(
  summary: Summary,
  document: ScenarioDocument,
  map: readonly MapShape[],
  reach: readonly number[] = [],
): ChartData {
  return rounded({
    runs: summary.runs - summary.failed.length,
    years: summary.quarters.map(quarterEnd),
    outerTier: summary.outerTier,
    outcomes: summary.outcomes,
    fans: summary.fans,
    groups: summary.groups.map(actorOf),
    actors: summary.actors.map(actor => ({
      ...actorOf(actor),
      code: actor.code,
      core: actor.core,
      domains: actor.domains,
      tiers: actor.tiers.slice(0, summary.outerTier ? 2 : 1),
      cloud: actor.core ? actor.cloud.slice(0, dots) : [],
    })),
    events: summary.events.map(({ id, title, happened }, n) => {
      const { at, window } = document.events[id]!
      const [first, last] = at === undefined ? window! : [at, at]
      return { title: plain(title), from: quarterStart(first), to: quarterEnd(last), happened, reach: reach[n] ?? 0 }
    }),
    shock: shockOf(summary, document),
    map,
    grades: gradeCounts(document),
    dual: { gap: document.thresholds.dual_gap, id: document.thresholds.dual_id },
  })
}

/** The common shock as an event of its quarter; undefined where there is none, or where its quarter differs by run. */
function shockOf({ quarters, runs, failed }: Summary, document: ScenarioDocument): ChartData['shock'] {
  const tick = settledValue(document, 'shock_tick')
  const quarter = tick === undefined || tick < 1 ? undefined : quarters[tick]
  if (quarter === undefined) return undefined
  const done = runs - failed.length
  const happened = { count: done, share: 1, lower: 1, upper: 1 }
  return {
    ...{ title: 'Common shock: every exposed state is coerced', from: quarterStart(quarter), to: quarterEnd(quarter) },
    ...{ happened, reach: 0 },
  }
}

function actorOf({ id, name, institutional, operational, gap, outcomes, fans }: ActorSummary): ChartActor {
  return {
    id,
    name: plain(name),
    institutional,
    operational,
    gap,
    outcomes,
    gapFan: fans.gap,
    idFan: fans.ID,
    opFan: fans.OP,
  }
}

/** A copy with numbers to five decimals, which is finer than any picture. */
function rounded<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_, part) => (typeof part === 'number' ? Math.round(part * 1e5) / 1e5 : part)),
  ) as T
}
