import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { parameterTable } from '../../dist/sim/scenario/parameter-table.js'
import { hostileTexts } from '../hostile-texts.js'

/**
 * Scenario files after the grammar, as trees: most of them valid, so that what follows the reading is tried as well. Each
 * is grown from a world of one to three states, since the whole one takes thirty times as long to check.
 */

const baseline = parse(readFileSync('scenarios/baseline.yaml', 'utf8'))
const main = parse(readFileSync('scenarios/cis-plus-2030.yaml', 'utf8'))
const only = (table, names) => Object.fromEntries(Object.entries(table).filter(([name]) => names.includes(name)))

/** Shares of the options that are left, summing to 1 to the last digit that is kept. */
function sharesOf(table, options) {
  const left = Object.entries(only(table, options))
  const sum = left.reduce((total, [, share]) => total + share, 0)
  const shares = Object.fromEntries(left.map(([option, share]) => [option, Number((share / sum).toFixed(4))]))
  const last = left.at(-1)?.[0]
  if (last === undefined) return { [options[0]]: 1 }
  const others = Object.entries(shares).reduce((total, [option, share]) => total + (option === last ? 0 : share), 0)
  shares[last] = Number((1 - others).toFixed(4))
  return shares
}

/** The baseline with few states, bodies, corridors and options, and without its notes. */
function smallWorld({ actors, institutions, corridors, options }) {
  const { depth, russia, ...rest } = structuredClone(baseline)
  const world = {
    title: 'A small world',
    question: 'What is read, checked and computed?',
    sources: { JUDGE: 'Judgement', WDI: 'Indicators' },
    options,
    depth,
    institutions: only(rest.institutions, institutions),
    club: rest.club,
    corridors: only(rest.corridors, corridors),
    russia,
    indices: { id_institutions: Object.fromEntries(institutions.map(name => [name, 1 / institutions.length])) },
    groups: { all: { name: 'All', members: actors } },
    actors: only(rest.actors, actors),
  }
  for (const body of Object.values(world.institutions)) body.anchor.value = sharesOf(body.anchor.value, options)
  for (const corridor of Object.values(world.corridors))
    corridor.serves.value = sharesOf(corridor.serves.value, options)
  for (const [domain, weights] of Object.entries(world.club.value))
    world.club.value[domain] = only(weights, institutions)
  for (const actor of Object.values(world.actors)) {
    for (const figure of Object.values(actor.alignment)) figure.value = sharesOf(figure.value, options)
    for (const key of ['tiers', 'up_appetite', 'down_tendency']) actor[key].value = only(actor[key].value, institutions)
    actor.corridor_exposure.value = only(actor.corridor_exposure.value, corridors)
    actor.core = true
  }
  for (const branch of branches(world)) {
    if (!('grade' in branch)) continue
    branch.source = 'JUDGE'
    delete branch.note
    delete branch.year
  }
  return world
}

/** Every map and list of a tree. */
function branches(tree, found = []) {
  if (tree === null || typeof tree !== 'object') return found
  found.push(tree)
  for (const child of Object.values(tree)) branches(child, found)
  return found
}

const small = { institutions: ['CIS', 'CISPLUS'], corridors: ['middle'], options: ['russia', 'china', 'own'] }
const larger = { institutions: ['CIS', 'CISPLUS', 'EAEU'], corridors: ['middle', 'instc'], options: baseline.options }
const worlds = [
  smallWorld({ ...small, actors: ['KAZ'] }),
  smallWorld({ ...small, actors: ['KAZ', 'ARM'] }),
  smallWorld({ ...larger, actors: ['KAZ', 'ARM', 'UZB'] }),
]
const kept = small
export const smallest = worlds[0]

const quarterIn = random => `${2026 + random.below(5)}Q${1 + random.below(4)}`
const textIn = random => random.pick(hostileTexts)
const some = (random, list, most) => {
  const chosen = list.filter(() => random.next() < 0.5).slice(0, most)
  return chosen.length > 0 ? chosen : [random.pick(list)]
}

