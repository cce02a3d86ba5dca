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

/** Points of a prediction, 0 … 100. */
export interface Score {
  readonly points: number
  /** Half of the 95 % interval that the finite number of runs leaves. */
  readonly halfWidth: number
  /** What bars of one height (or the middle of the scale) would have got. */
  readonly evenPoints: number
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

/**
 * Points of a prediction against the ensemble, by the quadratic rule, under which nobody gains by predicting anything but
 * what they hold true. With p the bars and q the shares of the ensemble, both 0 … 1:
 *
 * - bars that sum to 1: 100 (1 − ½ Σ (p − q)²)
 * - a bar for each state: 100 (1 − mean (p − q)²)
 * - a number x on a scale from low to high, m the mean of the runs: 100 (1 − ((x − m) / (high − low))²), at least 0
 *
 * The half-width follows from the spread of the runs to first order.
 *
 * @see Brier (1950), Monthly Weather Review 78(1); Gneiting & Raftery (2007), JASA 102(477)
 */
export function scoreOf(runs: LessonRuns, bars: Prediction, predicted: readonly number[]): Score {
  const values = barValues(runs, bars)
  const shares = values.map(list => list.reduce((sum, value) => sum + value, 0) / list.length)
  const weight = bars.kind === 'actors' ? 1 / values.length : bars.kind === 'number' ? 1 : 0.5
  const width = bars.kind === 'number' ? bars.high - bars.low : 1
  const squared = (x: number) => x * x
  const pointsOf = (p: readonly number[]) =>
    Math.max(0, 100 * (1 - weight * p.reduce((sum, x, n) => sum + squared((x - shares[n]!) / width), 0)))
  // The slope of the points along what one run more would add.
  const influence = values[0]!.map((_, run) =>
    values.reduce(
      (sum, list, n) => sum + (200 * weight * (predicted[n]! - shares[n]!) * list[run]!) / squared(width),
      0,
    ),
  )
  return {
    points: pointsOf(predicted),
    halfWidth: meanOf(influence).halfWidth ?? 0,
    evenPoints: pointsOf(evenPrediction(bars)),
  }
}
