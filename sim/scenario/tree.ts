/**
 * A scenario as it was written: the values of a YAML document, each with the file and offsets it came from. Files are
 * merged as trees, so that a problem in a merged scenario still points at the line somebody wrote.
 */

/** Offsets in UTF-16 units, end exclusive. */
export interface Place {
  readonly file: string
  readonly start: number
  readonly end: number
}

export interface MapTree {
  readonly kind: 'map'
  readonly place: Place
  readonly entries: ReadonlyMap<string, Entry>
}

export interface Entry {
  readonly key: Place
  readonly tree: Tree
}

interface ListTree {
  readonly kind: 'list'
  readonly place: Place
  readonly items: readonly Tree[]
}

interface ScalarTree {
  readonly kind: 'scalar'
  readonly place: Place
  readonly value: string | number | boolean | null
}

export type Tree = MapTree | ListTree | ScalarTree
export type Path = readonly (string | number)[]

/** The values alone. Keys that could reach a prototype are refused when a file is read. */
export function plain(tree: Tree): unknown {
  if (tree.kind === 'scalar') return tree.value
  if (tree.kind === 'list') return tree.items.map(plain)
  return Object.fromEntries([...tree.entries].map(([key, entry]) => [key, plain(entry.tree)]))
}

/** The tree at a path, undefined where the path leaves the document. */
export function at(tree: Tree | undefined, ...path: Path): Tree | undefined {
  let here = tree
  for (const step of path) {
    if (here?.kind === 'map') here = here.entries.get(String(step))?.tree
    else if (here?.kind === 'list') here = here.items[Number(step)]
    else return undefined
  }
  return here
}

/** Entries of the map at a path; none when there is no map. */
export function entriesAt(tree: Tree | undefined, ...path: Path): [string, Entry][] {
  const here = at(tree, ...path)
  return here?.kind === 'map' ? [...here.entries] : []
}

/** The key and value at a path; undefined where there is none. */
export function entryAt(tree: Tree | undefined, ...path: Path): Entry | undefined {
  const parent = at(tree, ...path.slice(0, -1))
  return parent?.kind === 'map' ? parent.entries.get(String(path.at(-1))) : undefined
}

/** Items of the list at a path; none when there is no list. */
export function itemsAt(tree: Tree | undefined, ...path: Path): readonly Tree[] {
  const here = at(tree, ...path)
  return here?.kind === 'list' ? here.items : []
}

export function numberAt(tree: Tree | undefined, ...path: Path): number | undefined {
  const here = at(tree, ...path)
  return here?.kind === 'scalar' && typeof here.value === 'number' ? here.value : undefined
}

export function textAt(tree: Tree | undefined, ...path: Path): string | undefined {
  const here = at(tree, ...path)
  return here?.kind === 'scalar' && typeof here.value === 'string' ? here.value : undefined
}

/** The place of the key at a path, or of the value when it stands in a list or at the top. */
export function keyPlace(tree: Tree, path: Path): Place {
  return entryAt(tree, ...path)?.key ?? nearest(tree, path)
}

/** The place of the value at a path, or of the nearest thing above it that was written. */
export function nearest(tree: Tree, path: Path): Place {
  for (let length = path.length; length >= 0; length--) {
    const here = at(tree, ...path.slice(0, length))
    if (here) return here.place
  }
  return tree.place
}