/** A number from low to high, often at an end. */
function numberIn(random, [low, high], whole) {
  const value =
    random.next() < 0.1 ? low : random.next() < 0.1 ? high : low + (high - low) * random.next() ** random.pick([1, 4])
  return whole ? Math.round(value) : random.next() < 0.7 ? Number(value.toPrecision(3 + random.below(5))) : value
}

const parameters = Object.entries(parameterTable).filter(([name]) => name !== 'horizon')
const inside = ([low, high], value) => Math.min(high, Math.max(low, value))

/** A distribution of a parameter within its bounds; all kinds. */
function distributionIn(random, { bounds, documented = bounds, integer }) {
  const range = random.next() < 0.8 ? documented : bounds
  const numbers = [0, 1, 2].map(() => inside(bounds, numberIn(random, range, integer))).sort((a, b) => a - b)
  const [low, mode, high] = numbers
  const fixed = { distribution: 'fixed', value: mode }
  const discrete = { distribution: 'discrete', values: numbers, weights: [1, 0.5, random.next()] }
  if (integer) return random.pick([fixed, discrete])
  if (!(low < mode && mode < high)) return fixed
  return random.pick([
    fixed,
    discrete,
    { distribution: 'uniform', low, high },
    { distribution: 'triangular', low, mode, high },
    { distribution: 'pert', low, mode, high, shape: numberIn(random, [0.5, 20]) },
    { distribution: 'normal', mean: mode, sd: (high - low) / random.pick([1, 3, 10]), low, high },
    ...(low > 0 ? [{ distribution: 'lognormal', median: mode, sigma: numberIn(random, [0.1, 2]), low, high }] : []),
  ])
}

/** One effect of each form. */
const effects = [
  random => {
    const [name] = random.pick(Object.entries(main.uncertainties).filter(([name]) => name in parameterTable))
    return { parameter: name, add: numberIn(random, [-0.05, 0.05]) }
  },
  random => ({ driver: random.pick(['capacity', 'sanctions', 'delivered']), add: numberIn(random, [-0.2, 0.2]) }),
  random => ({ driver: 'vitality', of: random.pick(kept.institutions), set: numberIn(random, [0, 1]) }),
  random => ({ variable: random.pick(['threat', 'credibility', 'projects']), add: numberIn(random, [-0.3, 0.3]) }),
  random => ({ variable: 'up_appetite', of: random.pick(kept.institutions), add: numberIn(random, [0, 3]) }),
  random => ({ tier: random.pick(kept.institutions), move: random.pick([-2, -1, 1, 2]) }),
  random => ({ tier: random.pick(kept.institutions), set: random.pick(['none', 'observer', 'partner', 'member']) }),
  random => ({ corridor: random.pick(kept.corridors), [random.pick(['open', 'cut'])]: numberIn(random, [0, 2]) }),
  random => ({ institution: 'CIS', joins: 'CISPLUS', tier: random.pick(['observer', 'partner']) }),
]

function eventIn(random, actors) {
  const [from, to] = [quarterIn(random), quarterIn(random)].sort()
  return {
    title: textIn(random),
    source: 'JUDGE',
    grade: random.pick(['A', 'B', 'C', 'D']),
    ...(random.next() < 0.5 ? { at: from } : { window: [from, to] }),
    probability: numberIn(random, [0, 1]),
    ...(random.next() < 0.5 && { duration: 1 + random.below(40) }),
    ...(random.next() < 0.3 && { note: textIn(random) }),
    ...(random.next() < 0.5 && { actors: some(random, actors, 3) }),
    effects: Array.from({ length: 1 + random.below(3) }, () => random.pick(effects)(random)),
  }
}

