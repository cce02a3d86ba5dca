import { describe, expect, test } from 'vitest'
import { placesOf, problemsOf } from './files-in-memory.ts'

const event = (rest: string, effects = '[{ driver: capacity, add: 0.1 }]') =>
  `extends: baseline.yaml\nevents:\n  e: { title: t, source: JUDGE, grade: D, ${rest}, effects: ${effects} }\n`
const effect = (text: string) => event('at: 2027Q1', `[${text}]`)
const below = (text: string) => `extends: baseline.yaml\n${text}\n`

/** What is said, the scenario with ▸ before the place (left out: the name of the event), the code, part of the words. */
const cases: [title: string, text: string, code: string, words: string][] = [
  ['an unknown key is found at the key', below('▸qestion: why'), 'unknown-key', 'did you mean `question`?'],
  ['a key that means nothing lists known keys', below('▸zzz: 1'), 'unknown-key', 'known keys: title'],
  ['a text that is a number asks for quotes', below('title: ▸3'), 'title-type', "put it in quotes: '3'"],
  ['an empty text has a wrong length', below("title: ▸''"), 'title-range', 'a text of 1 to 2000 characters'],
  ['a decimal comma is explained', below("batch: { runs: ▸'1,5' }"), 'runs-type', 'write 1.5'],
  ['an impossible quarter is explained', below('start: ▸2027Q5'), 'start-form', 'Q1 (January to March) to Q4'],
  ['a date is turned into its quarter', below("start: ▸'2027-05-09'"), 'start-form', 'write 2027Q2'],
  [
    'a world without the format itself cannot be judged',
    below('institutions: { CIS: { exists: ▸false } }'),
    'format-missing',
    'breadth',
  ],
  [
    'more corridors than the draws have addresses for are too many',
    below(
      `▸corridors: { ${Array.from({ length: 12 }, (_, k) => `k${k}: { name: k, serves: { value: { own: 1 }, source: JUDGE, grade: D } }`).join(', ')} }`,
    ),
    'too-many',
    'at most 16 corridors',
  ],
  [
    'a percentage is turned into a share',
    event('at: 2027Q1, probability: ▸1.4'),
    'probability-range',
    'write 0.014 for 1.4 %',
  ],
  ['an id has a form', below('events: { ▸9x: { title: t } }'), 'id-form', 'a letter, then letters'],
  [
    'a mistyped word of a list is found',
    below('batch: { design: ▸monte-calro }'),
    'design-choice',
    'did you mean `monte-carlo`?',
  ],
  [
    'a mistyped distribution is found',
    below('levers: { ticket: { distribution: ▸unifrom } }'),
    'distribution-choice',
    '`uniform`',
  ],
  [
    'a key of another distribution is compared with those of the one that is named',
    below('levers: { ticket: { distribution: lognormal, ▸mean: 0.1, sigma: 1, low: 0, high: 0.5 } }'),
    'unknown-key',
    'known keys: distribution, median, sigma, low, high',
  ],
  [
    'also where it shares more keys with another',
    below('levers: { ticket: { distribution: discrete, low: 0, mode: 0.1, high: 0.2, ▸valeus: [0] } }'),
    'unknown-key',
    'did you mean `values`?',
  ],
  [
    'a distribution needs its name',
    below('levers: { ▸ticket: { low: 0 } }'),
    'missing-key',
    'the key `distribution` in "ticket"',
  ],
  [
    'a parameter is a number or a figure',
    below('parameters: { ticket: ▸[1] }'),
    'parameters-type',
    'a number or a map',
  ],
  [
    'a figure needs source and grade',
    below('parameters: { ▸ticket: { value: 0.1 } }'),
    'missing-key',
    'the keys `source`, `grade`',
  ],
  ['a mistyped effect is compared with all effects', effect('{ ▸driverr: war, set: 1 }'), 'unknown-key', '`driver`'],
  ['a mistyped key of an effect is found', effect('▸{ driver: war, ste: 1 }'), 'effect-change', '`set`'],
  ['an effect is a map', effect('▸3'), 'effects-type', 'expected a map, got 3'],
  ['a mistyped driver is found', effect('{ driver: ▸capcity, add: 1 }'), 'driver-choice', '`capacity`'],
  [
    'an unknown parameter is found at its name',
    below('parameters: { ▸coercon: 0.1 }'),
    'unknown-parameter',
    '`coercion`',
  ],
  ['a parameter keeps its bounds', below('parameters: { ticket: ▸1.5 }'), 'parameter-range', 'from 0 to 1'],
  ['a whole parameter is whole', below('parameters: { horizon: ▸20.5 }'), 'parameter-range', 'a whole number'],
  [
    'a value beyond its documented range is warned of',
    below('parameters: { ticket: ▸0.9 }'),
    'beyond-documented',
    '0 to 0.6',
  ],
  [
    'a sampled range keeps the bounds',
    below('levers: { ticket: ▸{ distribution: uniform, low: 0, high: 2 } }'),
    'sampled-range',
    'values from 0 to 2',
  ],
  [
    'an open normal needs ends',
    below('uncertainties: { r_star: { distribution: ▸normal, mean: 0.5, sd: 1 } }'),
    'sampled-range',
    'cut it with `low`',
  ],
  [
    'an open lognormal needs an upper end',
    below('uncertainties: { r_star: { distribution: ▸lognormal, median: 0.5, sigma: 1 } }'),
    'sampled-range',
    'to Infinity',
  ],
  [
    'a range is not upside down',
    below('levers: { ticket: { distribution: uniform, low: 0.4, high: ▸0.2 } }'),
    'range-order',
    'above `low`',
  ],
  [
    'a range is not a point',
    below('levers: { ticket: { distribution: uniform, low: 0.2, high: ▸0.2 } }'),
    'range-order',
    'fixed',
  ],
  [
    'a mode lies between the ends',
    below('levers: { ticket: { distribution: pert, low: 0, mode: ▸0.5, high: 0.3 } }'),
    'range-order',
    '`mode` from 0 to 0.3',
  ],
  [
    'weights match their values',
    below('levers: { ticket: { distribution: discrete, values: [0, 0.1], weights: ▸[1] } }'),
    'weights-length',
    'each of 2 values',
  ],
  [
    'weights have a sum',
    below('levers: { ticket: { distribution: discrete, values: [0], weights: ▸[0] } }'),
    'weights-sum',
    'above 0',
  ],
  [
    'the horizon is not sampled',
    below('levers: { ▸horizon: { distribution: fixed, value: 8 } }'),
    'sampled-normalisation',
    'length of a run',
  ],
  [
    'a normalisation is not sampled',
    below('levers: { ▸rho_w: { distribution: fixed, value: 0.1 } }'),
    'sampled-normalisation',
    'fixes the scale',
  ],
  [
    'a whole number is not sampled evenly',
    below('uncertainties: { war0: { distribution: ▸uniform, low: 0, high: 2 } }'),
    'sampled-integer',
    'discrete or fixed',
  ],
  [
    'a whole number is sampled whole',
    below('uncertainties: { war0: { distribution: discrete, values: [0, ▸0.5] } }'),
    'sampled-integer',
    'got 0.5',
  ],
  ['an unknown actor is found', below('groups: { g: { name: g, members: [▸KAZZ] } }'), 'unknown-actor', '`KAZ`'],
  ['a group names each member once', below('groups: { g: { name: g, members: [KAZ, ▸KAZ] } }'), 'repeated-item', 'KAZ'],
  ['an unknown corridor is found', effect('{ corridor: ▸midle, open: 1 }'), 'unknown-corridor', '`middle`'],
  ['an unknown option is found', below('actors: { ARM: { pole: ▸chnia } }'), 'unknown-option', '`china`'],
  ['autonomy is no pole', below('actors: { ARM: { pole: ▸own } }'), 'pole-autonomy', 'autonomy'],
  ['a number is exact', below('batch: { runs: ▸9007199254740993 }'), 'number-range', '2^53'],
  ['no number is infinite', below('parameters: { ticket: ▸1e400 }'), 'number-range', 'got 1e400'],
  ['no number is not a number', below('parameters: { ticket: ▸.nan }'), 'number-range', 'got .nan'],
  ['an event has one date', event('at: 2027Q1, window: [2026Q1, 2026Q2]'), 'event-date', 'got both'],
  ['an event has a date', event('probability: 0.5'), 'event-date', 'got neither'],
  ['an event lies in the run', event('at: ▸2031Q1'), 'event-outside', 'from 2026Q1 to 2030Q4'],
  ['an event lies after the start', event('at: ▸2025Q4'), 'event-outside', 'got 2025Q4'],
  ['a window is in order', event('window: [2027Q2, ▸2027Q1]'), 'window-order', 'at or after 2027Q2'],
  ['an event that cannot happen is warned of', event('at: 2027Q1, probability: ▸0'), 'event-never', 'never happens'],
  ['an event names known actors', event('at: 2027Q1, actors: [▸KZA]'), 'unknown-actor', '`KAZ`'],
  [
    'an effect changes something once',
    effect('▸{ driver: capacity, add: 0.1, set: 0.1 }'),
    'effect-change',
    'got both',
  ],
  ['a tier effect moves or sets', effect('▸{ tier: CIS }'), 'effect-change', '`move` or `set`'],
  ['growth needs a pole', effect('{ driver: ▸growth, add: 0.1 }'), 'effect-of', 'a pole'],
  ['growth has no autonomy', effect('{ driver: growth, of: ▸own, add: 0.1 }'), 'effect-of', 'autonomy'],
  [
    'vitality needs an institution',
    effect('{ driver: vitality, of: ▸china, add: 0.1 }'),
    'unknown-institution',
    'known institutions',
  ],
  ['capacity takes no `of`', effect('{ driver: capacity, ▸of: CIS, add: 0.1 }'), 'effect-of', 'no `of`'],
  ['a set value keeps its range', effect('{ driver: capacity, set: ▸0.01 }'), 'effect-range', 'from 0.05 to 1'],
  ['a state of war is whole', effect('{ driver: war, set: ▸1.5 }'), 'effect-range', 'a whole number'],
  [
    'a constant keeps the range of its figure',
    effect('{ variable: sovereignty, set: ▸3 }'),
    'effect-range',
    'from 0 to 2',
  ],
  [
    'an appetite keeps the range of its table',
    effect('{ variable: up_appetite, of: CIS, set: ▸101 }'),
    'effect-range',
    'from 0 to 100',
  ],
  [
    'a normalisation is not changed by an event',
    effect('{ parameter: ▸rho_w, set: 0.1 }'),
    'event-parameter',
    'fixes the scale',
  ],
  [
    'an initial state is not changed by an event',
    effect('{ parameter: ▸war0, set: 1 }'),
    'event-parameter',
    'driver: war',
  ],
  ['an institution does not join itself', effect('{ institution: SCO, joins: ▸SCO }'), 'join-self', 'itself'],
]

