import { beforeAll, describe, expect, test } from 'vitest'
import type { ChartData } from '../../reports/charts/chart-data.ts'
import { type EventMark, eventMarks } from '../../reports/charts/event-marks.ts'
import { reported, reportOf } from './reported.ts'

let data: ChartData
beforeAll(async () => {
  data = reportOf(await reported(undefined, 'ukraine-settlement', 40)).data.batch as ChartData
})

describe('the time axis', () => {
  test('has a tick at the end of its quarter, so that an event of a quarter stands before the tick it first touches', () => {
    // Tick 0 is the end of 2025Q4.
    expect([data.years[0], data.years[1], data.years.at(-1)]).toEqual([2026, 2026.25, 2031])
    const settlement = data.events.find(({ title }) => title === 'Settlement in Ukraine')!
    expect([settlement.from, settlement.to]).toEqual([2026.75, 2027])
    const [mark] = eventMarks({ ...data, events: [settlement] }) as [EventMark]
    const [before, after] = [data.years[3]!, data.years[4]!]
    expect(mark.year).toBeGreaterThan(before)
    expect(mark.year).toBeLessThan(after)
  })
})

describe('the marks in the fans', () => {
  const dataOf = async (name: string) => reportOf(await reported(undefined, name, 40)).data.batch as ChartData
  const saysOf = (data: ChartData) => eventMarks(data).map(({ says }) => says)

  test('name the event a scenario is about', async () => {
    expect(saysOf(data)).toContainEqual(expect.stringMatching(/^2026Q4 · Settlement in Ukraine · 100\s%$/))
    expect(saysOf(await dataOf('sanctions-wave'))).toContainEqual(
      expect.stringMatching(/^2026Q2 to 2027Q1 · Another package of secondary sanctions · 100\s%$/),
    )
  })

  test('name the common shock in its quarter', async () => {
    expect(saysOf(await dataOf('shock-between-poles'))).toContainEqual(
      expect.stringMatching(/^2028Q1 · Common shock: every exposed state is coerced · 100\s%$/),
    )
    expect(saysOf(data).join()).not.toContain('Common shock')
  })

  test('are at most six, in order, and so far apart that their numbers do not collide', () => {
    const marks = eventMarks(data)
    expect(marks.map(({ number }) => number)).toEqual(['1', '2', '3', '4', '5', '6'])
    const gaps = marks.slice(1).map(({ year }, n) => year - marks[n]!.year)
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0.3)
  })
})
