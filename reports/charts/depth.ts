import { actorOutcomes } from './actor-outcomes.ts'
import type { ChartData } from './chart-data.ts'
import { actorInDepth, type Choice } from './choice.ts'
import { fanPanels } from './fan-panel.ts'
import { extremes } from './fans.ts'
import { chart, isNarrow, type TopLevelSpec } from './spec.ts'
import { coreTiers, externalTiers } from './tiers.ts'

/** Paths of institutional and operational alignment and of the gap of one actor, with one step of the scale. */
export function actorPaths(data: ChartData, width: number, choice: Choice = {}): TopLevelSpec {
  const actor = actorInDepth(data, choice)
  if (actor === undefined) return chart({ width, height: 20, data: { values: [] }, mark: 'point' })
  const fans = [
    ['Institutional alignment', 'what is signed', actor.idFan, 'accent'],
    ['Operational alignment', 'what is done', actor.opFan, 'consolidation'],
    ['Gap', 'the one minus the other', actor.gapFan, 'duality'],
  ] as const
  const span = Math.ceil(Math.max(...fans.map(([, , fan]) => extremes(fan)[1] - extremes(fan)[0])) * 20) / 20 + 0.04
  const series = fans.map(([name, note, fan, token]) => {
    const [low, high] = extremes(fan)
    const from = Math.round(((low + high) / 2 - span / 2) * 50) / 50
    const limits = [from, from + span] as const
    return { name, note: `${actor.name}: ${note}`, fan, limits, base: fan.q50[0]!, digits: 3, token }
  })
  return fanPanels(data.years, series, width, isNarrow(width) ? 1 : 3, width < 800 ? 130 : 170)
}

/** In which share of runs one actor ends in each outcome. */
export function actorEnds(data: ChartData, width: number, choice: Choice = {}): TopLevelSpec {
  const actor = actorInDepth(data, choice)
  return actorOutcomes({ ...data, groups: [], actors: actor ? [{ ...actor, core: true }] : [] }, width)
}

/** Tiers of one actor in the CIS and in CIS Plus. */
export function actorTiers(data: ChartData, width: number, choice: Choice = {}): TopLevelSpec {
  const actor = actorInDepth(data, choice)
  const alone = { ...data, actors: actor ? [actor] : [] }
  return actor?.core === false ? externalTiers(alone, width) : coreTiers(alone, width)
}
