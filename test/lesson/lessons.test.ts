import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { classSeed } from '../../sim/analysis/lesson/class-code.ts'
import { checkFinding } from '../../sim/analysis/lesson/estimate.ts'
import { explainLesson } from '../../sim/analysis/lesson/explanation.ts'
import { loadLesson } from '../../sim/analysis/lesson/load.ts'
import { lessonQuantity } from '../../sim/analysis/lesson/quantity.ts'
import { createLessonComputer, joinBlocks } from '../../sim/analysis/lesson/runs.ts'
import { barsOf, evenPrediction, scoreOf, sumsToOne } from '../../sim/analysis/lesson/score.ts'
import { compileScenario } from '../../sim/scenario/compile.ts'
import { lessonJsonSchema } from '../../sim/scenario/json-schema.ts'
import type { Lesson } from '../../sim/scenario/lesson.ts'
import { lessonReference } from '../../sim/scenario/lesson-reference.ts'
import { withReference } from '../../sim/scenario/reference.ts'
import { scenarioFiles } from '../../sim/scenario-files.ts'
import { accepts } from '../scenario/json-schema.ts'

const folder = 'scenarios/lessons'
const names = readdirSync(folder).filter(name => name.endsWith('.yaml'))
const loaded = new Map(
  names.map(name => [name, loadLesson(`${folder}/${name}`, scenarioFiles(`${folder}/${name}`))] as const),
)
const lessonOf = (name: string) => loaded.get(name)!
/** The first runs of a lesson: what it claims must be clear before the class has all of them. */
const firstRuns = (lesson: Lesson, seed: string, runs: number) =>
  joinBlocks(lesson, seed, [createLessonComputer(lesson, seed)(0, runs)])

test('there are at least six lessons and a template', () => {
  expect(names).toContain('template.yaml')
  expect(names.length).toBeGreaterThanOrEqual(7)
})

