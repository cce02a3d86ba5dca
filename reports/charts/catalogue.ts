import { actorOutcomes } from './actor-outcomes.ts'
import { changeClouds } from './change-clouds.ts'
import type { ChartData } from './chart-data.ts'
import { domainHeat } from './domain-heat.ts'
import { dualityPlane } from './duality-plane.ts'
import { eventWindows } from './events.ts'
import { actorGapFans, externalFan, groupGapFans, systemFans } from './fans.ts'
import { gapMap } from './gap-map.ts'
import { inputGrades } from './grades.ts'
import { outcomeShares } from './outcome-shares.ts'
import type { TopLevelSpec } from './spec.ts'
import { coreTiers, externalTiers } from './tiers.ts'

/** Every chart of the report by the id of its figure. A chart is a function of data and width alone. */
export const charts: Readonly<Record<string, (data: ChartData, width: number) => TopLevelSpec>> = {
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
}
