import { barNames, evenPrediction, sumsToOne } from '../../../sim/analysis/lesson/score.ts'
import type { Prediction } from '../../../sim/scenario/lesson-schema.ts'
import { evenBars } from './rebalance.ts'

/** What the bars show before anybody touched them: whole percents, or the number. */
export function untouched(bars: Prediction): number[] {
  const even = evenPrediction(bars)
  if (bars.kind === 'number') return even
  return sumsToOne(bars) ? evenBars(even.length) : even.map(value => 100 * value)
}

/** Whether numbers, from an address for instance, are a prediction somebody could have made with the bars. */
export function isGuess(bars: Prediction, numbers: readonly number[]): boolean {
  if (numbers.length !== barNames(bars).length) return false
  if (bars.kind === 'number') return numbers[0]! >= bars.low && numbers[0]! <= bars.high
  if (!numbers.every(bar => Number.isInteger(bar) && bar >= 0 && bar <= 100)) return false
  return !sumsToOne(bars) || numbers.reduce((sum, bar) => sum + bar, 0) === 100
}

/** Decimals a number on the scale of a prediction needs. */
export function digitsOf(step: number): number {
  return Math.min(4, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)))
}