/** Changes that leave a scenario valid. */
const soundChanges = [
  (tree, random) => Object.assign(tree, { title: textIn(random), question: textIn(random), note: textIn(random) }),
  (tree, random) => {
    for (const table of [tree.actors, tree.institutions, tree.corridors, tree.groups ?? {}])
      for (const entry of Object.values(table)) if (random.next() < 0.5) entry.name = textIn(random)
  },
  (tree, random) => {
    for (const name of Object.keys(tree.sources)) if (random.next() < 0.3) tree.sources[name] = textIn(random)
  },
  (tree, random) => {
    tree.parameters ??= {}
    const [name, { bounds, documented = bounds, integer }] = random.pick(parameters)
    tree.parameters[name] = numberIn(random, random.next() < 0.7 ? documented : bounds, integer)
  },
  (tree, random) => {
    for (const section of ['uncertainties', 'levers'])
      for (let n = random.below(5); n > 0; n--) {
        const [name, definition] = random.pick(parameters)
        const other = section === 'levers' ? tree.uncertainties : tree.levers
        if (definition.kind === 'N' || (other && name in other)) continue
        tree[section] ??= {}
        tree[section][name] = distributionIn(random, definition)
      }
  },
  (tree, random) => {
    tree.events ??= {}
    for (let n = 1 + random.below(4); n > 0; n--)
      tree.events[`e${random.below(1000)}`] = eventIn(random, Object.keys(tree.actors))
  },
  (tree, random) => {
    const actor = random.pick(Object.values(tree.actors))
    for (const key of ['sovereignty', 'project_need', 'settlement0', 'sanctions_exposure'])
      actor[key].value = numberIn(random, [0, 1])
    if (actor.gdp) actor.gdp.value = numberIn(random, [0, 1e5])
  },
  (tree, random) => {
    const shares = random.pick(Object.values(random.pick(Object.values(tree.actors)).alignment)).value
    const [a, b] = [random.pick(Object.keys(shares)), random.pick(Object.keys(shares))]
    const [x, y] = [shares[a], shares[b]]
    shares[a] = y
    shares[b] = x
  },
  (tree, random) => {
    tree.batch = { runs: 1 + random.below(1e6), seed: random.next() < 0.5 ? random.below(2 ** 31) : textIn(random) }
    tree.batch.design = random.pick(['monte-carlo', 'latin-hypercube', 'sobol'])
    if (typeof tree.batch.seed === 'string') tree.batch.seed = tree.batch.seed.slice(0, 50)
  },
  (tree, random) => {
    tree.thresholds = { dual_gap: numberIn(random, [-1, 1]), council_v: numberIn(random, [0, 1]) }
    tree.start = random.pick(['2025Q4', '2024Q1', '2025Q1'])
  },
  (tree, random) => {
    for (const [name, entry] of Object.entries(tree.actors)) {
      if (random.next() < 0.5) delete entry.gdp
      if (random.next() < 0.3) delete entry.region
      if (random.next() < 0.3) tree.actors[name] = Object.fromEntries(Object.entries(entry).reverse())
    }
  },
  tree => {
    delete tree.groups
  },
]

const wrong = [
  ...[null, true, -1, 1e18, 1e308, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '', ' ', 'x', [], {}, [[]], ['x']],
  ...['2027Q5', '2027-13-01', { value: 1 }, { distribution: 'x' }, 'constructor', '__proto__', -0, 1e-320],
]

/** Changes anything to something wrong, at any depth. */
function spoil(tree, random) {
  const branch = random.pick(branches(tree).filter(child => Object.keys(child).length > 0))
  const key = random.pick(Object.keys(branch))
  const kind = random.below(6)
  if (kind === 0) delete branch[key]
  else if (kind === 1) branch[random.pick(['name', 'value', 'titel', 'of', 'KAZ', 'toString', 'extends', 'x y'])] = 1
  else if (kind === 2) branch[key] = structuredClone(random.pick(branches(tree)))
  else if (kind === 3 && typeof branch[key] === 'number') branch[key] *= random.pick([-1, 10, 1e6, 1.0001, 0])
  else branch[key] = random.pick(wrong)
}

/** A scenario as a tree: half a dozen changes, and in one of four something wrong. */
export function worldOf(random) {
  const tree = structuredClone(worlds[random.next() < 0.9 ? random.below(2) : 2])
  tree.parameters = { horizon: random.next() < 0.9 ? 4 + random.below(20) : 1 + random.below(60) }
  for (let n = 1 + random.below(6); n > 0; n--) random.pick(soundChanges)(tree, random)
  if (random.next() < 0.25) for (let n = 1 + random.below(2); n > 0; n--) spoil(tree, random)
  return tree
}
