import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderRun } from '../../reports/explain/run-page.ts'
import { toldStory } from '../../reports/explain/story-words.ts'
import { renderStorylines } from '../../reports/explain/storyline-page.ts'
import { waterfallBars } from '../../reports/explain/waterfall-bars.ts'
import { type AttributionSummary, summariseAttribution } from '../../sim/analysis/attribution-summary.ts'
import { spreadRuns } from '../../sim/analysis/counterfactual.ts'
import { type Storylines, storylinesOf } from '../../sim/analysis/storylines.ts'
import { bare } from '../reports/reported.ts'
import { shippedDocument } from '../world.ts'
import { type TemporaryBatch, temporaryBatch } from './batches.ts'

const document = await shippedDocument('cis-plus-2030')
let made: TemporaryBatch
let storylines: Storylines
let attribution: AttributionSummary
let page: string
beforeAll(async () => {
  made = await temporaryBatch(document, 200)
  storylines = await storylinesOf(made.batch)
  attribution = summariseAttribution(made.batch, spreadRuns(30, 200))
  page = renderStorylines(made.batch, storylines, attribution, bare)
})
afterAll(() => made?.remove())

describe('the storyline page', () => {
  test('loads nothing, and allows its one style and its one script by hash', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!.replaceAll('&#39;', "'")
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)![1]!
    const hash = createHash('sha256').update(style, 'utf8').digest('base64')
    expect(policy).toContain(`style-src 'sha256-${hash}'`)
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain(`script-src '${bare.scriptHash}'`)
    expect(page.match(/<script/g)).toHaveLength(2)
    expect(page).not.toMatch(/\son\w+=|style="|https?:|<link(?! rel="icon")|src=/i)
  })

  test('tells every chosen run once, and every link leads to a place on the page', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(match => match[1]!)
    expect(new Set(ids).size).toBe(ids.length)
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(match => match[1]!)
    expect(links.length).toBeGreaterThan(20)
    for (const link of links) expect(ids).toContain(link)
    const runs = storylines.outcomes.flatMap(({ stories }) => stories.map(({ run }) => `run-${run}`))
    expect(ids.filter(id => id.startsWith('run-'))).toEqual(runs)
  })

  test('shows texts of a scenario as texts', () => {
    const hostile = '<img src=x onerror=alert(1)>"\'&\u202e'
    const actors = { ...document.actors, KAZ: { ...document.actors.KAZ!, name: hostile } }
    const events = Object.fromEntries(
      Object.entries(document.events).map(([id, event]) => [id, { ...event, title: hostile }]),
    )
    const bad = { ...document, title: hostile, question: hostile, actors, events }
    const shown = renderStorylines(
      { ...made.batch, scenario: { ...made.batch.scenario, document: bad } },
      storylines,
      attribution,
      bare,
    )
    expect(shown).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;')
    expect(shown).not.toContain('<img')
    expect(shown).not.toContain('\u202e')
  })

  test('is the same for the same batch, with no number that is not finite', () => {
    expect(renderStorylines(made.batch, storylines, attribution, bare)).toBe(page)
    expect(page).not.toMatch(/NaN|Infinity|undefined|null/)
  })
})

describe('the page of a run', () => {
  const of = (run: number, proof = 'The same.') => {
    const story = storylines.outcomes.flatMap(({ stories }) => stories).find(story => story.run === run)!
    const alone = summariseAttribution(made.batch, [run])
    const inputs = { delivered: 0.25, b_sanc: 1.5 }
    return renderRun(
      made.batch,
      { story, attribution: alone, inputs, scores: { status_quo: 0.05, shell: 0.5 }, proof },
      bare,
    )
  }

  test('tells all that happened, also to outsiders, with scores from the highest and inputs with their units', () => {
    const { run, moments } = storylines.outcomes[0]!.stories[0]!
    const text = of(run)
    expect(text).toContain(`<title>Run ${run}: `)
    expect(moments.some(moment => moment.kind === 'event' && moment.ends)).toBe(text.includes('No longer in force'))
    expect(text.indexOf('Symbolic shell</th>')).toBeLessThan(text.indexOf('Status quo</th>'))
    expect(text).toContain('0.2500')
    expect(text).toContain('In this run the parts add up to the change')
    expect(text).not.toMatch(/NaN|Infinity|undefined|± /)
  })

  test('escapes what it is given', () => {
    const { run } = storylines.outcomes[0]!.stories[0]!
    expect(of(run, '<b onclick=x>')).toContain('&lt;b onclick=x&gt;')
  })
})

describe('a told story', () => {
  test('has the title of every event that happened, in order of time, and looks back on every year', () => {
    let events = 0
    for (const { stories } of storylines.outcomes) {
      for (const story of stories) {
        const told = toldStory(story, document)
        const text = told.map(({ sentence }) => sentence).join('\n')
        for (const moment of story.moments) {
          if (moment.kind !== 'event' || moment.ends) continue
          expect(text).toContain(document.events[moment.event]!.title)
          events++
        }
        const quarters = told.filter(({ back }) => !back).map(({ quarter }) => quarter)
        expect(quarters).toEqual([...quarters].sort())
        expect(new Set(quarters).size).toBe(quarters.length)
        expect(told.filter(({ back }) => back)).toHaveLength(5)
        expect(text).not.toMatch(/\.\.|undefined|NaN| {2}/)
      }
    }
    expect(events).toBeGreaterThan(100)
  })

  test('is another story for another run', () => {
    const texts = storylines.outcomes.flatMap(({ stories }) =>
      stories.map(story =>
        toldStory(story, document)
          .map(({ sentence }) => sentence)
          .join(' '),
      ),
    )
    expect(texts.length).toBeGreaterThan(8)
    expect(new Set(texts).size).toBe(texts.length)
  })
})

describe('a waterfall', () => {
  test('leads from the start to the end without a step missing, for every actor and measure', () => {
    for (const { ID, OP, gap } of attribution.actors) {
      for (const split of [ID, OP, gap]) {
        const bars = waterfallBars(split, ['2025Q4', '2030Q4'], document)
        expect(bars[0]!.from).toBe(split.start)
        for (let n = 1; n < bars.length; n++) expect(Math.abs(bars[n]!.from - bars[n - 1]!.to)).toBeLessThan(1e-12)
        expect(bars.at(-1)!.to).toBe(split.end)
      }
    }
  })

  test('reads its numbers aloud', () => {
    expect(page).toMatch(/aria-label="Institutional alignment from 0\.\d{3} to 0\.\d{3}: \w+/)
  })
})
