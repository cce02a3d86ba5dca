/**
 * exp and log by plain arithmetic. JavaScript leaves the last bit of `Math.exp` and `Math.log` to the engine, and engines
 * differ: Chromium 156 and Node 20 in one value of ten. Products, sums and quotients are the same everywhere, so runs
 * made of these two are, too. Both are the algorithms of fdlibm and give its values, to the last bit.
 *
 * @see FreeBSD msun, e_exp.c and e_log.c: Copyright (C) 1993, 2004 by Sun Microsystems, Inc. All rights reserved.
 *   Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved.
 */

const ln2High = 0.6931471803691238
const ln2Low = 1.9082149292705877e-10

/** 2^k at k + 1023, for k = −1022 … 1023. */
const powersOfTwo = Float64Array.from({ length: 2047 }, (_, n) => {
  let power = 1
  for (let k = 1023; k < n; k++) power *= 2
  for (let k = 1023; k > n; k--) power /= 2
  return power
})
const tiny = powersOfTwo[23]!

/** exp(x), with an error below one unit in the last place. @example exp(0) // => 1 */
export function exp(x: number): number {
  const size = Math.abs(x)
  if (!(size < 709)) return extreme(x)
  if (size < shortest) return 1 + x
  if (size < halfStep) {
    const c = correction(x)
    return 1 - ((x * c) / (c - 2) - x)
  }
  return reduced(x, size)
}

/** 2⁻²⁸: below it 1 + x is exact. */
const shortest = 3.725290298461914e-9
/** About ½ ln 2 and 3/2 ln 2, where the algorithm changes over: doubles whose low word is 0. */
const halfStep = 0.3465735912322998
const oneAndHalfStep = 1.0397205352783203

function correction(r: number): number {
  const t = r * r
  return (
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))))
  )
}

/** exp(x) as 2^k exp(r), |r| up to about ½ ln 2. */
function reduced(x: number, size: number): number {
  if (x === 1) return Math.E
  let k: number
  let high: number
  let low: number
  if (size < oneAndHalfStep) {
    k = x < 0 ? -1 : 1
    high = x - k * ln2High
    low = k * ln2Low
  } else {
    k = (Math.LOG2E * x + (x < 0 ? -0.5 : 0.5)) | 0
    high = x - k * ln2High
    low = k * ln2Low
  }
  const r = high - low
  const c = correction(r)
  const y = 1 - (low - (r * c) / (2 - c) - high)
  if (k > 1023) return y * 2 * powersOfTwo[2046]!
  if (k < -1021) return y * powersOfTwo[k + 1000 + 1023]! * tiny
  return y * powersOfTwo[k + 1023]!
}

function extreme(x: number): number {
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY
  if (x < -745.1332191019411) return 0
  return Number.isNaN(x) ? x : reduced(x, Math.abs(x))
}

const double = new Float64Array(1)
const words = new Int32Array(double.buffer)
/** Which of the two words of a double has its sign. */
const highWord = new Uint8Array(Float64Array.of(-0).buffer)[7] === 0x80 ? 1 : 0

/** log(x), with an error below one unit in the last place; NaN below 0. @example log(1) // => 0 */
export function log(x: number): number {
  double[0] = x
  const high = words[highWord]!
  return high < 0x00100000 || high >= 0x7ff00000 ? unusual(x) : logOf(x, high, 0)
}

/** log of what is no normal number above 0. */
function unusual(x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY
  if (x < 0) return Number.NaN
  if (!(x < Number.POSITIVE_INFINITY)) return x
  double[0] = x * 18014398509481984
  return logOf(double[0], words[highWord]!, -54)
}

/** log(x · 2^scale) of a normal number with this high word, as k ln 2 + log(1 + f), 1 + f from about √½ to √2. */
function logOf(x: number, high: number, scale: number): number {
  const up = (high & 0x000fffff) + 0x95f64
  const exponent = (high >> 20) - 1023 + (up >> 20)
  const k = exponent + scale
  const f = x * powersOfTwo[1024 - exponent]! * 0.5 - 1
  const lastHigh = k * ln2High
  const lastLow = k * ln2Low
  if ((0x000fffff & (2 + high)) < 3) {
    const r = f * f * (0.5 - 0.3333333333333333 * f)
    return lastHigh - (r - lastLow - f)
  }
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373))
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)))
  const r = odd + even
  const fraction = high & 0x000fffff
  if (((fraction - 0x6147a) | (0x6b851 - fraction)) > 0) {
    const half = 0.5 * f * f
    return lastHigh - (half - (s * (half + r) + lastLow) - f)
  }
  return lastHigh - (s * (f - r) - lastLow - f)
}
