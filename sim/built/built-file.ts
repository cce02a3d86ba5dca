import { existsSync } from 'node:fs'

/** The folder of the package, wherever this module lies: in the sources, compiled, or in a bundle. */
let folder = new URL('.', import.meta.url)
while (!existsSync(new URL('package.json', folder))) folder = new URL('..', folder)

/**
 * Where a file lies that the build makes.
 *
 * @param path - within the folder of built files, such as `reports/page/map.json`
 */
export function builtFile(path: string): URL {
  return new URL(`dist/${path}`, folder)
}
