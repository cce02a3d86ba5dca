import { exp, log } from './exponential.ts'
import { normalQuantile } from './normal.ts'

/** What can be sampled; the same shapes as in a scenario file. */
export type Distribution =
  | { readonly distribution: 'uniform'; readonly low: number; readonly high: number }
  | { readonly distribution: 'triangular'; readonly low: number; readonly mode: number; readonly high: number }
  | {
      readonly distribution: 'pert'
      readonly low: number
      readonly mode: number
      readonly high: number
      readonly shape: number
    }
  | {
      readonly distribution: 'normal'
      readonly mean: number
      readonly sd: number
      readonly low?: number | undefined
      readonly high?: number | undefined
    }
  | {
      readonly distribution: 'lognormal'
      readonly median: number
      readonly sigma: number
      readonly low?: number | undefined
      readonly high?: number | undefined
    }
  | {
      readonly distribution: 'discrete'
      readonly values: readonly number[]
      readonly weights?: readonly number[] | undefined
    }
  | { readonly distribution: 'fixed'; readonly value: number }

/**
 * The quantile function of a distribution: turns a uniform strictly inside (0, 1) into a draw, increasing in it, so that
 * strata of the uniform are strata of the draw. Bounds of a normal or lognormal truncate it.
 *
 * @example quantileOf({ distribution: 'triangular', low: 0, mode: 1, high: 2 })(0.5) // => 1
 * @example quantileOf({ distribution: 'discrete', values: [3, 7], weights: [1, 3] })(0.3) // => 7
 */
export function quantileOf(d: Distribution): (u: number) => number {
  switch (d.distribution) {
    case 'uniform':
      return u => d.low + (d.high - d.low) * u
    case 'triangular':
      return triangular(d.low, d.mode, d.high)
    case 'pert': {
      const width = d.high - d.low
      const alpha = 1 + (d.shape * (d.mode - d.low)) / width
      const beta = 1 + (d.shape * (d.high - d.mode)) / width
      return u => d.low + width * betaQuantile(u, alpha, beta)
    }
    case 'normal':
      return truncatedNormal(d.mean, d.sd, d.low, d.high)
    case 'lognormal': {
      const logOf = (bound: number | undefined) =>
        bound === undefined ? undefined : bound > 0 ? log(bound) : Number.NEGATIVE_INFINITY
      const quantile = truncatedNormal(log(d.median), d.sigma, logOf(d.low), logOf(d.high))
      return u => exp(quantile(u))
    }
    case 'discrete':
      return discrete(d.values, d.weights)
    case 'fixed':
      return () => d.value
  }
}

function triangular(low: number, mode: number, high: number): (u: number) => number {
  const width = high - low
  const turn = (mode - low) / width
  return u => (u < turn ? low + Math.sqrt(u * width * (mode - low)) : high - Math.sqrt((1 - u) * width * (high - mode)))
}

function truncatedNormal(
  mean: number,
  sd: number,
  low = Number.NEGATIVE_INFINITY,
  high = Number.POSITIVE_INFINITY,
): (u: number) => number {
  const from = normalCdf((low - mean) / sd)
  const to = normalCdf((high - mean) / sd)
  return u => Math.min(high, Math.max(low, mean + sd * normalQuantile(from + (to - from) * u)))
}

function discrete(values: readonly number[], weights: readonly number[] | undefined): (u: number) => number {
  const mass = weights ?? values.map(() => 1)
  const total = mass.reduce((sum, w) => sum + w, 0)
  let sum = 0
  const steps = mass.map(w => {
    sum += w
    return sum / total
  })
  const last = values.length - 1
  return u => {
    const n = steps.findIndex(step => u < step)
    return values[n < 0 ? last : n]!
  }
}

/**
 * Distribution function of the standard normal, absolute error below 10⁻¹⁵.
 *
 * @see West (2005), Better approximations to cumulative normal functions, Wilmott (after Hart 1968)
 * @example normalCdf(0) // => 0.5
 */
export function normalCdf(x: number): number {
  const a = Math.abs(x)
  if (a > 37) return x > 0 ? 1 : 0
  const tail = exp((-a * a) / 2)
  let upper: number
  if (a < 7.07106781186547) {
    const above =
      (((((3.52624965998911e-2 * a + 0.700383064443688) * a + 6.37396220353165) * a + 33.912866078383) * a +
        112.079291497871) *
        a +
        221.213596169931) *
        a +
      220.206867912376
    const below =
      ((((((8.83883476483184e-2 * a + 1.75566716318264) * a + 16.064177579207) * a + 86.7807322029461) * a +
        296.564248779674) *
        a +
        637.333633378831) *
        a +
        793.826512519948) *
        a +
      440.413735824752
    upper = (tail * above) / below
  } else upper = tail / ((a + 1 / (a + 2 / (a + 3 / (a + 4 / (a + 0.65))))) * 2.506628274631)
  return x > 0 ? 1 - upper : upper
}

/**
 * Quantile of the beta distribution by Newton steps inside a shrinking bracket, to about 10⁻¹³.
 *
 * @example Math.abs(betaQuantile(0.5, 2, 2) - 0.5) < 1e-12 // => true
 */
export function betaQuantile(u: number, alpha: number, beta: number): number {
  const logNorm = logGamma(alpha + beta) - logGamma(alpha) - logGamma(beta)
  let low = 0
  let high = 1
  let x = alpha / (alpha + beta)
  for (let step = 0; step < 100; step++) {
    const error = incompleteBeta(x, alpha, beta, logNorm) - u
    if (error > 0) high = x
    else low = x
    const density = exp(logNorm + (alpha - 1) * log(x) + (beta - 1) * log(1 - x))
    const newton = x - error / density
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (Math.abs(next - x) < 1e-14) return next
    x = next
  }
  return x
}

/**
 * Chance that at least `count` of `runs` succeed when each does with a chance of `share`: the upper tail of the binomial
 * distribution, exact to about 10⁻⁹. Cost O(√runs).
 *
 * @param share - 0 … 1
 * @example binomialTail(1, 2, 0.5).toFixed(12) // => '0.750000000000'
 */
export function binomialTail(count: number, runs: number, share: number): number {
  if (count <= 0 || share >= 1) return 1
  if (count > runs || share <= 0) return 0
  const [a, b] = [count, runs - count + 1]
  return incompleteBeta(share, a, b, logGamma(a + b) - logGamma(a) - logGamma(b))
}

/** Regularised incomplete beta function by Lentz's continued fraction. @see DiDonato & Morris (1992), TOMS 708 */
function incompleteBeta(x: number, a: number, b: number, logNorm: number): number {
  const front = exp(logNorm + a * log(x) + b * log(1 - x))
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  const away = (v: number) => (Math.abs(v) < tiny ? tiny : v)
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    value *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    const factor = d * c
    value *= factor
    if (Math.abs(factor - 1) < 1e-15) break
  }
  return value
}

/** Logarithm of the gamma function for x > 0. @see Lanczos (1964); coefficients of Godfrey (2001), g = 7, n = 9 */
export function logGamma(x: number): number {
  const coefficients = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ]
  const shifted = x - 1
  const t = shifted + 7.5
  let sum = 0.9999999999998099
  for (let n = 0; n < coefficients.length; n++) sum += coefficients[n]! / (shifted + n + 1)
  return 0.9189385332046727 + (shifted + 0.5) * log(t) - t + log(sum)
}
