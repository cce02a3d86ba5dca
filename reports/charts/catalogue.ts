import { actorOutcomes } from './actor-outcomes.ts'
import { changeClouds } from './change-clouds.ts'
import { domainHeat } from './domain-heat.ts'
import { dualityPlane } from './duality-plane.ts'
import { eventWindows } from './events.ts'
import { actorGapFans, externalFan, groupGapFans, systemFans } from './fans.ts'
import { forest } from './forest.ts'
import { gapMap } from './gap-map.ts'
import { inputGrades } from './grades.ts'
import { outcomeShares } from './outcome-shares.ts'
import type { TopLevelSpec } from './spec.ts'
import { coreTiers, externalTiers } from './tiers.ts'
import { waterfall } from './waterfall.ts'

/** A chart is a function of its data and its width alone; each documents the type of its data. */
type Chart = (data: never, width: number) => TopLevelSpec

/** Every chart by the name a report calls it by. A new chart is a line here. */
export const charts = {
  'outcome-shares': outcomeShares,
  'duality-plane': dualityPlane,
  'change-clouds': changeClouds,
  'system-fans': systemFans,
  'group-gap-fans': groupGapFans,
  'actor-gap-fans': actorGapFans,
  'event-windows': eventWindows,
  'domain-heat': domainHeat,
  'actor-outcomes': actorOutcomes,
  'core-tiers': coreTiers,
  'external-fan': externalFan,
  'external-tiers': externalTiers,
  'gap-map': gapMap,
  'input-grades': inputGrades,
  waterfall,
  forest,
} as const satisfies Readonly<Record<string, Chart>>

/**
 * The specification of a chart of a report.
 *
 * @param name - of the chart in the catalogue
 * @param data - what the report has under the key the chart names
 * @param width - in units of a page whose normal text has 16
 * @throws RangeError for a name that is not in the catalogue
 */
export function drawing(name: string, data: unknown, width: number): TopLevelSpec {
  if (!Object.hasOwn(charts, name)) throw new RangeError(`chart: expected one of the catalogue, got ${name}`)
  return (charts as Readonly<Record<string, Chart>>)[name]!(data as never, width)
}
