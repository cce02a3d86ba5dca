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
  let k = 0
  double[0] = x
  let high = words[highWord]!
  if (high < 0x00100000) {
    if (x === 0) return Number.NEGATIVE_INFINITY
    if (high < 0) return Number.NaN
    k = -54
    double[0] = x * 18014398509481984
    high = words[highWord]!
  }
  if (high >= 0x7ff00000) return x
  k += (high >> 20) - 1023
  high &= 0x000fffff
  const up = (high + 0x95f64) & 0x100000
  words[highWord] = high | (up ^ 0x3ff00000)
  k += up >> 20
  const f = double[0]! - 1
  if ((0x000fffff & (2 + high)) < 3) {
    if (f === 0) return k === 0 ? 0 : k * ln2High + k * ln2Low
    const r = f * f * (0.5 - 0.3333333333333333 * f)
    return k === 0 ? f - r : k * ln2High - (r - k * ln2Low - f)
  }
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373))
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)))
  const r = odd + even
  if (((high - 0x6147a) | (0x6b851 - high)) > 0) {
    const half = 0.5 * f * f
    return k === 0 ? f - (half - s * (half + r)) : k * ln2High - (half - (s * (half + r) + k * ln2Low) - f)
  }
  return k === 0 ? f - s * (f - r) : k * ln2High - (s * (f - r) - k * ln2Low - f)
}
