import type { Choice } from '../charts/choice.ts'

/** What may be chosen. */
export interface Offered {
  readonly actors: readonly string[]
  readonly outcomes: readonly string[]
  readonly quarters: readonly string[]
}

/** What the fragment of an address says: a section to go to and a choice, both perhaps none. */
export interface Fragment {
  readonly section: string | undefined
  readonly choice: Choice
}

/**
 * Reads a fragment such as `#map&actor=KAZ&outcome=duality&quarter=2028Q4`. What is not offered is passed over.
 *
 * @param text - with or without its `#`
 */
export function readFragment(text: string, { actors, outcomes, quarters }: Offered): Fragment {
  const parts = text.replace(/^#/, '').split('&')
  const value = (name: string) => parts.find(part => part.startsWith(`${name}=`))?.slice(name.length + 1)
  const actor = actors.find(id => id === decoded(value('actor')))
  const outcome = outcomes.find(id => id === decoded(value('outcome')))
  const tick = quarters.indexOf(decoded(value('quarter')) ?? '')
  return {
    section: parts.find(part => part !== '' && !part.includes('=')),
    choice: {
      ...(actor === undefined ? {} : { actor }),
      ...(outcome === undefined ? {} : { outcome }),
      ...(tick < 0 || tick === quarters.length - 1 ? {} : { tick }),
    },
  }
}

/** The fragment of a section and a choice, without its `#`; empty for none. */
export function writeFragment({ section, choice }: Fragment, { quarters }: Offered): string {
  const { actor, outcome, tick } = choice
  const parts = [
    section,
    actor && `actor=${encodeURIComponent(actor)}`,
    outcome && `outcome=${encodeURIComponent(outcome)}`,
    tick === undefined ? undefined : `quarter=${quarters[tick]}`,
  ]
  return parts.filter(part => part !== undefined && part !== '').join('&')
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text)
  } catch {
    return undefined
  }
}
