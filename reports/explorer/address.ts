/**
 * What the page shows, as it stands in the fragment of its address: `#explore&…` or `#lesson=ID&…`. Everything a reader
 * chose is in it, so an address that is copied, or a bookmark, brings back the same picture.
 */
export interface Place {
  /** Path of the scenario; empty for the one the page opens with. */
  readonly scenario: string
  /** Parameters that were changed. */
  readonly set: Readonly<Record<string, number>>
  /** Seed text; empty for the one of the scenario. */
  readonly seed: string
  /** Runs wanted; 0 for as many as the page makes. */
  readonly runs: number
  /** Actor shown in depth; empty for the first. */
  readonly actor: string
  /** Tick shown; −1 for the last. */
  readonly tick: number
  /** What the picture is compared with; undefined for the scenario as it is. */
  readonly reference: { readonly scenario: string; readonly set: Readonly<Record<string, number>> } | undefined
  /** Files somebody opened, by name. */
  readonly files: Readonly<Record<string, string>>
  /** Large type and few words, for a projector. */
  readonly projector: boolean
}

export type Route =
  | { readonly view: 'explore'; readonly place: Place }
  | { readonly view: 'lesson'; readonly id: string; readonly rest: URLSearchParams }

const known = /^[A-Za-z]\w{0,79}$/

/** Reads a fragment; whatever does not make sense is left out. */
export function readAddress(fragment: string): Route {
  const text = fragment.replace(/^#/, '')
  const query = new URLSearchParams(text.replace(/^explore&?/, ''))
  const lesson = query.get('lesson')
  if (lesson !== null) return { view: 'lesson', id: lesson, rest: query }
  const numbers = (prefix: string) =>
    Object.fromEntries(
      [...query].flatMap(([key, value]) => {
        const name = key.startsWith(prefix) ? key.slice(prefix.length) : ''
        return known.test(name) && value.trim() !== '' && Number.isFinite(Number(value)) ? [[name, Number(value)]] : []
      }),
    )
  const whole = (key: string, most: number) => {
    const text = query.get(key)
    return text !== null && /^\d{1,5}$/.test(text) && Number(text) <= most ? Number(text) : undefined
  }
  const reference = query.get('with')
  return {
    view: 'explore',
    place: {
      scenario: query.get('scenario') ?? '',
      set: numbers('set.'),
      seed: (query.get('seed') ?? '').slice(0, 200),
      actor: query.get('actor') ?? '',
      runs: whole('runs', 10_000) ?? 0,
      tick: whole('tick', 400) ?? -1,
      reference: reference === null ? undefined : { scenario: reference, set: numbers('with.') },
      files: Object.fromEntries(
        [...query].flatMap(([key, value]) => (key.startsWith('file.') ? [[key.slice('file.'.length), value]] : [])),
      ),
      projector: query.has('projector'),
    },
  }
}

/** The fragment of a place, with its `#`. */
export function addressOf(place: Place): string {
  const query = new URLSearchParams()
  const put = (key: string, value: string) => {
    if (value !== '') query.set(key, value)
  }
  put('scenario', place.scenario)
  for (const [name, value] of Object.entries(place.set)) query.set(`set.${name}`, String(value))
  put('seed', place.seed)
  if (place.runs > 0) query.set('runs', String(place.runs))
  put('actor', place.actor)
  if (place.tick >= 0) query.set('tick', String(place.tick))
  if (place.reference) {
    query.set('with', place.reference.scenario)
    for (const [name, value] of Object.entries(place.reference.set)) query.set(`with.${name}`, String(value))
  }
  for (const [name, text] of Object.entries(place.files)) query.set(`file.${name}`, text)
  if (place.projector) query.set('projector', '')
  const rest = query.toString()
  return rest === '' ? '#explore' : `#explore&${rest}`
}
