import type { Fan } from '../../sim/analysis/summary.ts'
import { type ChartActor, type ChartData, coreOf } from './chart-data.ts'
import { type Choice, strengthOf } from './choice.ts'
import { type EventMark, eventMarks } from './event-marks.ts'
import { type FanSeries, fanPanels } from './fan-panel.ts'
import { isNarrow, type TopLevelSpec } from './spec.ts'

/** The ends of the widest band of a fan. */
export function extremes(fan: Fan): [number, number] {
  return [Math.min(...fan.q05), Math.max(...fan.q95)]
}

/** Limits of a given span around the middle of a fan, on round numbers. */
function centred(fan: Fan, span: number): [number, number] {
  const [low, high] = extremes(fan)
  const from = Math.round(((low + high) / 2 - span / 2) * 50) / 50
  return [from, from + span]
}

/** Alignment of the core, vitality of the outer tier where there is one, and Russia's leadership by quarter. */
export function systemFans(data: ChartData, width: number): TopLevelSpec {
  const { ID, OP, gap, v, lead_RU, breadth } = data.fans
  // One span for the three alignments, so that their movements can be compared.
  const widest = Math.max(...[ID, OP, gap].map(fan => extremes(fan)[1] - extremes(fan)[0]))
  const span = Math.ceil(widest * 25) / 25 + 0.04
  const vitality: FanSeries = {
    name: 'Vitality of CIS Plus',
    note: '0 dead, 1 thriving',
    fan: v,
    limits: [0, 1],
    base: v.q50[0]!,
    token: 'council',
  }
  const series: FanSeries[] = [
    {
      name: 'Institutional alignment',
      note: 'core mean, ID',
      fan: ID,
      limits: centred(ID, span),
      base: ID.q50[0]!,
      digits: 3,
    },
    {
      name: 'Operational alignment',
      note: 'core mean, OP',
      fan: OP,
      limits: centred(OP, span),
      base: OP.q50[0]!,
      digits: 3,
    },
    { name: 'Gap', note: 'ID − OP', fan: gap, limits: centred(gap, span), base: gap.q50[0]!, digits: 3 },
    ...(data.outerTier ? [vitality] : []),
    {
      name: 'Russia’s leadership',
      note: data.outerTier ? 'share, CIS and CIS Plus' : 'share, CIS',
      fan: lead_RU,
      limits: [0, 1],
      base: lead_RU.q50[0]!,
      token: 'consolidation',
    },
    {
      name: 'Core still in the CIS',
      note: 'share of its weight',
      fan: breadth,
      limits: [0, 1],
      base: breadth.q50[0]!,
      token: 'realignment',
    },
  ]
  return fanPanels(data.years, series, width, isNarrow(width) ? 1 : 3, width < 800 ? 130 : 170, eventMarks(data))
}

/** Change of the gap since the start in each group. */
export function groupGapFans(data: ChartData, width: number): TopLevelSpec {
  const columns = isNarrow(width) ? 1 : Math.min(3, Math.max(1, data.groups.length))
  return gapFans(data, data.groups, width, columns, isNarrow(width) ? 120 : 180, 'name', eventMarks(data))
}

/** Change of the gap since the start of each core actor. */
export function actorGapFans(data: ChartData, width: number, choice: Choice = {}): TopLevelSpec {
  return gapFans(
    data,
    coreOf(data),
    width,
    isNarrow(width) ? 2 : width < 800 ? 3 : 5,
    110,
    isNarrow(width) ? 'id' : 'name',
    [],
    choice,
  )
}

function gapFans(
  data: ChartData,
  actors: readonly ChartActor[],
  width: number,
  columns: number,
  height: number,
  label: 'id' | 'name',
  marks: readonly EventMark[] = [],
  choice: Choice = {},
): TopLevelSpec {
  const changes = actors.map(({ gapFan, gap }) => shifted(gapFan, gap.start))
  const [low, high] = [
    Math.min(...changes.map(fan => extremes(fan)[0])),
    Math.max(...changes.map(fan => extremes(fan)[1])),
  ]
  const limits: [number, number] = [Math.floor(low * 20) / 20, Math.ceil(high * 20) / 20]
  const series = actors.map((actor, n) => ({
    name: actor[label],
    fan: changes[n]!,
    limits,
    base: 0,
    signed: true,
    digits: 3,
    token: 'duality' as const,
    actor: actor.id,
    strength: strengthOf(actor.id, choice),
  }))
  return fanPanels(data.years, series, width, columns, height, marks)
}

function shifted(fan: Fan, start: number): Fan {
  const move = (path: readonly number[]) => path.map(value => value - start)
  return { q05: move(fan.q05), q25: move(fan.q25), q50: move(fan.q50), q75: move(fan.q75), q95: move(fan.q95) }
}

/** Outsiders that take part in the outer tier. */
export function externalFan(data: ChartData, width: number): TopLevelSpec {
  const { ext } = data.fans
  const outsiders = data.actors.filter(({ core }) => !core).length
  const series = {
    name: 'Outsiders in CIS Plus',
    note: `of ${outsiders}, as observer, partner or member`,
    fan: ext,
    limits: [0, Math.max(1, outsiders)] as const,
    base: 0,
    token: 'council' as const,
    digits: 0,
  }
  return fanPanels(data.years, [series], width, 1, isNarrow(width) ? 140 : 170)
}
