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
