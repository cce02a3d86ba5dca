import { plain } from './escape.ts'
import { lookOf } from './theme.ts'

/** Names of the indices of the whole system, and of actors and groups. */
const indexNames: Readonly<Record<string, string>> = {
  ID: 'institutional alignment',
  OP: 'operational alignment',
  gap: 'gap',
  v: 'vitality of CIS Plus',
  lead_RU: 'Russia’s share of leadership',
  ext: 'outsiders in CIS Plus',
  breadth: 'core still in the CIS',
  H: 'hedging',
  RS_political: 'Russia’s political share',
  RS_security: 'Russia’s security share',
  RS_economic: 'Russia’s economic share',
  RS_transport: 'Russia’s transport share',
  RS_cultural: 'Russia’s cultural share',
  LHHI: 'concentration of leadership',
  ext_depth: 'depth of outsiders in CIS Plus',
  capacity: 'Russian capacity',
  sanctions: 'sanctions',
  delivered: 'delivered win-win',
  war: 'war phase',
  threat: 'threat',
  credibility: 'credibility of Russia',
  settlement: 'settlement in national currencies',
  coercions: 'acts of coercion',
}

/** Indices that count states or events, so that a difference of 0.01 says nothing. */
const counted: readonly string[] = ['ext', 'ext_depth', 'coercions', 'war']

/** What a quantity of the rows of a batch is called, and in which unit it is told. */
export interface QuantityName {
  /** Actor or group, with its name; undefined for the whole system. */
  readonly person: string | undefined
  readonly what: string
  /** The same beside the name of a person, as short as it can be. */
  readonly short: string
  readonly unit: 'share' | 'index' | 'count'
}

/**
 * The name of a quantity such as `gap`, `class=shell`, `KAZ_gap` or `KAZ_class=duality`.
 *
 * @param people - names of actors and groups by id
 * @example quantityName('KAZ_gap', { KAZ: 'Kazakhstan' }) // => { person: 'Kazakhstan', what: 'gap', short: 'gap', unit: 'index' }
 */
export function quantityName(quantity: string, people: Readonly<Record<string, string>>): QuantityName {
  const [, of, outcome] = /^(?:(.+)_)?class=(.*)$/.exec(quantity) ?? []
  const person = (id: string | undefined) =>
    id === undefined ? undefined : Object.hasOwn(people, id) ? plain(people[id]!) : id
  if (outcome !== undefined) {
    const { name, short } = lookOf(outcome)
    return { person: person(of), what: name, short: short.toLowerCase(), unit: 'share' }
  }
  if (Object.hasOwn(indexNames, quantity)) {
    const what = indexNames[quantity]!
    return { person: undefined, what, short: what, unit: counted.includes(quantity) ? 'count' : 'index' }
  }
  const [, id, index] = /^(.+)_(ID|OP|gap)$/.exec(quantity) ?? []
  const what = indexNames[index ?? ''] ?? quantity
  return { person: person(id), what, short: what, unit: 'index' }
}

/** The name in one text. @example labelOf('KAZ_class=duality', { KAZ: 'Kazakhstan' }) // => 'Kazakhstan: duality' */
export function labelOf(quantity: string, people: Readonly<Record<string, string>>): string {
  const { person, what, short } = quantityName(quantity, people)
  return person === undefined ? what : `${person}: ${short}`
}
