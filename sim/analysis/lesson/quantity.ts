import { type IndexName, indexNames } from '../../model/indices.ts'
import { actorOutcomes, outcomes } from '../../model/outcomes.ts'
import type { Result, Simulator } from '../../model/simulate.ts'
import type { Scenario } from '../../scenario/compile.ts'

/** What a quantity is about, for words. */
type About =
  | { readonly kind: 'index'; readonly index: IndexName }
  | { readonly kind: 'outcome'; readonly outcome: string; readonly actor?: string }
  | { readonly kind: 'measure'; readonly actor: string; readonly measure: 'ID' | 'OP' | 'gap' }
  | { readonly kind: 'alignment'; readonly actor: string; readonly domain: string; readonly option: string }
  | { readonly kind: 'belongs'; readonly actor: string; readonly institution: string }
  | { readonly kind: 'members' | 'vitality'; readonly institution: string }

/** A number at the end of a run, and what it was at the start; the start is NaN where there is none. */
export interface LessonQuantity {
  readonly name: string
  /** Whether it is 0 or 1 in a run, so that its mean is a share of runs. */
  readonly share: boolean
  readonly about: About
  end(result: Result): number
  /** Of a run with an onlooker, which computes every index at tick 0. */
  start(result: Result): number
}

/**
 * What a name in a lesson stands for: an index (`gap`), the share of an outcome (`class=shell`, `KAZ_class=duality`), an
 * actor's ID, OP or gap (`KAZ_OP`), a share of its alignment (`KAZ_economic_russia`), whether it is in a body
 * (`KAZ_in_CIS`), how many actors are in one (`members_CIS`) and its vitality (`vitality_CIS`). Indices are means over the
 * judged ticks, everything else holds at the last tick.
 *
 * @returns undefined for a name that stands for nothing in this scenario
 */
export function lessonQuantity(name: string, scenario: Scenario, ticks: number): LessonQuantity | undefined {
  const { sizes, alignment0, tier0 } = scenario
  const { S, D, P, M } = sizes
  const none = () => Number.NaN
  const index = indexNames.indexOf(name as IndexName)
  if (index !== -1) {
    const about: About = { kind: 'index', index: indexNames[index]! }
    return { name, share: false, about, end: r => r.final[index]!, start: r => r.indices[index]! }
  }
  const [, body, institution] = /^(members|vitality)_(.+)$/.exec(name) ?? []
  const m = institution === undefined ? -1 : scenario.institutions.indexOf(institution)
  if (m !== -1) {
    const about: About = { kind: body as 'members' | 'vitality', institution: institution! }
    if (body === 'vitality')
      return { name, share: false, about, end: r => r.world.vitality[m]!, start: () => scenario.vitality0[m]! }
    const members = (tiers: Uint8Array) => {
      let count = 0
      for (let i = 0; i < S; i++) if (tiers[i * M + m]! > 0) count++
      return count
    }
    return { name, share: false, about, end: r => members(r.world.tier), start: () => members(tier0) }
  }
  const [, actor, rest] = /^(?:([^=]+?)_)?(class=.+|[^=]+)$/.exec(name) ?? []
  if (actor === undefined) {
    const place = (outcomes as readonly string[]).indexOf(name.replace(/^class=/, ''))
    if (!name.startsWith('class=') || place === -1) return undefined
    const about: About = { kind: 'outcome', outcome: outcomes[place]! }
    return { name, share: true, about, end: r => (r.outcome === place ? 1 : 0), start: none }
  }
  const i = scenario.actors.indexOf(actor)
  if (i === -1 || rest === undefined) return undefined
  if (rest.startsWith('class=')) {
    const place = (actorOutcomes as readonly string[]).indexOf(rest.slice('class='.length))
    if (place === -1) return undefined
    const about: About = { kind: 'outcome', outcome: actorOutcomes[place]!, actor }
    return { name, share: true, about, end: r => (r.actorOutcome[i] === place ? 1 : 0), start: none }
  }
  if (rest === 'ID' || rest === 'OP' || rest === 'gap') {
    const at = (r: Result, tick: number) => {
      const id = r.institutional[tick * S + i]!
      const op = r.operational[tick * S + i]!
      return rest === 'ID' ? id : rest === 'OP' ? op : id - op
    }
    const about: About = { kind: 'measure', actor, measure: rest }
    return { name, share: false, about, end: r => at(r, ticks), start: r => at(r, 0) }
  }
  const into = /^in_(.+)$/.exec(rest)?.[1]
  const member = into === undefined ? -1 : scenario.institutions.indexOf(into)
  if (member !== -1) {
    const cell = i * M + member
    const about: About = { kind: 'belongs', actor, institution: into! }
    const inside = (tiers: Uint8Array) => (tiers[cell]! > 0 ? 1 : 0)
    return { name, share: true, about, end: r => inside(r.world.tier), start: () => inside(tier0) }
  }
  const [, domain = '', option = ''] = /^([^_]+)_(.+)$/.exec(rest) ?? []
  const d = scenario.domains.indexOf(domain)
  const p = scenario.options.indexOf(option)
  if (d === -1 || p === -1) return undefined
  const cell = (i * D + d) * P + p
  const about: About = { kind: 'alignment', actor, domain, option }
  return { name, share: false, about, end: r => r.world.alignment[cell]!, start: () => alignment0[cell]! }
}

/** Every name a lesson may use in a scenario, for suggestions. */
export function lessonQuantityNames(scenario: Scenario): string[] {
  const { actors, domains, options, institutions } = scenario
  return [
    ...indexNames,
    ...outcomes.map(outcome => `class=${outcome}`),
    ...institutions.flatMap(m => [`members_${m}`, `vitality_${m}`]),
    ...actors.flatMap(i => [
      ...['ID', 'OP', 'gap'].map(measure => `${i}_${measure}`),
      ...actorOutcomes.map(outcome => `${i}_class=${outcome}`),
      ...institutions.map(m => `${i}_in_${m}`),
      ...domains.flatMap(d => options.map(p => `${i}_${d}_${p}`)),
    ]),
  ]
}

/** What quantities were at the start of the runs of a scenario, in their order. */
export function startsOf(simulator: Simulator, quantities: readonly LessonQuantity[]): number[] {
  const { scenario } = simulator.model
  const result = simulator.simulate({ low: 0, high: 0 }, 0, scenario.parameters, () => undefined)
  return quantities.map(quantity => quantity.start(result))
}
