import { type ParameterDefinition, parameterCatalogue } from './parameter.ts'
import { parameterTable } from './parameter-table.ts'
import { type ProblemList, quoted } from './problem.ts'
import { suggest } from './suggestion.ts'
import { at, entriesAt, itemsAt, type MapTree, numberAt, type Place, type Tree, textAt } from './tree.ts'

type Kind = 'options' | 'institutions' | 'corridors' | 'actors' | 'sources' | 'parameters'

/** The scenario under test: what is known in it, by kind. */
export class Subject {
  readonly tree: MapTree
  readonly problems: ProblemList
  readonly options: readonly string[]
  readonly catalogue: ReadonlyMap<string, ParameterDefinition>
  private readonly known: Record<Kind, ReadonlySet<string>>

  constructor(tree: MapTree, problems: ProblemList) {
    this.tree = tree
    this.problems = problems
    this.options = itemsAt(tree, 'options')
      .map(item => textAt(item))
      .filter(option => option !== undefined)
    const ids = (section: string) => new Set(entriesAt(tree, section).map(([id]) => id))
    const corridors = ids('corridors')
    this.catalogue = parameterCatalogue(this.options, [...corridors])
    this.known = {
      options: new Set(this.options),
      institutions: ids('institutions'),
      corridors,
      actors: ids('actors'),
      sources: ids('sources'),
      parameters: new Set(this.catalogue.keys()),
    }
  }

  /** Whether a name is known; reports it when it is not. A kind of which nothing could be read is not judged. */
  knows(kind: Kind, name: string, place: Place): boolean {
    const known = this.known[kind]
    if (known.has(name)) return true
    if ((known.size === 0 && kind !== 'sources') || this.problems.has(place)) return false
    const noun = kind.slice(0, -1)
    const article = /^[aeiou]/.test(noun) ? 'an' : 'a'
    const message = `expected ${article} ${noun} of this scenario, got ${quoted(name)}`
    const help = this.problems.crowded ? undefined : suggest(name, known, kind)
    this.problems.error(place, `unknown-${noun}`, message, help)
    return false
  }

  /** As `knows`, for the text at a place in the tree; false without a report where there is no text. */
  names(kind: Kind, tree: Tree | undefined): tree is Tree {
    const name = textAt(tree)
    return tree !== undefined && name !== undefined && this.knows(kind, name, tree.place)
  }

  /** Reports keys of a table that name nothing. */
  keys(kind: Kind, table: Tree | undefined): void {
    for (const [name, { key }] of entriesAt(table)) this.knows(kind, name, key)
  }

  /** Reports an item that stands twice in a list. */
  distinct(list: Tree | undefined): void {
    const seen = new Set<string>()
    for (const item of itemsAt(list)) {
      const name = textAt(item)
      if (name === undefined) continue
      if (seen.has(name))
        this.problems.error(item.place, 'repeated-item', `expected each once, got ${quoted(name)} again`)
      seen.add(name)
    }
  }

  /** False only for an institution the scenario switches off. */
  exists(institution: string): boolean {
    const flag = at(this.tree, 'institutions', institution, 'exists')
    return !(flag?.kind === 'scalar' && flag.value === false)
  }

  /** Value of a parameter where nothing is sampled. */
  parameter(name: keyof typeof parameterTable): number {
    const written = at(this.tree, 'parameters', name)
    return numberAt(written) ?? numberAt(written, 'value') ?? parameterTable[name].value
  }
}

/** Numbers as they are shown: without the noise of binary fractions. */
export function shown(value: number): string {
  return String(Number(value.toPrecision(10)))
}
