import { domainNames, tierNames } from './names.ts'
import { quoted } from './problem.ts'
import { scenarioSchema } from './schema.ts'
import { type Subject, shown } from './subject.ts'
import { at, entriesAt, itemsAt, keyPlace, nearest, numberAt, type Path, type Tree, textAt } from './tree.ts'

const tolerance = 1e-6

/** Institutions, corridors, actors, groups, indices and sources. */
export function checkWorld(subject: Subject): void {
  const { tree, problems } = subject
  subject.distinct(at(tree, 'options'))
  const institutions = entriesAt(tree, 'institutions')
  if (institutions.length === 1) {
    const place = keyPlace(tree, ['institutions'])
    problems.error(
      place,
      'institution-count',
      'expected at least two institutions, the format and its outer tier, got 1',
    )
  }
  for (const [table, most] of [
    ['institutions', 32],
    ['corridors', 16],
  ] as const) {
    const count = entriesAt(tree, table).length
    const message = `expected at most ${most} ${table}, which is what the addresses of their draws allow, got ${count}`
    if (count > most) problems.error(keyPlace(tree, [table]), 'too-many', message)
  }
  const format = institutions[0]?.[0]
  if (format !== undefined && !subject.exists(format)) {
    const message = `expected ${quoted(format)} to exist: breadth is measured by who of the core is still in it`
    problems.error(nearest(tree, ['institutions', format, 'exists']), 'format-missing', message)
  }
  for (const [id] of institutions) checkServed(subject, ['institutions', id, 'anchor', 'value'])
  for (const [id] of entriesAt(tree, 'corridors')) checkServed(subject, ['corridors', id, 'serves', 'value'])
  for (const [, { tree: table }] of entriesAt(tree, 'club', 'value')) subject.keys('institutions', table)
  for (const [, { tree: group }] of entriesAt(tree, 'groups')) {
    const members = at(group, 'members')
    subject.distinct(members)
    for (const member of itemsAt(members)) subject.names('actors', member)
  }
  checkIndices(subject)
  checkActors(subject)
  checkSources(subject, tree)
}

/**
 * Whom a body or corridor serves. Shares of one whole: with another sum all its effects are stronger or weaker, which the
 * model computes, but which is seldom meant. Nobody at all is served by an empty table.
 */
function checkServed(subject: Subject, path: Path): void {
  const { tree, problems } = subject
  const shares = at(tree, ...path)
  subject.keys('options', shares)
  const sum = total(shares)
  if (sum === undefined || entriesAt(shares).length === 0 || Math.abs(sum - 1) <= tolerance) return
  const [, name, key] = path
  const message = `expected shares of ${quoted(name)} that sum to 1, got ${shown(sum)}`
  const help = `its effects are ${shown(sum)} times as strong as with a sum of 1`
  problems.warning(keyPlace(tree, path), `${key}-sum`, message, help)
}

function checkIndices(subject: Subject): void {
  const { tree, problems } = subject
  const institutions = at(tree, 'indices', 'id_institutions')
  const sum = total(institutions)
  const none = entriesAt(tree, 'institutions').length === 0
  if (!none && (sum === undefined || Math.abs(sum - 1) > tolerance)) {
    const place = institutions ? keyPlace(tree, ['indices', 'id_institutions']) : keyPlace(tree, ['indices'])
    const message = `expected weights of institutions in institutional alignment that sum to 1, got ${shown(sum ?? 0)}`
    problems.error(place, 'id-institutions-sum', message)
  }
  subject.keys('institutions', institutions)
  const weights = at(tree, 'indices', 'op_weights')
  const weight = weights && total(weights)
  if (weight !== undefined && Math.abs(weight - 1) > tolerance) {
    const message = `expected weights of domains that sum to 1, got ${shown(weight)}`
    problems.error(keyPlace(tree, ['indices', 'op_weights']), 'op-weights-sum', message)
  }
}

