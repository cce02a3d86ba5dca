import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { addressOf, readAddress } from '../../../reports/explorer/address.ts'
import { csvText } from '../../../reports/explorer/csv-text.ts'
import { explorerPage, readPageData, withPageData } from '../../../reports/explorer/explorer-page.ts'
import { leverGroups } from '../../../reports/explorer/lever.ts'
import { admissible, scenarioText, withChanges } from '../../../reports/explorer/point.ts'
import { createShelf } from '../../../reports/explorer/scenario-shelf.ts'
import { parameterTable } from '../../../sim/scenario/parameter-table.ts'
import type { ScenarioDocument } from '../../../sim/scenario/schema.ts'
import { shippedDocument } from '../../world.ts'

let main: ScenarioDocument
beforeAll(async () => {
  main = await shippedDocument('cis-plus-2030')
})

const name = fc.stringMatching(/^[A-Za-z]\w{0,20}$/)
const values = fc
  .dictionary(name, fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map(one => Object.fromEntries(Object.entries(one).map(([key, value]) => [key, value === 0 ? 0 : value])))
const place = fc.record({
  scenario: fc.string(),
  set: values,
  seed: fc.string({ maxLength: 100, unit: 'grapheme' }),
  runs: fc.nat(10_000),
  actor: fc.string(),
  tick: fc.integer({ min: -1, max: 400 }),
  reference: fc.option(fc.record({ scenario: fc.string(), set: values }), { nil: undefined }),
  files: fc
    .dictionary(
      fc.string({ minLength: 1 }).filter(text => text !== '__proto__'),
      fc.string(),
    )
    .map(one => ({ ...one })),
  projector: fc.boolean(),
})

describe('the address', () => {
  test('brings back everything a reader chose', () => {
    fc.assert(
      fc.property(place, one => {
        const address = addressOf(one)
        expect(address).toMatch(/^#explore(&|$)/)
        expect(readAddress(address)).toEqual({ view: 'explore', place: one })
      }),
      { seed: 7, numRuns: 200 },
    )
  })

  test('of anything at all is read without a fault', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(['explore', 'lesson']).toContain(readAddress(`#${text}`).view)
      }),
      { seed: 7, numRuns: 200 },
    )
    expect(readAddress('#explore&set.__proto__=1&set.x=NaN&tick=-3&runs=1e9')).toMatchObject({
      place: { set: {}, tick: -1, runs: 0 },
    })
  })
})

describe('the levers', () => {
  test('come from the parameter table: every parameter but normalisations, the six levers first', () => {
    const groups = leverGroups(main)
    expect(groups.map(({ kind }) => kind)).toEqual(['L', 'X', 'S'])
    expect(groups[0]!.levers.map(lever => lever.name).sort()).toEqual(Object.keys(main.levers).sort())
    const shown = groups.flatMap(({ levers }) => levers.map(lever => lever.name))
    const movable = Object.entries(parameterTable).filter(([, { kind }]) => kind !== 'N')
    expect(shown.sort()).toEqual(movable.map(([key]) => key).sort())
  })

  test('reach over what the scenario has, within their bounds', () => {
    for (const { low, high, step, own, definition } of leverGroups(main).flatMap(({ levers }) => levers)) {
      expect(low).toBeLessThanOrEqual(own[0])
      expect(high).toBeGreaterThanOrEqual(own[1])
      expect(low).toBeGreaterThanOrEqual(definition.bounds[0])
      expect(high).toBeLessThanOrEqual(definition.bounds[1])
      expect((high - low) / step).toBeGreaterThan(1)
      if (!definition.integer) expect((high - low) / step).toBeLessThan(201)
    }
  })
})

describe('a state saved as a scenario file', () => {
  test('comes back as the very document it was, whatever was moved', async () => {
    const levers = leverGroups(main).flatMap(group => group.levers)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...levers), fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 6 }),
        async moved => {
          const set = Object.fromEntries(
            moved.map(([lever, u]) => [
              lever.name,
              lever.definition.integer ? lever.low : lever.low + u * (lever.high - lever.low),
            ]),
          )
          expect(admissible(main, set)).toEqual({ set, refused: [] })
          const shelf = createShelf({ 'base.yaml': JSON.stringify(main) }, 'base.yaml')
          shelf.open('saved.yaml', scenarioText(main, 'base.yaml', set, 'a "seed"'))
          const { document } = await shelf.load('saved.yaml')
          const expected = withChanges(main, set)
          expect({ ...document, title: '', batch: 0 }).toEqual({ ...expected, title: '', batch: 0 })
          expect(document.batch.seed).toBe('a "seed"')
        },
      ),
      { seed: 7, numRuns: 6 },
    )
  })
})

describe('a table for a spreadsheet', () => {
  test.each(['=1+1', '+1', '-1', '@x', '\t=1', ' =1', '\r=1'])('shows %j as text', text => {
    expect(csvText([[text]])).toMatch(/^"?'/)
  })

  test('keeps numbers, commas and quotes', () => {
    expect(csvText([['a,b', 'c"d', -0.5, Number.NaN]])).toBe('"a,b","c""d",-0.5,\r\n')
  })
})

describe('the data of the page', () => {
  test('are put in and read back whatever they say', () => {
    const assets = { script: '', scriptHash: 'sha256-', style: '', styleHash: 'sha256-' }
    const data = {
      engine: '1',
      scenarios: { 'a.yaml': '</script><!-- \u2028 $& &amp;' },
      lessons: {},
      start: 'a.yaml',
      map: [],
    }
    const page = explorerPage(assets, { ...data, scenarios: {} })
    const changed = withPageData(page, data)
    expect(readPageData(changed)).toEqual(data)
    expect(changed.match(/<\/script>/g)).toEqual(page.match(/<\/script>/g))
  })
})
