import { indexNames } from '../model/indices.ts'
import { actorOutcomes, outcomes } from '../model/outcomes.ts'
import type { Result } from '../model/simulate.ts'
import type { Scenario } from '../scenario/compile.ts'
import { indexColumns } from './index-columns.ts'

/** Smallest and largest value; null where there is no limit. */
export type Range = readonly [low: number | null, high: number | null]

/** One column of the run rows. `double` and `float` are NaN where the run failed. */
export interface Column {
  readonly name: string
  readonly type: 'int32' | 'float' | 'double'
  readonly unit: string
  readonly range: Range
  readonly meaning: string
  /** Of a code: what 0, 1, … stand for. */
  readonly codes?: readonly string[]
}

/** Columns of a row, and the places of its sections. A row is written as numbers in this order. */
export interface Layout {
  readonly columns: readonly Column[]
  readonly width: number
  readonly at: {
    readonly run: number
    readonly status: number
    readonly outcome: number
    readonly margin: number
    readonly scores: number
    readonly inputs: number
    readonly events: number
    readonly indices: number
    readonly groups: number
    readonly actors: number
  }
}

/** A run that ended at the horizon, and one that left the finite numbers. */
const status = { done: 0, failed: 1 } as const

/** Numbers per group and per actor in a row: ID, OP at the end, and the outcome. */
const perActor = 3

/** The row layout of a scenario: also the dictionary of the Parquet columns. */
export function rowLayout(scenario: Scenario): Layout {
  const columns: Column[] = []
  const section = (list: Column[]) => columns.push(...list) - list.length
  const actorSection = (ids: readonly string[], of: (id: string) => string) =>
    section(
      ids.flatMap((id): Column[] => [
        {
          name: `${id}_ID`,
          type: 'float',
          unit: 'share',
          range: [0, 1],
          meaning: `institutional alignment of ${of(id)} at the last tick`,
        },
        {
          name: `${id}_OP`,
          type: 'float',
          unit: 'share',
          range: [0, 1],
          meaning: `operational alignment of ${of(id)} at the last tick`,
        },
        {
          name: `${id}_outcome`,
          type: 'int32',
          unit: 'code',
          range: [-1, actorOutcomes.length - 1],
          codes: actorOutcomes,
          meaning: `outcome of ${of(id)}; −1 where the run failed`,
        },
      ]),
    )
  const at = {
    run: section([{ name: 'run', type: 'int32', unit: 'address', range: [0, null], meaning: 'run within the batch' }]),
    status: section([
      {
        name: 'status',
        type: 'int32',
        unit: 'code',
        range: [0, 1],
        codes: Object.keys(status),
        meaning: 'whether the run reached the horizon',
      },
    ]),
    outcome: section([
      {
        name: 'outcome',
        type: 'int32',
        unit: 'code',
        range: [-1, outcomes.length - 1],
        codes: outcomes,
        meaning: 'outcome with the largest score; −1 where the run failed',
      },
    ]),
    margin: section([
      {
        name: 'margin',
        type: 'double',
        unit: 'score',
        range: [0, null],
        meaning: 'difference of the two largest scores',
      },
    ]),
    scores: section(
      outcomes.map(
        (o): Column => ({
          name: `score_${o}`,
          type: 'double',
          unit: 'score',
          range: [null, null],
          meaning: `score of ${o}`,
        }),
      ),
    ),
    inputs: section(
      scenario.uncertainties.map(({ name, role }): Column => {
        const { unit, bounds, meaning } = scenario.catalogue.get(name)!
        return { name: `input_${name}`, type: 'double', unit, range: bounds, meaning: `sampled ${role}: ${meaning}` }
      }),
    ),
    events: section(
      scenario.events.map(
        ({ id, title }): Column => ({
          name: `event_${id}`,
          type: 'int32',
          unit: 'tick',
          range: [0, null],
          meaning: `tick in which “${title}” happened; 0 if it did not`,
        }),
      ),
    ),
    indices: section(
      indexNames.map((name): Column => {
        const [unit, range, meaning] = indexColumns[name]
        return { name, type: 'double', unit, range, meaning: `${meaning}; mean of the last four ticks` }
      }),
    ),
    groups: actorSection(
      scenario.groups.map(group => group.id),
      id => `the group ${id}`,
    ),
    actors: actorSection(scenario.actors, id => id),
  }
  return { columns, width: columns.length, at }
}

/** Writes one run to `rows` at `offset`. Floats are rounded here, so that a row read back has the same bytes. */
export function writeRow(
  rows: Float64Array,
  offset: number,
  layout: Layout,
  run: number,
  inputs: Float64Array,
  result: Result,
  ticks: number,
): void {
  const { at } = layout
  const failed = result.failure !== undefined
  rows.fill(Number.NaN, offset, offset + layout.width)
  rows[offset + at.run] = run
  rows[offset + at.status] = failed ? status.failed : status.done
  rows[offset + at.outcome] = failed ? -1 : result.outcome
  rows.set(inputs, offset + at.inputs)
  rows.fill(0, offset + at.events, offset + at.indices)
  for (const { event, start } of result.occurrences) rows[offset + at.events + event] = start
  if (failed) {
    for (let n = at.groups + perActor - 1; n < layout.width; n += perActor) rows[offset + n] = -1
    return
  }
  rows[offset + at.margin] = result.margin
  rows.set(result.scores, offset + at.scores)
  rows.set(result.final, offset + at.indices)
  writeActors(rows, offset + at.groups, result.groupInstitutional, result.groupOperational, result.groupOutcome, ticks)
  writeActors(rows, offset + at.actors, result.institutional, result.operational, result.actorOutcome, ticks)
}

function writeActors(
  rows: Float64Array,
  offset: number,
  institutional: Float64Array,
  operational: Float64Array,
  outcome: Uint8Array,
  ticks: number,
): void {
  const count = outcome.length
  for (let i = 0, n = offset; i < count; i++, n += perActor) {
    rows[n] = Math.fround(institutional[ticks * count + i]!)
    rows[n + 1] = Math.fround(operational[ticks * count + i]!)
    rows[n + 2] = outcome[i]!
  }
}
