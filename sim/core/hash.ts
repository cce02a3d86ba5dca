/**
 * FNV-1a, 32 bits, over the UTF-8 bytes of a text: a short address for a name.
 *
 * Not a checksum and not safe against somebody who looks for collisions; whoever needs distinct addresses compares them.
 *
 * @see Fowler, Noll & Vo, http://www.isthe.com/chongo/tech/comp/fnv/
 * @example fnv1a('foobar') // => 0xbf9cf968
 */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}
