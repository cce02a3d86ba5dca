import { type ProblemList, quoted } from './problem.ts'
import { suggest } from './suggestion.ts'
import type { Entry, MapTree, Path } from './tree.ts'

/** Sections whose keys are ids, so that a key `value` there is somebody's id and not the number of a figure. */
const tables = new Set([
  'sources',
  'institutions',
  'corridors',
  'actors',
  'groups',
  'parameters',
  'uncertainties',
  'levers',
  'events',
  'expect',
])

/**
 * A scenario over the one it extends. Maps merge key by key; lists and scalars are replaced; `key: null` takes the key
 * out. A figure or distribution is replaced as a whole, so that a new number never inherits an old source.
 */
export function merge(base: MapTree, over: MapTree, problems: ProblemList, path: Path = []): MapTree {
  const entries = new Map<string, Entry>(base.entries)
  for (const [key, entry] of over.entries) {
    const below = base.entries.get(key)
    const here = [...path, key]
    if (entry.tree.kind === 'scalar' && entry.tree.value === null) {
      if (below) entries.delete(key)
      else {
        const help = problems.crowded ? undefined : suggest(key, base.entries.keys(), 'keys')
        problems.error(entry.key, 'remove-nothing', `expected a key of the extended scenario, got ${quoted(key)}`, help)
      }
    } else if (below?.tree.kind === 'map' && entry.tree.kind === 'map' && !whole(below.tree, entry.tree, here)) {
      entries.set(key, { key: entry.key, tree: merge(below.tree, entry.tree, problems, here) })
    } else {
      entries.set(key, entry)
    }
  }
  // A key that is missing from the merged map is reported where the extending file could add it.
  return { kind: 'map', place: over.place, entries }
}

function whole(base: MapTree, over: MapTree, path: Path): boolean {
  const section = String(path[0])
  if ((path.length === 1 && tables.has(section)) || section === 'indices') return false
  return [base, over].some(tree => tree.entries.has('value') || tree.entries.has('distribution'))
}

/** The tree without one key. */
export function without(tree: MapTree, key: string): MapTree {
  const entries = new Map<string, Entry>(tree.entries)
  entries.delete(key)
  return { ...tree, entries }
}
