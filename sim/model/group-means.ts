import { domainNames } from '../scenario/names.ts'
import { hedging } from './indices.ts'
import { groupMean } from './means.ts'
import type { Model } from './model.ts'
import type { Sight } from './simulate.ts'

/** Indices that are means over actors, and so have a value for every group, by the names they have for the core. */
const groupIndices = [
  'ID',
  'OP',
  'gap',
  'H',
  ...domainNames.map(domain => `RS_${domain}` as const),
  'threat',
  'credibility',
  'settlement',
] as const

export type GroupIndex = (typeof groupIndices)[number]

/** Each index of a group by tick, [ticks + 1]. */
export type GroupSeries = Readonly<Record<GroupIndex, readonly number[]>>

/** The means of each group over its members, also those outside the core, weighted; gathered while one run goes on. */
export function createGroupMeans(model: Model): {
  readonly series: Readonly<Record<string, GroupSeries>>
  readonly onlooker: (sight: Sight) => void
} {
  const { groups, sizes, weight } = model.scenario
  const { S, D, P } = sizes
  const series = Object.fromEntries(
    groups.map(({ id }) => [
      id,
      Object.fromEntries(groupIndices.map(name => [name, [] as number[]])) as Record<GroupIndex, number[]>,
    ]),
  )
  const spread = new Float64Array(S)
  const russia = Array.from({ length: D }, () => new Float64Array(S))
  const onlooker = ({ next, observer }: Sight): void => {
    hedging(spread, next, model)
    russia.forEach((column, d) => {
      for (let i = 0; i < S; i++) column[i] = next.alignment[(i * D + d) * P]!
    })
    for (const { id, members } of groups) {
      const mean = (column: Float64Array) => groupMean(column, members, weight)
      const [institutional, operational] = [mean(observer.institutional), mean(next.operational)]
      const row = [
        institutional,
        operational,
        institutional - operational,
        ...[spread, ...russia, next.threat, next.credibility, next.settlement].map(mean),
      ]
      groupIndices.forEach((name, n) => {
        series[id]![name].push(row[n]!)
      })
    }
  }
  return { series, onlooker }
}
