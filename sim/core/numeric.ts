import { exp } from './exponential.ts'
/** Limits x to 0 … 1. NaN stays NaN. */
export function clamp01(x: number): number {
  return x < 0 ? 0 : Math.min(x, 1)
}

/** Limits x to low … high. NaN stays NaN. */
export function clamp(x: number, low: number, high: number): number {
  return x < low ? low : Math.min(x, high)
}

/** Whether `expShort` is exact at x. False for NaN. */
export function isShort(x: number): boolean {
  return x * x < 0.0625
}

/**
 * exp(x) for the short steps alignment takes in a quarter, |x| < 1/4, by the diagonal Padé quotient of degree 5. Its
 * error is that of rounding, below 10⁻¹⁵ relative; a series as exact takes twice the operations.
 *
 * @example expShort(0) // => 1
 */
export function expShort(x: number): number {
  const square = x * x
  const even = 30240 + square * (3360 + square * 30)
  const odd = x * (15120 + square * (420 + square))
  return (even + odd) / (even - odd)
}

/**
 * exp(x), by `expShort` where that is exact and by the full exponential beyond.
 *
 * @example expStep(0) // => 1
 */
export function expStep(x: number): number {
  return isShort(x) ? expShort(x) : exp(x)
}
