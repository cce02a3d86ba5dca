import type { Moment, WarPhase } from '../../sim/model/timeline.ts'
import type { TierName } from '../../sim/scenario/names.ts'
import { tierNames } from '../../sim/scenario/names.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { lookOf } from '../theme.ts'
import { change, listed, sentence } from '../words.ts'

/** Leaders whose orientations differ by less, in log-odds, stand about as far from Russia. */
const aboutAsFar = 0.1

type Tier = Extract<Moment, { kind: 'tier' }>

/**
 * The moments of one quarter as sentences. Actors that share a moment share a sentence.
 *
 * @param moments - of one tick, in their order
 */
export function momentSentences(moments: readonly Moment[], document: ScenarioDocument): string[] {
  const of = <K extends Moment['kind']>(kind: K) =>
    moments.filter((moment): moment is Extract<Moment, { kind: K }> => moment.kind === kind)
  const name = (id: string) => document.actors[id]!.name
  const names = (list: readonly { readonly actor: string }[]) => listed(list.map(({ actor }) => name(actor)))
  const told: string[] = []
  for (const { event, ends } of of('event')) {
    const { title } = document.events[event]!
    told.push(ends ? `No longer in force: ${title}.` : `${title}.`)
  }
  for (const { from, to, byEvent } of of('war')) told.push(`${warWords(from, to)}${byEvent ? ', by an event' : ''}.`)
  const disrupted = of('disruption')
  if (disrupted.length > 0) {
    const corridors = listed(disrupted.map(({ corridor }) => document.corridors[corridor]!.name))
    told.push(`Disrupted: ${corridors}.`)
  }
  const coerced = of('coercion')
  if (coerced.length > 0) told.push(`Russia coerces ${names(coerced)}.`)
  const shocked = of('insecurity')
  if (shocked.length > 0) told.push(`A border or terror shock hits ${names(shocked)}.`)
  for (const { actor, from, to } of of('succession')) {
    const side = Math.abs(to - from) < aboutAsFar ? 'about as far from' : to > from ? 'closer to' : 'further from'
    told.push(`A new leader in ${name(actor)} stands ${side} Russia (${change(to - from, 2)} in log-odds).`)
  }
  told.push(...tierSentences(of('tier'), document, names))
  for (const { from, to } of of('outcome')) {
    told.push(`Judged by the last four quarters, the run turns from ${lookOf(from).name} to ${lookOf(to).name}.`)
  }
  return told
}

function warWords(from: WarPhase, to: WarPhase): string {
  if (to === 'ceasefire') return 'A ceasefire begins in Ukraine'
  if (to === 'settlement') return 'The war in Ukraine is settled'
  return from === 'ceasefire' ? 'The ceasefire in Ukraine breaks down' : 'The war in Ukraine resumes'
}

/** What a summit changed, and what an event did: a sentence each, with a clause for each body and step. */
function tierSentences(
  steps: readonly Tier[],
  document: ScenarioDocument,
  names: (list: readonly Tier[]) => string,
): string[] {
  return [true, false].flatMap(cause => {
    const own = steps.filter(({ byEvent }) => byEvent === cause)
    if (own.length === 0) return []
    const groups = grouped(own, ({ institution, from, to }) => `${institution} ${from} ${to}`)
    const clauses = [...groups.values()].map(list => {
      const { institution, from, to } = list[0]!
      return `${names(list)} ${tierWords(from, to, bodyName(institution, document), list.length > 1)}`
    })
    return [`${cause ? 'By an event' : 'At the summit'} ${clauses.join('; ')}.`]
  })
}

const roles: Readonly<Record<TierName, readonly [one: string, many: string]>> = {
  none: ['outsider', 'outsiders'],
  observer: ['an observer', 'observers'],
  partner: ['a partner', 'partners'],
  member: ['a member', 'members'],
}

function tierWords(from: TierName, to: TierName, body: string, many: boolean): string {
  const role = roles[to][many ? 1 : 0]
  if (to === 'none') return `${many ? 'leave' : 'leaves'} ${body}`
  if (from === 'none') return `${many ? 'join' : 'joins'} ${body} as ${role}`
  const rises = tierNames.indexOf(to) > tierNames.indexOf(from)
  return `${many ? (rises ? 'rise' : 'step down') : rises ? 'rises' : 'steps down'} to ${role} of ${body}`
}

/** A body as it stands in a sentence: by its name where that is short, by its id where that is an abbreviation. */
export function bodyName(institution: string, document: ScenarioDocument): string {
  const { name } = document.institutions[institution]!
  if (name.length <= 12) return name
  if (/^[A-Z]{2,6}$/.test(institution)) return `the ${institution}`
  const plain = name.replace(/ \(.*\)$/, '')
  return /\b(?:of|Union|Organi[sz]ation|track)\b/.test(plain) ? `the ${plain}` : plain
}

/** Moments by tick, each tick once, in order. */
export function byTick(moments: readonly Moment[]): [tick: number, moments: Moment[]][] {
  return [...grouped(moments, ({ tick }) => tick)].sort(([a], [b]) => a - b)
}

/** The words of an outcome or a tier at the start of a line. */
export function outcomeName(verdict: string): string {
  if (verdict === 'none') return 'Outside'
  return sentence((tierNames as readonly string[]).includes(verdict) ? verdict : lookOf(verdict).name)
}

/** Items by what they share, in order of appearance. @example [...grouped([1, 2, 3], n => n % 2)] // => [[1, [1, 3]], [0, [2]]] */
export function grouped<Item, By>(items: readonly Item[], by: (item: Item) => By): Map<By, Item[]> {
  const groups = new Map<By, Item[]>()
  for (const item of items) {
    const group = groups.get(by(item))
    if (group) group.push(item)
    else groups.set(by(item), [item])
  }
  return groups
}