describe('a mistake in a scenario', () => {
  test.each(cases)('%s', async (_, marked, code, words) => {
    const text = marked.replace('▸', '')
    const offset = marked.includes('▸') ? marked.indexOf('▸') : marked.indexOf('e: { title')
    const before = marked.slice(0, offset).split('\n')
    const problems = await problemsOf(text)
    const place = `${before.length}:${before.at(-1)!.length + 1} ${code}`
    const found = problems.filter(p => `${p.line}:${p.column} ${p.code}` === place)
    expect(found, problems.map(p => `${p.line}:${p.column} ${p.code}`).join(', ')).toHaveLength(1)
    expect(`${found[0]!.message} ${found[0]!.help ?? ''}`).toContain(words)
  })

  test('the baseline itself says nothing, so each case above is made by its own line', async () => {
    expect(await problemsOf(below('title: quiet'))).toEqual([])
  })

  test('an event on a body that is switched off is an error', async () => {
    const text = `${effect('{ tier: SCO, move: 1 }')}institutions: { SCO: { exists: false } }\n`
    expect(await placesOf(text)).toEqual(['3:73 absent-institution'])
  })

  test('is one line where a run is moved away from the events it extends, which are named', async () => {
    const dated = (id: string, date: string) =>
      `  ${id}: { title: t, source: JUDGE, grade: D, ${date}, effects: [{ driver: capacity, add: 0.1 }] }`
    const events = [
      dated('early', 'at: 2026Q2'),
      dated('late', 'window: [2027Q1, 2030Q4]'),
      dated('last', 'at: 2030Q1'),
    ]
    const others = { 'parent.yaml': below(`events:\n${events.join('\n')}`) }
    const short = 'extends: parent.yaml\nparameters: { horizon: 8 }\n'
    const [problem, ...more] = await problemsOf(short, others)
    expect(problem).toMatchObject({ code: 'events-outside', file: 'test.yaml', line: 2, column: 15 })
    expect(problem!.message).toContain('2026Q1 to 2027Q4 and 2 events outside')
    expect(problem!.help).toContain('`horizon: 20`')
    expect(problem!.help).toContain('`events: { late: null, last: null }`')
    expect(more).toEqual([])
    expect(await problemsOf(`${short}events: { late: null, last: null }\n`, others)).toEqual([])
    expect(await placesOf('extends: parent.yaml\nstart: 2026Q3\n', others)).toEqual(['2:1 events-outside'])
    // An event of the same file or of a later one is at its own date.
    const own = `${short}events:\n  late: null\n  last: { at: 2029Q1 }\n`
    expect(await placesOf(own, others)).toEqual(['5:15 event-outside'])
  })

  test('a file with a misshapen part still has its references checked', async () => {
    expect(await placesOf(below('title: 3\ngroups: { g: { name: g, members: [KZA] } }'))).toEqual([
      '2:8 title-type',
      '3:35 unknown-actor',
    ])
  })
})
