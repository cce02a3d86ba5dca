import { actorOutcomes } from './actor-outcomes.ts'
import { boxPanel } from './box-panel.ts'
import { boxTradeOff } from './box-trade-off.ts'
import { changeClouds } from './change-clouds.ts'
import type { Choice } from './choice.ts'
import { convergence } from './convergence.ts'
import { actorEnds, actorPaths, actorTiers } from './depth.ts'
import { domainHeat } from './domain-heat.ts'
import { dualityPlane } from './duality-plane.ts'
import { estimateBars } from './estimate-bars.ts'
import { eventWindows } from './events.ts'
import { actorGapFans, externalFan, groupGapFans, systemFans } from './fans.ts'
import { forest } from './forest.ts'
import { gapMap } from './gap-map.ts'
import { inputGrades } from './grades.ts'
import { heatTable } from './heat-table.ts'
import { hypothesisVerdicts } from './hypothesis-verdicts.ts'
import { morrisPlane } from './morris-plane.ts'
import { outcomeShares } from './outcome-shares.ts'
import type { TopLevelSpec } from './spec.ts'
import { thresholdShares } from './threshold-shares.ts'
import { coreTiers, externalTiers } from './tiers.ts'
import { waterfall } from './waterfall.ts'

/**
 * A chart is a function of its data, its width and what the reader has chosen; each documents the type of its data.
 * Without a choice it shows everything.
 */
type Chart = (data: never, width: number, choice?: Choice) => TopLevelSpec

/** Every chart by the name a report calls it by. A new chart is a line here. */
export const charts = {
  'outcome-shares': outcomeShares,
  'threshold-shares': thresholdShares,
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
  'actor-paths': actorPaths,
  'actor-ends': actorEnds,
  'actor-tiers': actorTiers,
  waterfall,
  forest,
  'estimate-bars': estimateBars,
  'paired-bars': estimateBars,
  'morris-plane': morrisPlane,
  'box-trade-off': boxTradeOff,
  'box-panel': boxPanel,
  'heat-table': heatTable,
  convergence,
  'hypothesis-verdicts': hypothesisVerdicts,
} as const satisfies Readonly<Record<string, Chart>>

/**
 * The specification of a chart of a report.
 *
 * @param name - of the chart in the catalogue
 * @param data - what the report has under the key the chart names
 * @param width - in units of a page whose normal text has 16
 * @param choice - what the reader has chosen, if anything
 * @throws RangeError for a name that is not in the catalogue
 */
export function drawing(name: string, data: unknown, width: number, choice: Choice = {}): TopLevelSpec {
  if (!Object.hasOwn(charts, name)) throw new RangeError(`chart: expected one of the catalogue, got ${name}`)
  return (charts as Readonly<Record<string, Chart>>)[name]!(data as never, width, choice)
}

/** The parts of a choice that a chart follows; the others leave it as it is. */
const followed: Readonly<Record<string, readonly (keyof Choice)[]>> = {
  'duality-plane': ['actor', 'tick'],
  'change-clouds': ['actor'],
  'actor-gap-fans': ['actor'],
  'actor-outcomes': ['actor', 'outcome'],
  'gap-map': ['actor', 'outcome', 'tick'],
  'actor-paths': ['actor'],
  'actor-ends': ['actor'],
  'actor-tiers': ['actor'],
}

/** What of a choice a chart of this name follows. @example choiceFor('change-clouds', { actor: 'KAZ', tick: 3 }) // => { actor: 'KAZ' } */
export function choiceFor(name: string, choice: Choice): Choice {
  const parts = followed[name] ?? []
  return Object.fromEntries(Object.entries(choice).filter(([part]) => parts.includes(part as keyof Choice)))
}
