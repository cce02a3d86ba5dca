import { type TierName, tierNames } from '../scenario/names.ts'
import { P } from '../scenario/parameter.ts'
import { I, indexNames } from './indices.ts'
import type { Model } from './model.ts'
import { type Judged, largest, type Outcome, outcomes, scoreRun, type Thresholds } from './outcomes.ts'
import { judgedTicks, type Result, type Sight } from './simulate.ts'

export const warPhases = ['war', 'ceasefire', 'settlement'] as const
export type WarPhase = (typeof warPhases)[number]

/** Something that happened in a run, and when. Ids are those of the scenario. */
export type Moment = { readonly tick: number } & (
  | { readonly kind: 'event'; readonly event: string; readonly ends: boolean }
  | { readonly kind: 'war'; readonly from: WarPhase; readonly to: WarPhase; readonly byEvent: boolean }
  | { readonly kind: 'disruption'; readonly corridor: string }
  | { readonly kind: 'coercion'; readonly actor: string }
  | { readonly kind: 'insecurity'; readonly actor: string }
  | {
      readonly kind: 'succession'
      readonly actor: string
      /** Log-odds towards the first option, before and after. */
      readonly from: number
      readonly to: number
    }
  | {
      readonly kind: 'tier'
      readonly actor: string
      readonly institution: string
      readonly from: TierName
      readonly to: TierName
      readonly byEvent: boolean
    }
  | { readonly kind: 'outcome'; readonly from: Outcome; readonly to: Outcome }
)

/** The order of moments within a quarter. */
const order = ['event', 'war', 'disruption', 'coercion', 'insecurity', 'succession', 'tier', 'outcome']

/** Watches a run and keeps what happened in it. */
export interface Timeline {
  /** Give this to `Simulator.simulate`; it starts anew with each run. */
  readonly onlooker: (sight: Sight) => void
  /** What happened, in order of time; `result` is that of the watched run. */
  moments(result: Result): Moment[]
}

/**
 * Keeps the dated moments of a run. What moved a state between two ticks is what happened: a hit shows in threat, a
 * shock in insecurity, a new leader in orientation. A step that an event made is told from one of chance by comparing
 * the state before and after the events of the quarter.
 */
export function createTimeline(model: Model): Timeline {
  const { actors, corridors, institutions, sizes } = model.scenario
  const found: Moment[] = []
  const tiers = new Uint8Array(sizes.S * sizes.M)
  let war = 0

  function onlooker({ tick, prev, next, scratch, settings }: Sight): void {
    if (tick === 0) {
      found.length = 0
      tiers.set(next.tier)
      war = next.war
      return
    }
    const { parameters } = settings
    const phase = (from: number, to: number, byEvent: boolean) => {
      if (from !== to) found.push({ tick, kind: 'war', from: warPhases[from]!, to: warPhases[to]!, byEvent })
    }
    phase(war, prev.war, true)
    phase(prev.war, next.war, false)
    war = next.war
    for (let k = 0; k < sizes.K; k++) {
      const hit = scratch.draws.disruption[k]! < parameters[P.disruption]! && parameters[P.disruption_size]! > 0
      if (hit) found.push({ tick, kind: 'disruption', corridor: corridors[k]! })
    }
    const unthreatened = 1 - parameters[P.threat_decay]!
    const calmed = 1 - parameters[P.ins_decay]!
    for (let i = 0; i < sizes.S; i++) {
      const actor = actors[i]!
      if (next.threat[i] !== prev.threat[i]! * unthreatened) found.push({ tick, kind: 'coercion', actor })
      if (next.insecurity[i] !== prev.insecurity[i]! * calmed) found.push({ tick, kind: 'insecurity', actor })
      if (next.leader[i] !== prev.leader[i])
        found.push({ tick, kind: 'succession', actor, from: prev.leader[i]!, to: next.leader[i]! })
    }
    const step = (cell: number, from: number, to: number, byEvent: boolean) => {
      if (from === to) return
      const actor = actors[Math.floor(cell / sizes.M)]!
      const institution = institutions[cell % sizes.M]!
      found.push({ tick, kind: 'tier', actor, institution, from: tierNames[from]!, to: tierNames[to]!, byEvent })
    }
    for (let cell = 0; cell < tiers.length; cell++) {
      step(cell, tiers[cell]!, prev.tier[cell]!, true)
      step(cell, prev.tier[cell]!, next.tier[cell]!, false)
    }
    tiers.set(next.tier)
  }

  function moments(result: Result): Moment[] {
    const { document, events } = model.scenario
    const lived = result.indices.length / indexNames.length - 1
    const last = result.failure ? result.failure.tick - 1 : lived
    const list = found.slice()
    for (const { event, start, end } of result.occurrences) {
      const { id } = events[event]!
      if (start <= last) list.push({ tick: start, kind: 'event', event: id, ends: false })
      if (end <= last) list.push({ tick: end, kind: 'event', event: id, ends: true })
    }
    const path = outcomePath(result.indices, last, document.thresholds)
    for (let tick = 1; tick <= last; tick++) {
      const from = path[tick - 1]!
      const to = path[tick]!
      if (from !== to) list.push({ tick, kind: 'outcome', from, to })
    }
    return list.sort((a, b) => a.tick - b.tick || order.indexOf(a.kind) - order.indexOf(b.kind))
  }

  return { onlooker, moments }
}

/**
 * The outcome a run would have if it ended at each tick, [ticks + 1]: judged, as at the end, by means over the last four
 * ticks so far. Nothing has happened at tick 0, so it counts as the status quo.
 *
 * @param indices - of every tick, [ticks + 1, indices]
 */
export function outcomePath(indices: Float64Array, ticks: number, thresholds: Thresholds): Outcome[] {
  const scores = new Float64Array(outcomes.length)
  return Array.from({ length: ticks + 1 }, (_, tick) => {
    if (tick === 0) return outcomes[0]
    scoreRun(scores, judgedSoFar(indices, tick), thresholds)
    return outcomes[largest(scores)]!
  })
}

/** What a run that ended at `tick` would be judged by. */
export function judgedSoFar(indices: Float64Array, tick: number): Judged {
  const width = indexNames.length
  const first = Math.max(1, tick + 1 - judgedTicks)
  const mean = (n: number) => {
    let sum = 0
    for (let t = first; t <= tick; t++) sum += indices[t * width + n]!
    return sum / (tick + 1 - first)
  }
  const change = (n: number) => mean(n) - indices[n]!
  return {
    id: change(I.ID),
    op: change(I.OP),
    gap: change(I.gap),
    vitality: mean(I.v),
    lead: change(I.lead_RU),
    external: mean(I.ext),
    breadth: mean(I.breadth),
  }
}
