import { addressOf, type Place, readAddress } from '../address.ts'

/** How a change came about: a finished choice, a slider under way, or a look that undo leaves alone. */
type Kind = 'choice' | 'drag' | 'look'

/** What the page shows, with everything it showed before. The address follows. */
export interface Store {
  readonly place: Place
  readonly canUndo: boolean
  readonly canRedo: boolean
  change(patch: Partial<Place>, kind: Kind): void
  undo(): void
  redo(): void
  /** Calls after every change, and says what kind it was. @returns how to stop */
  follow(listener: (kind: Kind) => void): () => void
}

/** The address is written a moment after the last change: browsers refuse pages that write it too often. */
const addressDelayMs = 250

export function createStore(): Store & { leave(): void } {
  const route = readAddress(location.hash)
  if (route.view !== 'explore') throw new RangeError('expected the address of the explorer')
  let place = route.place
  let past: Place[] = []
  let future: Place[] = []
  let held: Place | undefined
  let waiting = 0
  let written = location.hash
  const listeners = new Set<(kind: Kind) => void>()

  const tell = (kind: Kind) => {
    clearTimeout(waiting)
    waiting = window.setTimeout(() => {
      written = addressOf(place)
      history.replaceState(null, '', written)
    }, addressDelayMs)
    for (const listener of listeners) listener(kind)
  }
  /** Undo brings back what was chosen, not where somebody looked. */
  const go = (to: Place) => {
    const { tick, projector, actor } = place
    place = { ...to, tick, projector, actor }
    tell('choice')
  }
  const onAddress = () => {
    const next = readAddress(location.hash)
    if (next.view !== 'explore' || location.hash === written) return
    past.push(place)
    future = []
    place = next.place
    tell('choice')
  }
  addEventListener('hashchange', onAddress)

  return {
    get place() {
      return place
    },
    get canUndo() {
      return past.length > 0
    },
    get canRedo() {
      return future.length > 0
    },
    change(patch, kind) {
      if (kind === 'drag') held ??= place
      if (kind === 'choice') {
        past.push(held ?? place)
        past = past.slice(-200)
        held = undefined
        future = []
      }
      place = { ...place, ...patch }
      tell(kind)
    },
    undo() {
      const to = past.pop()
      if (!to) return
      future.push(place)
      go(to)
    },
    redo() {
      const to = future.pop()
      if (!to) return
      past.push(place)
      go(to)
    },
    follow(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    leave() {
      clearTimeout(waiting)
      removeEventListener('hashchange', onAddress)
    },
  }
}
