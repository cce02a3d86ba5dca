import type { Key } from '../core/random.ts'

/**
 * The place of item n in a keyed random order of `size` items, without storing the order: a four-round Feistel network
 * over the next power of four, walked until it lands inside. O(1) expected, a bijection on 0 … size − 1.
 *
 * @param n - integer, 0 … size − 1
 * @param size - integer, 1 … 2^32
 * @see Black & Rogaway (2002), Ciphers with arbitrary finite domains
 */
export function permute(n: number, size: number, { low, high }: Key): number {
  let half = 2
  while (half * half < size) half *= 2
  const mask = half - 1
  let place = n
  do {
    let left = Math.floor(place / half)
    let right = place % half
    for (let round = 0; round < 4; round++) {
      const mixed = (left + mix(right ^ low, high + round)) & mask
      left = right
      right = mixed
    }
    place = left * half + right
  } while (place >= size)
  return place
}

/** A 32-bit mix of a word and a key word. @see Appleby (2011), MurmurHash3, final mix */
function mix(word: number, key: number): number {
  let h = Math.imul(word ^ Math.imul(key, 0x9e3779b1), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
