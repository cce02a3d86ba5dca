import seedrandom from 'seedrandom/lib/alea.js'
import { type Key, keyOf } from './random.ts'

/**
 * The root key of a seed text. A decimal integer from 0 to 2^53 − 1 is the key itself; any other text goes through
 * seedrandom's Alea.
 *
 * @example keyOfSeed('5') // => { low: 5, high: 0 }
 * @example keyOfSeed('4294967301') // => { low: 5, high: 1 }
 */
export function keyOfSeed(seed: string): Key {
  if (/^(0|[1-9]\d{0,15})$/.test(seed) && Number.isSafeInteger(Number(seed))) return keyOf(Number(seed))
  return keyOfText(seed)
}

/** A key from any text, for designs, shuffles and resampling: `<seed>/<purpose>`. */
export function keyOfText(text: string): Key {
  const draw = seedrandom(text)
  return { low: draw.int32(), high: draw.int32() }
}
