import { exitCode, UserError } from '../core/errors.ts'
import { suggest } from '../scenario/suggestion.ts'

/**
 * The place of an id in a list of the scenario; case does not count.
 *
 * @throws UserError that names the flag and the likely id
 */
export function placeOf(flag: string, ids: readonly string[], text: string, kind: string): number {
  const place = ids.findIndex(id => id.toLowerCase() === text.toLowerCase())
  if (place >= 0) return place
  throw new UserError(
    exitCode.usage,
    `--${flag}: expected one of the ${kind} of the scenario, got ${JSON.stringify(text)}; ${suggest(text, ids, kind)}`,
  )
}
