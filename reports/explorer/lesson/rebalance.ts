/**
 * Whole percents that sum to 100 after one of them is set: the others keep their proportions, and what rounding leaves goes
 * to the largest remainders, of equals to the earlier.
 *
 * @example rebalance([50, 30, 20], 0, 75) // => [75, 15, 10]
 * @example rebalance([100, 0, 0], 0, 0) // => [0, 50, 50]
 */
export function rebalance(bars: readonly number[], place: number, value: number): number[] {
  const own = Math.min(100, Math.max(0, Math.round(value)))
  if (bars.length < 2) return bars.map(() => 100)
  const rest = 100 - own
  const sum = bars.reduce((total, bar, n) => total + (n === place ? 0 : bar), 0)
  const exact = bars.map((bar, n) => {
    if (n === place) return own
    return sum > 0 ? (rest * bar) / sum : rest / (bars.length - 1)
  })
  const whole = exact.map(Math.floor)
  const missing = 100 - whole.reduce((total, bar) => total + bar, 0)
  const order = exact
    .map((bar, n) => ({ n, remainder: bar - whole[n]! }))
    .sort((a, b) => b.remainder - a.remainder || a.n - b.n)
  for (const { n } of order.slice(0, missing)) whole[n]! += 1
  return whole
}

/** Whole percents of one height that sum to 100. @example evenBars(3) // => [34, 33, 33] */
export function evenBars(count: number): number[] {
  return Array.from({ length: count }, (_, n) => Math.floor(100 / count) + (n < 100 % count ? 1 : 0))
}
