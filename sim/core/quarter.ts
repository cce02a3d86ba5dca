/**
 * Quarters between two quarters written like 2026Q1.
 *
 * @example quartersBetween('2025Q4', '2026Q1') // => 1
 * @example quartersBetween('2025Q4', '2030Q4') // => 20
 */
export function quartersBetween(from: string, to: string): number {
  return ordinal(to) - ordinal(from)
}

/**
 * The quarter some quarters after another.
 *
 * @example quarterAfter('2025Q4', 2) // => '2026Q2'
 */
export function quarterAfter(from: string, quarters: number): string {
  const n = ordinal(from) + quarters
  return `${Math.floor(n / 4)}Q${(((n % 4) + 4) % 4) + 1}`
}

function ordinal(quarter: string): number {
  return Number(quarter.slice(0, 4)) * 4 + Number(quarter.slice(5)) - 1
}