describe.each(names)('%s', name => {
  test('is accepted without a warning, and by the JSON Schema', async () => {
    const { warnings, document } = await lessonOf(name)
    expect(warnings).toEqual([])
    expect(document.minutes).toBeGreaterThanOrEqual(10)
    expect(document.minutes).toBeLessThanOrEqual(15)
    expect(accepts(lessonJsonSchema(), parse(readFileSync(`${folder}/${name}`, 'utf8')))).toBe(true)
  })

  test('finds what it claims in the world of a class, with fewer runs than the class sees', async () => {
    const lesson = await lessonOf(name)
    const runs = firstRuns(lesson, classSeed('Blue Room 7')!, 400)
    expect(runs.failed).toBe(0)
    for (const finding of lesson.document.findings)
      expect(checkFinding(runs, finding).verdict, finding.claim).toBe('holds')
  })

  test('says which way its terms push, and the terms add up', async () => {
    const { document, ...rest } = await lessonOf(name)
    const { waterfalls } = explainLesson({ document, ...rest }, 'blue room 7', 100)
    for (const { from, to, parts } of waterfalls)
      expect(parts.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(to - from, 12)
    for (const [driver, direction] of Object.entries(document.explain.drivers)) {
      const { lower, upper } = waterfalls[0]!.parts.find(({ term }) => term === driver)!
      expect(direction === 'raises' ? lower : -upper, driver).toBeGreaterThan(0)
    }
  })

  test('has no digit in what it says of the model', async () => {
    const { document } = await lessonOf(name)
    const said = [
      ...document.findings.map(({ claim }) => claim),
      document.explain.text,
      ...document.discuss,
      ...document.limits,
      ...document.teacher.note,
    ]
    for (const text of said) expect(text.replace(/\b2030\b/g, '')).not.toMatch(/\d/)
  })
})

describe('the runs of a lesson', () => {
  test('are the same in one block and in several', async () => {
    const lesson = await lessonOf('template.yaml')
    const compute = createLessonComputer(lesson, 'blue')
    const parts = joinBlocks(lesson, 'blue', [compute(0, 30), compute(30, 70)])
    expect(parts).toEqual(firstRuns(lesson, 'blue', 100))
    expect(parts.runs).toBe(100)
    expect(firstRuns(lesson, 'red', 100).values).not.toEqual(parts.values)
  })

  test('a finding whose bound the runs do not reach fails, and one on the edge is open', async () => {
    const lesson = await lessonOf('template.yaml')
    const runs = firstRuns(lesson, 'blue', 100)
    const [finding] = lesson.document.findings
    expect(checkFinding(runs, { ...finding!, above: 0.9 }).verdict).toBe('fails')
    const { estimate } = checkFinding(runs, finding!)
    expect(checkFinding(runs, { ...finding!, above: estimate.value }).verdict).toBe('open')
  })
})

describe('points', () => {
  test('are 100 for the shares of the ensemble, and for nothing else', async () => {
    for (const name of names) {
      const lesson = await lessonOf(name)
      const { bars } = lesson.document.predict
      const runs = firstRuns(lesson, 'blue', 60)
      const truth = barsOf(runs, bars).map(({ value }) => value)
      if (sumsToOne(bars)) expect(truth.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
      expect(scoreOf(runs, bars, truth).points).toBeCloseTo(100, 9)
      expect(scoreOf(runs, bars, evenPrediction(bars)).points).toBeCloseTo(50, 9)
    }
  })

  const synthetic = (values: number[]) => ({
    quantities: ['x'],
    worlds: ['b'],
    shares: [false],
    starts: [[0]],
    values: [[values]],
    seed: '',
    runs: values.length,
    failed: 0,
  })
  const bars = { kind: 'change', quantity: 'x', world: 'b', against: 'start', same: 0.5 } as const

  test('follow from squared differences', () => {
    const runs = synthetic([1, 1, 1, -1])
    // Shares 0.25, 0, 0.75: bars of one height are 1/12, 1/3 and 5/12 off.
    const even = 1 / 144 + 1 / 9 + 25 / 144
    expect(scoreOf(runs, bars, [0, 0, 1]).points).toBeCloseTo(100 - (50 * 0.125) / even, 12)
    expect(scoreOf(runs, bars, [0, 1, 0]).points).toBe(0)
    const number = { kind: 'number', quantity: 'x', world: 'b', low: -1, high: 1, step: 0.1 } as const
    // The mean is 0.5: a quarter of the scale from 1 and from 0, which is the middle.
    expect(scoreOf(runs, number, [1]).points).toBeCloseTo(50, 12)
    expect(scoreOf(runs, number, [0.6]).points).toBeCloseTo(98, 12)
  })

  test('carry the interval that finite runs leave', () => {
    const withShare = (runs: number, falling: number) =>
      synthetic(Array.from({ length: runs }, (_, run) => (run < falling * runs ? -1 : 1)))
    const guess = [0.5, 0, 0.5]
    const { points, halfWidth } = scoreOf(withShare(100, 0.25), bars, guess)
    expect(halfWidth / scoreOf(withShare(10_000, 0.25), bars, guess).halfWidth).toBeCloseTo(10, 1)
    // 100 runs leave the share within 1.96 √(0.25 · 0.75 / 100); points move by about the half-width that far away.
    const moved = Math.abs(scoreOf(withShare(10_000, 0.25 + 0.085), bars, guess).points - points)
    expect(moved / halfWidth).toBeGreaterThan(0.6)
    expect(moved / halfWidth).toBeLessThan(1.4)
  })
})

test('a class code is the same seed however it is typed', () => {
  expect(classSeed('  Blue  ROOM 7')).toBe('blue room 7')
  expect(classSeed(' \t ')).toBeUndefined()
})

describe('scenarios/lessons/README.md', () => {
  const readme = readFileSync(`${folder}/README.md`, 'utf8')

  test('holds the reference as the code gives it (npm run docs)', () => {
    const unpadded = (text: string) =>
      text
        .replace(/ +/g, ' ')
        .replace(/-{3,}/g, '---')
        .replace(/\n{3,}/g, '\n\n')
    const fresh = (text: string) => unpadded(text) === unpadded(withReference(text, lessonReference()))
    expect(fresh(readme)).toBe(true)
    expect(fresh(readme.replace('`minutes`', '`minuets`'))).toBe(false)
  })

  test('names quantities that exist, and every lesson with its question', async () => {
    const { base } = await lessonOf('template.yaml')
    const rows = readme
      .split('## Quantities')[1]!
      .split('<!--')[0]!
      .matchAll(/^\| `([^`]+)`/gm)
    const scenario = compileScenario(base)
    const known = [...rows].map(([, quantity]) => lessonQuantity(quantity!, scenario, 20)?.name)
    expect(known).toHaveLength(8)
    expect(known).not.toContain(undefined)
    for (const name of names.filter(one => one !== 'template.yaml')) {
      const { document } = await lessonOf(name)
      expect(readme).toContain(`[${document.lesson}](${name})`)
      expect(readme).toContain(document.question)
    }
  })
})
