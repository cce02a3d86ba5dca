/**
 * Time on charts: a year with its fraction. A tick is the state at the end of its quarter, and an event acts during one, so
 * that an event lies before the first tick that it touches.
 */

/** @example quarterStart('2026Q3') // => 2026.5 */
export function quarterStart(quarter: string): number {
  return Number(quarter.slice(0, 4)) + (Number(quarter.slice(5)) - 1) / 4
}

/** @example quarterEnd('2026Q3') // => 2026.75 */
export function quarterEnd(quarter: string): number {
  return quarterStart(quarter) + 0.25
}

/** The quarter that begins at a time. */
function quarterFrom(year: number): string {
  const whole = Math.floor(year + 1e-6)
  return `${whole}Q${Math.round((year - whole) * 4) + 1}`
}

/** The quarter that ends at a time. @example quarterUntil(2026.75) // => '2026Q3' */
export function quarterUntil(year: number): string {
  return quarterFrom(year - 0.25)
}

/** A window in words. @example windowWords(2026.5, 2027) // => '2026Q3 to 2026Q4' */
export function windowWords(from: number, to: number): string {
  return to - from > 0.3 ? `${quarterFrom(from)} to ${quarterUntil(to)}` : quarterFrom(from)
}

/** Years that begin inside the time shown; every second or fifth where there are many. @example wholeYears([2026, 2028.25]) // => [2026, 2027, 2028] */
export function wholeYears(years: readonly number[]): number[] {
  const first = Math.ceil(years[0]!)
  const count = Math.ceil(years.at(-1)!) - first
  const step = count <= 6 ? 1 : count <= 12 ? 2 : 5
  return Array.from({ length: Math.max(0, count) }, (_, n) => first + n).filter((_, n) => n % step === 0)
}
