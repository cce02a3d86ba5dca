import { describe, expect, test } from 'vitest'
import { UserError } from '../../sim/core/errors.ts'
import { loadScenario } from '../../sim/scenario/load.ts'
import { filesInMemory, load, placesOf, problemsOf } from './files-in-memory.ts'

describe('a scenario that extends another', () => {
  test('merges maps key by key and replaces lists and single values', async () => {
    const { document, files, id } = await load(
      'extends: baseline.yaml\ntitle: Mine\nactors: { ARM: { name: Hayastan } }\ngroups: { cis_core: { members: [ARM] } }\n',
    )
    expect(document.title).toBe('Mine')
    expect(document.actors.ARM!.name).toBe('Hayastan')
    expect(document.actors.ARM!.code).toBe(51)
    expect(document.groups.cis_core).toEqual({ name: 'CIS states', members: ['ARM'] })
    expect(files).toEqual(['baseline.yaml', 'test.yaml'])
    expect(id).toBe('test')
  })

  test('keeps the order of actors and puts new ones last', async () => {
    const { document } = await load('extends: baseline.yaml\nactors: { UZB: { core: true } }\n')
    expect(Object.keys(document.actors)).toHaveLength(22)
    expect(Object.keys(document.actors).at(-1)).toBe('ETH')
  })

  test('replaces a figure as a whole, so that a number cannot inherit a source', async () => {
    const text = 'extends: baseline.yaml\nactors: { ARM: { sovereignty: { value: 0.7 } } }\n'
    expect(await placesOf(text)).toEqual(['2:18 missing-key'])
    const { document } = await load(
      'extends: baseline.yaml\nactors: { ARM: { sovereignty: { value: 0.7, source: JUDGE, grade: C } } }\n',
    )
    expect(document.actors.ARM!.sovereignty).toEqual({ value: 0.7, source: 'JUDGE', grade: 'C' })
  })

  test('replaces the table inside a figure too', async () => {
    const { document } = await load(
      'extends: baseline.yaml\nactors: { ARM: { up_appetite: { value: { SCO: 1 }, source: JUDGE, grade: D } } }\n',
    )
    expect(document.actors.ARM!.up_appetite.value).toEqual({ SCO: 1 })
  })

  test('replaces a distribution as a whole', async () => {
    const base = 'extends: baseline.yaml\nlevers: { ticket: { distribution: uniform, low: 0, high: 0.6 } }\n'
    const { document } = await load('extends: b.yaml\nlevers: { ticket: { distribution: fixed, value: 0.1 } }\n', {
      'b.yaml': base,
    })
    expect(document.levers).toEqual({ ticket: { distribution: 'fixed', value: 0.1 } })
    const other = await load('extends: b.yaml\nlevers: { ticket: { distribution: discrete, values: [0, 0.2] } }\n', {
      'b.yaml': base,
    })
    expect(other.document.levers).toEqual({ ticket: { distribution: 'discrete', values: [0, 0.2] } })
  })

  test('replaces the effects of an event and keeps its other keys', async () => {
    const event =
      'extends: baseline.yaml\nevents: { e: { title: t, source: JUDGE, grade: D, at: 2027Q1, effects: [{ driver: capacity, add: 0.1 }] } }\n'
    const { document } = await load('extends: b.yaml\nevents: { e: { effects: [{ driver: war, set: 1 }] } }\n', {
      'b.yaml': event,
    })
    expect(document.events.e).toMatchObject({ title: 't', effects: [{ driver: 'war', set: 1 }] })
  })

  test('an id called `value` is an id, not a figure', async () => {
    const base =
      'extends: baseline.yaml\ngroups: { value: { name: v, members: [ARM] }, g: { name: g, members: [AZE] } }\n'
    const { document } = await load('extends: b.yaml\ngroups: { value: { name: w } }\n', { 'b.yaml': base })
    expect(document.groups.value).toEqual({ name: 'w', members: ['ARM'] })
    expect(document.groups.g).toBeDefined()
  })

  test('takes a key out with null, and says when there is nothing to take out', async () => {
    const { document } = await load('extends: baseline.yaml\ngroups: { south_caucasus: null }\n')
    expect(Object.keys(document.groups)).toEqual(['cis_core', 'central_asia'])
    const [problem] = await problemsOf('extends: baseline.yaml\ngroups: { south_caucassus: null }\n')
    expect(problem).toMatchObject({
      code: 'remove-nothing',
      line: 2,
      column: 11,
      help: 'did you mean `south_caucasus`?',
    })
  })

  test('problems point into the file that wrote the part', async () => {
    const others = { 'b.yaml': 'extends: baseline.yaml\nbatch: { runs: 0 }\n' }
    const problems = await problemsOf('extends: b.yaml\nbatch: { design: x }\n', others)
    expect(problems.map(p => `${p.file}:${p.line}:${p.column}`)).toEqual(['test.yaml:2:18', 'b.yaml:2:16'])
  })

  test('a circle is refused with its chain', async () => {
    const [problem] = await problemsOf('extends: b.yaml\n', { 'b.yaml': 'extends: test.yaml\n' })
    expect(problem).toMatchObject({ code: 'extends-cycle', file: 'b.yaml', line: 1, column: 10 })
    expect(problem!.message).toContain('test.yaml → b.yaml → test.yaml')
  })

  test('a chain has at most eight steps', async () => {
    const chain = (length: number) =>
      Object.fromEntries(
        Array.from({ length }, (_, i) => [`${i}.yaml`, `extends: ${i + 1 === length ? 'baseline' : i + 1}.yaml\n`]),
      )
    expect(await problemsOf('extends: 0.yaml\n', chain(7))).toEqual([])
    expect(await placesOf('extends: 0.yaml\n', chain(8))).toEqual(['1:10 extends-depth'])
  })

  test('a missing base is reported where it is named, and a missing scenario is no scenario problem', async () => {
    expect(await placesOf('extends: 3\n')).toEqual(['1:10 extends-form'])
    const missing = loadScenario('none.yaml', filesInMemory({}))
    await expect(missing).rejects.toMatchObject({ code: 66, message: 'none.yaml: no such file' })
    await expect(missing).rejects.toBeInstanceOf(UserError)
  })
})

describe('a seed', () => {
  test.each([
    ['42', '42'],
    ['99999999999999999999', '99999999999999999999'],
    ['007', '007'],
    ['1e3', '1e3'],
    ["'42'", '42'],
    ['Samarkand', 'Samarkand'],
  ])('written %s is kept as the text %s', async (written, kept) => {
    const { document } = await load(`extends: baseline.yaml\nbatch: { seed: ${written} }\n`)
    expect(document.batch.seed).toBe(kept)
  })
})
