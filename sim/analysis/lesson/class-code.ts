/**
 * The seed a class code stands for: the code in small letters with single spaces, as a seed text. The same code is the same
 * world on every machine, in the page and on the command line.
 *
 * @example classSeed('  Blue  Room 7 ') // => 'blue room 7'
 */
export function classSeed(code: string): string | undefined {
  const seed = code.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ').slice(0, 200)
  return seed === '' ? undefined : seed
}