function checkActors(subject: Subject): void {
  const { tree, problems, options } = subject
  const codes = new Map<number, string>()
  const actors = entriesAt(tree, 'actors')
  const format = entriesAt(tree, 'institutions')[0]?.[0]
  let members = 0
  for (const [id, { key, tree: actor }] of actors) {
    const code = numberAt(actor, 'code')
    const other = code === undefined ? undefined : codes.get(code)
    if (other !== undefined) {
      const message = `expected a code of its own for each actor, got ${code} of ${quoted(other)} again`
      problems.error(nearest(actor, ['code']), 'repeated-code', message)
    } else if (code !== undefined) codes.set(code, id)

    const pole = at(actor, 'pole')
    const isPole = subject.names('options', pole)
    if (isPole && textAt(pole) === options.at(-1)) {
      problems.error(
        pole.place,
        'pole-autonomy',
        `expected a pole, got ${quoted(textAt(pole))}, which stands for autonomy`,
      )
    }
    for (const domain of domainNames) {
      const shares = at(actor, 'alignment', domain, 'value')
      if (shares) checkShares(subject, id, domain, shares, isPole ? textAt(pole) : undefined)
    }
    if (operational(subject, actor) === 0) {
      const message = `expected an operational alignment with ${quoted(options[0])} above 0 for ${quoted(id)}, got 0`
      problems.error(
        key,
        'operational-zero',
        message,
        'give it a share in a domain that counts in `indices.op_weights`',
      )
    }
    for (const table of ['tiers', 'up_appetite', 'down_tendency']) {
      subject.keys('institutions', at(actor, table, 'value'))
    }
    subject.keys('corridors', at(actor, 'corridor_exposure', 'value'))
    const core = at(actor, 'core')
    const tier = format === undefined ? undefined : textAt(actor, 'tiers', 'value', format)
    if (core?.kind === 'scalar' && core.value === true && tierNames.some((t, i) => i > 0 && t === tier)) members += 1
  }
  if (at(tree, 'actors')?.kind === 'map' && (actors.length === 0 || (format !== undefined && members === 0))) {
    const where = format === undefined ? '' : ` with a tier in ${quoted(format)}`
    const message = `expected at least one core actor${where}, got none`
    problems.error(keyPlace(tree, ['actors']), 'core-empty', message)
  }
}

function checkShares(subject: Subject, id: string, domain: string, shares: Tree, pole: string | undefined): void {
  const { tree, problems } = subject
  subject.keys('options', shares)
  const sum = total(shares)
  if (sum !== undefined && Math.abs(sum - 1) > tolerance) {
    const place = keyPlace(tree, ['actors', id, 'alignment', domain, 'value'])
    problems.error(place, 'alignment-sum', `expected shares that sum to 1, got ${shown(sum)}`)
  }
  const own = pole === undefined ? undefined : at(shares, pole)
  if (pole !== undefined && own && numberAt(own) !== 0) {
    const message = `expected 0 or nothing for ${quoted(pole)}, the pole that ${quoted(id)} itself is, got ${numberAt(own)}`
    problems.error(own.place, 'pole-share', message)
  }
}

/** Operational alignment with the first option at the start; undefined when a part of it could not be read. */
function operational({ tree, options }: Subject, actor: Tree): number | undefined {
  const standard = scenarioSchema.shape.indices.parse(undefined).op_weights
  const first = options[0]
  if (first === undefined) return undefined
  let sum = 0
  for (const domain of domainNames) {
    const shares = at(actor, 'alignment', domain, 'value')
    const weight = at(tree, 'indices', 'op_weights')
      ? numberAt(tree, 'indices', 'op_weights', domain)
      : standard[domain]
    const share = at(shares, first) ? numberAt(shares, first) : 0
    if (!shares || weight === undefined || share === undefined) return undefined
    sum += weight * share
  }
  return sum
}

/** Sum of a table of numbers; undefined when there is no table or one of them is not a number. */
function total(table: Tree | undefined): number | undefined {
  if (table?.kind !== 'map') return undefined
  let sum = 0
  for (const [, { tree }] of table.entries) {
    const value = numberAt(tree)
    if (value === undefined) return undefined
    sum += value
  }
  return sum
}

/** Every `source` beside a `grade` names a key of the table `sources`. */
function checkSources(subject: Subject, tree: Tree): void {
  if (tree.kind !== 'map') return
  const source = tree.entries.has('grade') ? at(tree, 'source') : undefined
  if (source) {
    subject.names('sources', source)
    subject.distinct(source)
    for (const item of itemsAt(source)) subject.names('sources', item)
  }
  for (const [, entry] of tree.entries) checkSources(subject, entry.tree)
}
