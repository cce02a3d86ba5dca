import type { Prediction } from '../../scenario/lesson-schema.ts'
import { meanOf } from '../hypothesis-figures.ts'
import { wilson } from '../intervals.ts'
import { differencesOf, estimateOf, valuesOf } from './estimate.ts'
import { barQuantities } from './load.ts'
import type { LessonRuns } from './runs.ts'

/** One bar of a prediction: `of` names it (an outcome, `falls`, `same`, `rises`, an actor, or the quantity). */
export interface Bar {
  readonly of: string
  /** What the ensemble gives, with its 95 % interval: a share 0 … 1, or the number itself. */
  readonly value: number
  readonly lower: number
  readonly upper: number
}

/** Points of a prediction, 0 … 100: 100 for the ensemble itself, 50 for bars of one height. */
export interface Score {
  readonly points: number
  /** Half of the 95 % interval that the finite number of runs leaves. */
  readonly halfWidth: number
}

/** Whether the bars of a prediction sum to 1. */
export function sumsToOne(bars: Prediction): boolean {
  return bars.kind === 'outcomes' || bars.kind === 'change'
}

/** Names of the bars of a prediction, in order. */
export function barNames(bars: Prediction): string[] {
  switch (bars.kind) {
    case 'outcomes':
      return barQuantities(bars).map(name => name.slice('class='.length))
    case 'change':
      return ['falls', 'same', 'rises']
    case 'actors':
      return [...bars.actors]
    case 'number':
      return [bars.quantity]
  }
}

/** A prediction that says nothing: bars of one height, or the middle of the scale. */
export function evenPrediction(bars: Prediction): number[] {
  if (bars.kind === 'number') {
    const steps = Math.round((bars.high - bars.low) / 2 / bars.step)
    return [Number((bars.low + steps * bars.step).toPrecision(12))]
  }
  const names = barNames(bars)
  return names.map(() => (sumsToOne(bars) ? 1 / names.length : 0.5))
}

/** What each run says of each bar: 0 or 1, or the number, [bars][runs]. */
function barValues(runs: LessonRuns, bars: Prediction): (readonly number[])[] {
  const flags = (values: readonly number[], is: (value: number) => boolean) => values.map(v => (is(v) ? 1 : 0))
  switch (bars.kind) {
    case 'outcomes':
      return barQuantities(bars).map(quantity => valuesOf(runs, bars.world, quantity))
    case 'change': {
      const differences = differencesOf(runs, bars.quantity, bars.world, bars.against)
      const { same } = bars
      return [
        flags(differences, d => d < -same),
        flags(differences, d => d >= -same && d <= same),
        flags(differences, d => d > same),
      ]
    }
    case 'actors':
      return barQuantities(bars).map(quantity =>
        flags(differencesOf(runs, quantity, bars.world, bars.against), d =>
          bars.direction === 'rises' ? d > bars.by : d < -bars.by,
        ),
      )
    case 'number':
      return [
        bars.against === undefined
          ? valuesOf(runs, bars.world, bars.quantity)
          : differencesOf(runs, bars.quantity, bars.world, bars.against),
      ]
  }
}

/** What the ensemble gives for each bar. */
export function barsOf(runs: LessonRuns, bars: Prediction): Bar[] {
  const names = barNames(bars)
  if (bars.kind === 'number') return [{ of: names[0]!, ...estimateOf(runs, bars.quantity, bars.world, bars.against) }]
  return barValues(runs, bars).map((flags, n) => {
    const { share, lower, upper } = wilson(
      flags.reduce((sum, flag) => sum + flag, 0),
      flags.length,
    )
    return { of: names[n]!, value: share, lower, upper }
  })
}

/** Bars of one height may by chance be right; they then count as if their squared distance were this. */
const leastDistance = 0.005

/**
 * Points of a prediction against the ensemble: 100 − 50 D / E, at least 0. D is the sum of squared differences between the
 * bars and the shares of the ensemble, both 0 … 1, and E the same for bars of one height, at least 0.005. For a number
 * the differences are parts of its scale, and E belongs to the middle of the scale. It is the Brier score of the
 * prediction relative to that of one that knows nothing, as a skill score. The half-width follows from the spread of the
 * runs to first order.
 *
 * @see Brier (1950), Monthly Weather Review 78(1); Murphy (1988), Monthly Weather Review 116(12), for skill scores
 */
export function scoreOf(runs: LessonRuns, bars: Prediction, predicted: readonly number[]): Score {
  const values = barValues(runs, bars)
  const width = bars.kind === 'number' ? bars.high - bars.low : 1
  const away = (p: readonly number[]) =>
    values.map((list, n) => (p[n]! - list.reduce((sum, value) => sum + value, 0) / list.length) / width)
  const squares = (list: readonly number[]) => list.reduce((sum, x) => sum + x * x, 0)
  const own = away(predicted)
  const even = away(evenPrediction(bars))
  const D = squares(own)
  const E = Math.max(leastDistance, squares(even))
  // What one run more would add, by the slopes of D and E.
  const influence = values[0]!.map((_, run) =>
    values.reduce((sum, list, n) => {
      const x = list[run]! / width
      return sum + (100 * (own[n]! * E - (E > leastDistance ? even[n]! * D : 0)) * x) / (E * E)
    }, 0),
  )
  return { points: Math.max(0, 100 - (50 * D) / E), halfWidth: meanOf(influence).halfWidth ?? 0 }
}
