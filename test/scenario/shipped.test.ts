import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fnv1a } from '../../sim/core/hash.ts'
import type { LoadedScenario } from '../../sim/scenario/load.ts'
import { domainNames } from '../../sim/scenario/names.ts'
import { parameterTable } from '../../sim/scenario/parameter-table.ts'
import { systems } from '../../sim/scenario/systems.ts'
import { loadScenarioFile } from '../../sim/scenario-files.ts'

const names = readdirSync('scenarios').filter(name => name.endsWith('.yaml'))
const variants = names.filter(name => !['baseline.yaml', 'cis-plus-2030.yaml'].includes(name))
const scenario = (name: string): Promise<LoadedScenario> => loadScenarioFile(`scenarios/${name}`)

describe('the baseline', () => {
  test('has its 22 actors in order, nine of them in the core', async () => {
    const { document } = await scenario('baseline.yaml')
    const ids = 'ARM AZE BLR KAZ KGZ MDA TJK TKM UZB GEO MNG AFG TUR IRN IND PAK ARE SAU CHN IDN EGY ETH'
    expect(Object.keys(document.actors).join(' ')).toBe(ids)
    expect(Object.values(document.actors).filter(actor => actor.core)).toHaveLength(9)
  })

  test('keeps every figure to its last digit', async () => {
    const { document } = await scenario('baseline.yaml')
    const { actors, institutions, club, corridors, russia } = document
    expect(actors.KAZ!.weight.value).toBe(4.120985)
    expect(actors.ARM!.alignment.political.value).toEqual({
      russia: 0.4582,
      china: 0.0466,
      west: 0.2173,
      turkiye: 0.0055,
      south: 0.0494,
      own: 0.223,
    })
    const numbers: string[] = []
    const collect = (path: string, value: unknown): void => {
      if (typeof value === 'number') numbers.push(`${path} ${value}`)
      else if (typeof value === 'object' && value !== null) {
        for (const [key, item] of Object.entries(value)) collect(`${path}.${key}`, item)
      }
    }
    collect('', { actors, institutions, club, corridors, russia })
    // A changed digit, year or place changes the digest; a new figure changes the count.
    expect([numbers.length, fnv1a(numbers.join('\n'))]).toEqual([1523, 4158243786])
  })

  test('gives a source and a grade to every figure of every actor', async () => {
    const { document } = await scenario('baseline.yaml')
    let figures = 0
    for (const actor of Object.values(document.actors)) {
      const rest = Object.values(actor).filter(value => typeof value === 'object' && 'value' in value)
      for (const figure of [...rest, ...domainNames.map(domain => actor.alignment[domain])]) {
        figures += 1
        expect(figure).toMatchObject({
          grade: expect.stringMatching(/^[ABCD]$/),
          source: expect.anything(),
          year: expect.any(Number),
        })
      }
    }
    expect(figures).toBe(22 * 19)
  })

  test('gives year and grade also to what bodies, corridors and indices rest on', async () => {
    const { institutions, corridors, club, depth, indices } = (await scenario('baseline.yaml')).document
    const judged = [
      ...Object.values(institutions).flatMap(({ anchor, vitality0 }) => [anchor, vitality0]),
      ...Object.values(corridors).map(({ serves }) => serves),
      ...[club, depth.basis, indices.basis],
    ]
    expect(judged).toHaveLength(24)
    for (const figure of judged) expect(figure).toMatchObject({ source: expect.anything(), year: 2025, grade: 'D' })
  })

  test('dates a figure by its measurement, also where others are later', async () => {
    const { AFG, ETH, KAZ } = (await scenario('baseline.yaml')).document.actors
    expect([AFG, ETH, KAZ].map(actor => [actor!.gdp!.year, actor!.gdp!.grade, actor!.weight.year])).toEqual([
      [2023, 'B', 2023],
      [2022, 'B', 2022],
      [2024, 'A', 2024],
    ])
  })

  test('points in its notes only at what a reader of a report has, too', async () => {
    const { document } = await scenario('baseline.yaml')
    const notes = Array.from(JSON.stringify(document).matchAll(/"note":("(?:[^"\\]|\\.)*")/g), match => match[1]!)
    expect(notes.length).toBeGreaterThan(80)
    for (const note of notes) {
      expect(note).not.toMatch(/\b(above|below|comment)\b/)
      for (const [key] of note.matchAll(/\b[A-Z]{4,}(?:\d{4})?\b/g))
        if (!(key in document.institutions)) expect(document.sources, note).toHaveProperty(key)
    }
    for (const actor of Object.values(document.actors)) {
      expect(actor.alignment.political.source).toContain('POLSHARES')
      expect(actor.alignment.security.source).toContain('SECSHARES')
      expect(actor.alignment.economic.source).toContain('ECOSHARES')
    }
  })

  test('samples nothing and has no events', async () => {
    const { document } = await scenario('baseline.yaml')
    expect([document.uncertainties, document.levers, document.events]).toEqual([{}, {}, {}])
  })
})

describe('the main scenario', () => {
  test('samples every documented range, evenly, levers apart from uncertainties', async () => {
    const { document } = await scenario('cis-plus-2030.yaml')
    const expected = { levers: {} as Record<string, unknown>, uncertainties: {} as Record<string, unknown> }
    for (const [name, p] of Object.entries(parameterTable)) {
      if (!('documented' in p)) continue
      const [low, high] = p.documented
      expected[p.kind === 'L' ? 'levers' : 'uncertainties'][name] = { distribution: 'uniform', low, high }
    }
    expect(Object.keys(expected.uncertainties).length).toBeGreaterThan(60)
    expect(document.levers).toEqual(expected.levers)
    expect(document.uncertainties).toEqual(expected.uncertainties)
  })

  test('lets every system of the subject act through things that exist', async () => {
    const { document } = await scenario('cis-plus-2030.yaml')
    expect(systems).toHaveLength(17)
    for (const entry of systems) {
      for (const [, key] of (entry.facts ?? '').matchAll(/\((\w+)\)/g))
        expect(document.sources, entry.system).toHaveProperty(key!)
      const { system, institutions = [], corridors = [], parameters = [], events = [] } = entry
      for (const id of institutions) expect(document.institutions, system).toHaveProperty(id)
      for (const id of corridors) expect(document.corridors, system).toHaveProperty(id)
      for (const id of parameters) expect(parameterTable, system).toHaveProperty(id)
      for (const id of events) expect(document.events, system).toHaveProperty(id)
      expect(events.length, system).toBeGreaterThan(0)
      expect(
        Object.values(document.events).map(event => event.system),
        system,
      ).toContain(system)
    }
  })

  test('has modest events that say they are assumptions', async () => {
    const { document } = await scenario('cis-plus-2030.yaml')
    const events = Object.entries(document.events)
    expect(events.length).toBeGreaterThanOrEqual(25)
    for (const [id, event] of events) {
      expect(event.grade, id).toBe('D')
      expect([event.source].flat(), id).toEqual(expect.arrayContaining(['JUDGE']))
      for (const effect of event.effects) {
        const size = 'add' in effect && !('of' in effect && effect.of === 'EAEU') ? Math.abs(effect.add ?? 0) : 0
        expect(size, id).toBeLessThanOrEqual(0.5)
      }
    }
  })
})

describe('the variants', () => {
  test('are at least twelve', () => expect(variants.length).toBeGreaterThanOrEqual(12))

  test.each(variants)('%s loads, is short, and puts a question of its own', async name => {
    const text = readFileSync(`scenarios/${name}`, 'utf8')
    const { document, files, warnings } = await scenario(name)
    const main = (await scenario('cis-plus-2030.yaml')).document
    expect(text.split('\n').length).toBeLessThan(40)
    expect(text).toMatch(/^# .*/)
    expect(files[1]).toBe('scenarios/cis-plus-2030.yaml')
    expect(document.question).not.toBe(main.question)
    expect({ ...document, title: '', question: '' }).not.toEqual({ ...main, title: '', question: '' })
    expect(warnings.map(w => w.code)).toEqual(name === 'no-national-currency.yaml' ? ['beyond-documented'] : [])
  })
})
