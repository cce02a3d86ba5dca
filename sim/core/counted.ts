/**
 * How many of something, in the singular where there is one.
 *
 * @param many - the plural, where it is not the singular with an s
 * @example counted(1, 'run') // => '1 run'
 * @example counted(0, 'run') // => '0 runs'
 * @example counted(2, 'uncertainty', 'uncertainties') // => '2 uncertainties'
 */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
