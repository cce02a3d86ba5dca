import type { ParameterDefinition } from './parameter.ts'
import { quoted } from './problem.ts'
import { type Subject, shown } from './subject.ts'
import {
  at,
  type Entry,
  entriesAt,
  entryAt,
  itemsAt,
  keyPlace,
  nearest,
  numberAt,
  type Place,
  type Tree,
  textAt,
} from './tree.ts'

const sections = ['uncertainties', 'levers'] as const

/** Values of parameters, and how uncertainties and levers sample them. */
export function checkParameters(subject: Subject): void {
  const { tree, catalogue } = subject
  for (const [name, { key, tree: written }] of entriesAt(tree, 'parameters')) {
    if (!subject.knows('parameters', name, key)) continue
    const value = at(written, 'value') ?? written
    checkValue(subject, name, catalogue.get(name)!, value)
    checkHeard(subject, name, key, value)
  }
  for (const section of sections) {
    for (const [name, entry] of entriesAt(tree, section)) {
      if (!subject.knows('parameters', name, entry.key)) continue
      if (section === 'levers') checkOnce(subject, name, entry)
      checkDistribution(subject, name, catalogue.get(name)!, entry)
    }
  }
}

/**
 * A value over a file that samples the parameter would change no run, since what is sampled wins. The other way round is
 * fine: a value is what a file that samples the parameter starts from.
 */
function checkHeard({ tree, problems }: Subject, name: string, key: Place, value: Tree): void {
  const got = numberAt(value)
  if (got === undefined) return
  for (const section of sections) {
    const sampled = entryAt(tree, section, name)
    if (!sampled || !problems.overrides(key, sampled.key)) continue
    const { file } = sampled.key
    const message = `expected no value for ${quoted(name)}, which ${file} gives a distribution under \`${section}\`, got ${got}, which no run of a batch would use`
    const help = `the distribution wins; to fix the parameter write \`${section}: { ${name}: { distribution: fixed, value: ${got} } }\``
    problems.error(key, 'value-unheard', message, help)
  }
}

/** A lever is no uncertainty too; what is reported is the one that came later. */
function checkOnce({ tree, problems }: Subject, name: string, lever: Entry): void {
  const uncertainty = entryAt(tree, 'uncertainties', name)
  if (!uncertainty) return
  const message = `expected ${quoted(name)} as an uncertainty or as a lever, got both`
  const leverIsOlder = problems.overrides(uncertainty.key, lever.key)
  const older = leverIsOlder ? 'levers' : 'uncertainties'
  const help = `keep one, or take out the other: \`${older}: { ${name}: null }\``
  const extended = uncertainty.key.file !== lever.key.file
  problems.error(
    (leverIsOlder ? uncertainty : lever).key,
    'sampled-twice',
    message,
    extended ? help : 'keep one of them',
  )
}

function checkValue({ problems }: Subject, name: string, definition: ParameterDefinition, tree: Tree): void {
  const value = numberAt(tree)
  if (value === undefined) return
  const [low, high] = definition.bounds
  const kind = definition.integer ? 'a whole number' : 'a number'
  if (value < low || value > high || (definition.integer && !Number.isInteger(value))) {
    const message = `expected ${kind} from ${low} to ${high} for ${quoted(name)}, got ${value}`
    problems.error(tree.place, 'parameter-range', message)
  } else if (definition.documented && (value < definition.documented[0] || value > definition.documented[1])) {
    const message = `expected ${quoted(name)} in its documented range ${definition.documented.join(' to ')}, got ${value}`
    problems.warning(tree.place, 'beyond-documented', message)
  }
}

