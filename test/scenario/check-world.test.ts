import { describe, expect, test } from 'vitest'
import { baseline, placesOf, problemsOf } from './files-in-memory.ts'

const below = (text: string) => `extends: baseline.yaml\n${text}\n`

describe('a world that does not hold together', () => {
  test('two actors with one code are found at the second', async () => {
    const [problem] = await problemsOf(below('actors: { ARM: { code: 31 } }'))
    expect(problem).toMatchObject({ code: 'repeated-code', file: 'baseline.yaml' })
    expect(problem!.excerpt.text).toBe('    code: 31')
  })

  test('sums, poles and masks of actors are checked where they are written', async () => {
    const shares = (text: string) => `{ value: ${text}, source: JUDGE, grade: D }`
    const sum = below(`actors: { ARM: { alignment: { security: ${shares('{ russia: 0.5, own: 0.6 }')} } } }`)
    expect(await placesOf(sum)).toEqual(['2:43 alignment-sum'])
    const pole = below(`actors: { CHN: { alignment: { security: ${shares('{ russia: 0.5, china: 0.5 }')} } } }`)
    expect(await placesOf(pole)).toEqual(['2:72 pole-share'])
    const own = shares('{ own: 1 }')
    const zero = ['security', 'economic', 'transport', 'cultural'].map(d => `${d}: ${own}`).join(', ')
    expect(await placesOf(below(`actors: { ARM: { alignment: { ${zero} } } }`))).toEqual(['2:11 operational-zero'])
  })

  test('the columns of actors, groups and inputs can be told apart', async () => {
    const group = (id: string) => below(`groups: { ${id}: { name: g, members: [KAZ, UZB] } }`)
    expect(await placesOf(group('KAZ'))).toEqual(['2:11 group-is-actor'])
    expect(await placesOf(group('input'))).toEqual(['2:11 column-word'])
    expect(await placesOf(group('event_x'))).toEqual(['2:11 column-word'])
    expect(await placesOf(group('eventful'))).toEqual([])
  })

  test('a scenario that no memory would hold is refused, however short its text is', async () => {
    const groups = Array.from({ length: 300 }, (_, g) => `g${g}: { name: g, members: [KAZ] }`).join(', ')
    const long = `parameters: { horizon: 400 }`
    expect(await placesOf(below(`groups: { ${groups} }\n${long}`))).toEqual(['3:24 too-large'])
    expect(await placesOf(below(`groups: { ${groups} }`))).toEqual([])
    expect(await placesOf(below(long))).toEqual([])
  })

  test('shares of whom a body or corridor serves sum to 1, or are a warning where they do not', async () => {
    const figure = (shares: string) => `{ value: ${shares}, source: JUDGE, grade: D }`
    const anchored = (shares: string) => below(`institutions: { SCO: { anchor: ${figure(shares)} } }`)
    const serving = (shares: string) => below(`corridors: { instc: { serves: ${figure(shares)} } }`)
    const [half, ...more] = await problemsOf(anchored('{ russia: 0.5 }'))
    expect(half).toMatchObject({ severity: 'warning', code: 'anchor-sum', file: 'test.yaml', line: 2, column: 34 })
    expect(half!.message).toBe('expected shares of "SCO" that sum to 1, got 0.5')
    expect(more).toEqual([])
    expect(await placesOf(anchored('{ russia: 1, china: 1 }'))).toEqual(['2:34 anchor-sum'])
    expect(await placesOf(serving('{ china: 1, west: 1 }'))).toEqual(['2:33 serves-sum'])
    for (const sound of ['{ russia: 0.1, china: 0.2, own: 0.7 }', '{}']) {
      expect(await problemsOf(anchored(sound))).toEqual([])
      expect(await problemsOf(serving(sound))).toEqual([])
    }
  })

  test('weights of indices sum to 1', async () => {
    const text = below(
      'indices:\n  id_institutions: { CIS: 0.5 }\n  op_weights: { political: 0.1, security: 0.25, economic: 0.35, transport: 0.25, cultural: 0.15 }',
    )
    expect(await placesOf(text)).toEqual(['4:3 op-weights-sum', '3:3 id-institutions-sum'].sort())
  })

  test('somebody in the core takes part in the format', async () => {
    const core = ['ARM', 'AZE', 'BLR', 'KAZ', 'KGZ', 'MDA', 'TJK', 'TKM', 'UZB'].map(id => `  ${id}: { core: false }`)
    const problems = await problemsOf(below(`actors:\n${core.join('\n')}`))
    expect(problems.map(p => p.code)).toEqual(['core-empty'])
  })

  test('a world without actors has nothing to compute', async () => {
    const empty = `${baseline.slice(0, baseline.indexOf('\ngroups:'))}\nactors: {}\n`
    expect((await problemsOf(empty)).map(p => `${p.code}: ${p.message}`)).toEqual([
      'core-empty: expected at least one core actor with a tier in "CIS", got none',
    ])
  })

  test('unknown sources are found in figures and events, alone and in lists', async () => {
    const text = below(
      'russia: { weight: { value: 6, source: [WDI, WID], grade: C } }\nevents:\n  e: { title: t, source: JUGDE, grade: D, at: 2027Q1, effects: [{ driver: capacity, add: 0.1 }] }',
    )
    expect(await placesOf(text)).toEqual(['2:45 unknown-source', '4:26 unknown-source'])
  })
})
