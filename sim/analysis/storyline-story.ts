import { I, indexNames } from '../model/indices.ts'
import { type ActorOutcome, actorOutcomes, type Outcome, outcomes } from '../model/outcomes.ts'
import { createShareSplitter } from '../model/share-split.ts'
import { createTimeline, type Moment } from '../model/timeline.ts'
import type { Batch } from '../store/batch.ts'
import { rerunsOf } from './reruns.ts'

/** Causes and their parts, the largest first. */
export type Causes = readonly { readonly cause: string; readonly part: number }[]

/** What moved in some quarters, and by what. */
export interface Period {
  /** The ticks after which and at which the period ends. */
  readonly from: number
  readonly to: number
  /** Changes of the core means within the period, and their causes; parts add up to the change. */
  readonly ID: number
  readonly OP: number
  readonly causesOfID: Causes
  readonly causesOfOP: Causes
  /** The core actor whose operational alignment moved most, by how much, and by what. */
  readonly mover: { readonly actor: string; readonly OP: number; readonly causes: Causes }
}

/** One run, told. */
export interface Story {
  readonly run: number
  readonly role: 'medoid' | 'contrast'
  /** Distance to the medoid of its outcome, in standard deviations. */
  readonly distance: number
  readonly outcome: Outcome
  readonly margin: number
  readonly moments: readonly Moment[]
  readonly periods: readonly Period[]
  /** Core means by tick, [ticks + 1]. */
  readonly paths: { readonly ID: readonly number[]; readonly OP: readonly number[]; readonly v: readonly number[] }
  /** Means of the last four quarters less the start; levels of vitality, leadership and externals. */
  readonly final: Readonly<Record<'ID' | 'OP' | 'gap' | 'v' | 'lead_RU' | 'ext' | 'breadth', number>>
  readonly coercions: number
  /** Outcomes of the core actors. */
  readonly actorOutcomes: Readonly<Record<string, ActorOutcome>>
}

/** Quarters in a period: a story stops to look back once a year. */
const year = 4

/** Runs an address of a batch again and tells it: dated moments, and for each year what moved and by what. */
export function tellStory(batch: Batch, run: number, role: Story['role'], distance: number): Story {
  const { simulate, simulator, scenario } = rerunsOf(batch)
  const { ticks, model } = simulator
  const { S } = scenario.sizes
  const timeline = createTimeline(model)
  const splitter = createShareSplitter(model, tick => tick % year === 0 || tick === ticks)
  const result = simulate(run, sight => {
    timeline.onlooker(sight)
    splitter.onlooker(sight)
  })
  const path = (n: number) =>
    Array.from({ length: ticks + 1 }, (_, tick) => result.indices[tick * indexNames.length + n]!)
  const R = splitter.rows.length
  const { coreActors, coreWeight } = model
  const periods = splitter.splits.slice(1).map((split, n): Period => {
    const before = splitter.splits[n]!
    const partsOf = (now: Float64Array, then: Float64Array, i: number) =>
      splitter.rows.map((_, r) => now[i * R + r]! - then[i * R + r]!)
    const core = (now: Float64Array, then: Float64Array) =>
      splitter.rows.map((_, r) => {
        let sum = 0
        for (const i of coreActors) sum += (scenario.weight[i]! * (now[i * R + r]! - then[i * R + r]!)) / coreWeight
        return sum
      })
    const causes = (parts: readonly number[]): Causes =>
      parts.map((part, r) => ({ cause: splitter.rows[r]!, part })).sort((a, b) => Math.abs(b.part) - Math.abs(a.part))
    const change = (i: number) => result.operational[split.tick * S + i]! - result.operational[before.tick * S + i]!
    const most = [...coreActors].reduce((best, i) => (Math.abs(change(i)) > Math.abs(change(best)) ? i : best))
    const index = (name: 'ID' | 'OP', tick: number) => result.indices[tick * indexNames.length + I[name]]!
    return {
      from: before.tick,
      to: split.tick,
      ID: index('ID', split.tick) - index('ID', before.tick),
      OP: index('OP', split.tick) - index('OP', before.tick),
      causesOfID: causes(core(split.institutional, before.institutional)),
      causesOfOP: causes(core(split.operational, before.operational)),
      mover: {
        actor: scenario.actors[most]!,
        OP: change(most),
        causes: causes(partsOf(split.operational, before.operational, most)),
      },
    }
  })
  const level = (name: keyof typeof I) => result.final[I[name]]!
  const changed = (name: keyof typeof I) => level(name) - result.indices[I[name]]!
  return {
    run,
    role,
    distance,
    outcome: outcomes[result.outcome]!,
    margin: result.margin,
    moments: timeline.moments(result),
    periods,
    paths: { ID: path(I.ID), OP: path(I.OP), v: path(I.v) },
    final: {
      ID: changed('ID'),
      OP: changed('OP'),
      gap: changed('gap'),
      v: level('v'),
      lead_RU: changed('lead_RU'),
      ext: level('ext'),
      breadth: level('breadth'),
    },
    coercions: result.world.coercions,
    actorOutcomes: Object.fromEntries(
      [...coreActors].map(i => [scenario.actors[i]!, actorOutcomes[result.actorOutcome[i]!]!]),
    ),
  }
}