function checkDistribution(subject: Subject, name: string, definition: ParameterDefinition, entry: Entry): void {
  const { problems } = subject
  const { key, tree } = entry
  const kind = textAt(tree, 'distribution')
  if (definition.kind === 'N') {
    const message = `expected a parameter that may be sampled, got ${quoted(name)}, which ${name === 'horizon' ? 'sets the length of a run' : 'fixes the scale of others'}`
    problems.error(key, 'sampled-normalisation', message, 'give it a value under `parameters`')
    return
  }
  if (definition.integer && kind !== undefined && kind !== 'discrete' && kind !== 'fixed') {
    const message = `expected a discrete or fixed distribution for the whole number ${quoted(name)}, got ${kind}`
    problems.error(nearest(tree, ['distribution']), 'sampled-integer', message)
    return
  }
  if (!ordered(subject, tree)) return
  if (kind === 'discrete' && !checkWeights(subject, tree)) return
  const range = support(tree)
  if (!range) return
  const [low, high] = definition.bounds
  const place = keyPlace(tree, [])
  if (range[0] < low || range[1] > high) {
    const open = !Number.isFinite(range[0]) || !Number.isFinite(range[1])
    const message = `expected ${quoted(name)} from ${low} to ${high}, got values from ${shown(range[0])} to ${shown(range[1])}`
    problems.error(
      open ? nearest(tree, ['distribution']) : place,
      'sampled-range',
      message,
      open ? 'cut it with `low` and `high`' : undefined,
    )
  } else if (definition.documented && (range[0] < definition.documented[0] || range[1] > definition.documented[1])) {
    const message = `expected ${quoted(name)} in its documented range ${definition.documented.join(' to ')}, got values from ${shown(range[0])} to ${shown(range[1])}`
    problems.warning(key, 'beyond-documented', message)
  }
  if (definition.integer) {
    for (const item of [...itemsAt(tree, 'values'), at(tree, 'value')]) {
      const value = numberAt(item)
      if (item && value !== undefined && !Number.isInteger(value)) {
        problems.error(item.place, 'sampled-integer', `expected whole numbers for ${quoted(name)}, got ${value}`)
      }
    }
  }
}

/** low < high, and low ≤ mode ≤ high; reports what is out of order. */
function ordered({ problems }: Subject, tree: Tree): boolean {
  const low = numberAt(tree, 'low')
  const mode = numberAt(tree, 'mode')
  const high = numberAt(tree, 'high')
  if (low !== undefined && high !== undefined && low >= high) {
    const message = `expected \`high\` above \`low\` (${low}), got ${high}`
    problems.error(
      nearest(tree, ['high']),
      'range-order',
      message,
      low === high ? 'use `distribution: fixed`' : undefined,
    )
    return false
  }
  if (mode !== undefined && ((low !== undefined && mode < low) || (high !== undefined && mode > high))) {
    problems.error(nearest(tree, ['mode']), 'range-order', `expected \`mode\` from ${low} to ${high}, got ${mode}`)
    return false
  }
  return true
}

function checkWeights({ problems }: Subject, tree: Tree): boolean {
  const weights = at(tree, 'weights')
  if (weights?.kind !== 'list') return true
  const values = itemsAt(tree, 'values').length
  if (weights.items.length !== values) {
    const message = `expected a weight for each of ${values} values, got ${weights.items.length}`
    problems.error(weights.place, 'weights-length', message)
    return false
  }
  const numbers = weights.items.map(item => numberAt(item))
  if (numbers.every(n => n !== undefined) && !(numbers.reduce((sum, n) => sum + n, 0) > 0)) {
    problems.error(weights.place, 'weights-sum', 'expected weights with a sum above 0, got 0')
    return false
  }
  return true
}

/** Least and greatest value a distribution can give; undefined when it could not be read. */
function support(tree: Tree): readonly [number, number] | undefined {
  const low = numberAt(tree, 'low')
  const high = numberAt(tree, 'high')
  switch (textAt(tree, 'distribution')) {
    case 'uniform':
    case 'triangular':
    case 'pert':
      return low === undefined || high === undefined ? undefined : [low, high]
    case 'normal':
      return [low ?? Number.NEGATIVE_INFINITY, high ?? Number.POSITIVE_INFINITY]
    case 'lognormal':
      return [low ?? 0, high ?? Number.POSITIVE_INFINITY]
    case 'discrete': {
      const values = itemsAt(tree, 'values')
        .map(item => numberAt(item))
        .filter(value => value !== undefined)
      return values.length === 0 ? undefined : [Math.min(...values), Math.max(...values)]
    }
    case 'fixed': {
      const value = numberAt(tree, 'value')
      return value === undefined ? undefined : [value, value]
    }
  }
  return undefined
}
