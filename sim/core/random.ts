/**
 * Philox4x32-10, the counter-based generator every draw of a run comes from: four 32-bit words are a pure function of
 * a key and a counter, so a draw never depends on another draw.
 *
 * @see Salmon, Moraes, Dror & Shaw (2011), Parallel random numbers: as easy as 1, 2, 3, SC11
 */

const mul0Low = 0x1f53
const mul0High = 0xd251
const mul1Low = 0x8d57
const mul1High = 0xcd9e
const mul0 = 0xd2511f53 | 0
const mul1 = 0xcd9e8d57 | 0
const weyl0 = 0x9e3779b9 | 0
const weyl1 = 0xbb67ae85 | 0

/** High 32 bits of the product of two 32-bit words, the first given as 16-bit halves. */
function high(multiplierHigh: number, multiplierLow: number, word: number): number {
  const wordLow = word & 0xffff
  const wordHigh = word >>> 16
  const lowLow = Math.imul(multiplierLow, wordLow)
  const middle = (Math.imul(multiplierHigh, wordLow) + (lowLow >>> 16)) | 0
  const carry = (Math.imul(multiplierLow, wordHigh) + (middle & 0xffff)) | 0
  return (Math.imul(multiplierHigh, wordHigh) + (middle >>> 16) + (carry >>> 16)) | 0
}

/** A 64-bit key as two words; from a seed in 0 … 2^53 − 1 the low word and the rest. */
export interface Key {
  readonly low: number
  readonly high: number
}

/** @param seed - integer, 0 … 2^53 − 1; a RangeError otherwise */
export function keyOf(seed: number): Key {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new RangeError(`seed: expected an integer from 0 to 2^53 − 1, got ${seed}`)
  return { low: seed | 0, high: Math.floor(seed / 4294967296) | 0 }
}

/**
 * Writes the four words at (key; run, actor, tick, purpose) to `words`, each as a signed 32-bit integer.
 *
 * Only one of the four counter words after the first round, and two after the second, depend on the actor; `philoxAt`
 * and `philoxActor` split the work there for callers that draw for many actors.
 */
export function philox(words: Int32Array, key: Key, run: number, actor: number, tick: number, purpose: number): void {
  const shared = new Int32Array(8)
  philoxAt(shared, key, run, tick, purpose)
  philoxActor(words, shared, actor)
}

/** The part of `philox` that all actors at (key; run, tick, purpose) share; fills `shared` (8 words). */
export function philoxAt(shared: Int32Array, key: Key, run: number, tick: number, purpose: number): void {
  // Round 1; the actor enters c0 by exclusive or, later.
  const c0 = high(mul1High, mul1Low, tick) ^ key.low
  const c1 = Math.imul(mul1, tick)
  const c2 = high(mul0High, mul0Low, run) ^ purpose ^ key.high
  const c3 = Math.imul(mul0, run)
  const key0 = (key.low + weyl0) | 0
  const key1 = (key.high + weyl1) | 0
  // Round 2, the half that does not see the actor.
  shared[0] = c0
  shared[1] = high(mul1High, mul1Low, c2) ^ c1 ^ key0
  shared[2] = Math.imul(mul1, c2)
  shared[3] = c3 ^ key1
  shared[4] = (key0 + weyl0) | 0
  shared[5] = (key1 + weyl1) | 0
}

/** The rest of `philox` for one actor; fills `words` (4 words). */
export function philoxActor(words: Int32Array, shared: Int32Array, actor: number): void {
  const first = shared[0]! ^ actor
  let c0 = shared[1]!
  let c1 = shared[2]!
  let c2 = high(mul0High, mul0Low, first) ^ shared[3]!
  let c3 = Math.imul(mul0, first)
  let key0 = shared[4]!
  let key1 = shared[5]!
  for (let round = 0; round < 8; round++) {
    const next0 = high(mul1High, mul1Low, c2) ^ c1 ^ key0
    const next2 = high(mul0High, mul0Low, c0) ^ c3 ^ key1
    c1 = Math.imul(mul1, c2)
    c3 = Math.imul(mul0, c0)
    c0 = next0
    c2 = next2
    key0 = (key0 + weyl0) | 0
    key1 = (key1 + weyl1) | 0
  }
  words[0] = c0
  words[1] = c1
  words[2] = c2
  words[3] = c3
}

/**
 * `philoxActor` at two addresses at once, words 0–3 and 4–7: the rounds of one hide the latency of the other, which takes
 * a third off the time of two calls.
 */
export function philoxActorPair(words: Int32Array, sharedA: Int32Array, sharedB: Int32Array, actor: number): void {
  const firstA = sharedA[0]! ^ actor
  const firstB = sharedB[0]! ^ actor
  let a0 = sharedA[1]!
  let a1 = sharedA[2]!
  let a2 = high(mul0High, mul0Low, firstA) ^ sharedA[3]!
  let a3 = Math.imul(mul0, firstA)
  let b0 = sharedB[1]!
  let b1 = sharedB[2]!
  let b2 = high(mul0High, mul0Low, firstB) ^ sharedB[3]!
  let b3 = Math.imul(mul0, firstB)
  let key0 = sharedA[4]!
  let key1 = sharedA[5]!
  for (let round = 0; round < 8; round++) {
    const nextA0 = high(mul1High, mul1Low, a2) ^ a1 ^ key0
    const nextB0 = high(mul1High, mul1Low, b2) ^ b1 ^ key0
    const nextA2 = high(mul0High, mul0Low, a0) ^ a3 ^ key1
    const nextB2 = high(mul0High, mul0Low, b0) ^ b3 ^ key1
    a1 = Math.imul(mul1, a2)
    b1 = Math.imul(mul1, b2)
    a3 = Math.imul(mul0, a0)
    b3 = Math.imul(mul0, b0)
    a0 = nextA0
    b0 = nextB0
    a2 = nextA2
    b2 = nextB2
    key0 = (key0 + weyl0) | 0
    key1 = (key1 + weyl1) | 0
  }
  words[0] = a0
  words[1] = a1
  words[2] = a2
  words[3] = a3
  words[4] = b0
  words[5] = b1
  words[6] = b2
  words[7] = b3
}

/**
 * A word as a uniform strictly inside (0, 1).
 *
 * @example uniform(0) // => 1.1641532182693481e-10
 * @example uniform(-1) // => 0.9999999998835847
 */
export function uniform(word: number): number {
  return ((word >>> 0) + 0.5) * 2.3283064365386963e-10
}
