import { UserError } from '../../../sim/core/errors.ts'
import type { ScenarioShelf } from '../scenario-shelf.ts'
import { mostBytes } from '../scenario-shelf.ts'

/**
 * Puts scenario files somebody chose on the shelf and checks the one the others do not stand for: of several, the one
 * nobody extends.
 *
 * @returns its name and the texts of all of them
 * @throws UserError with every problem, its line and column, as the command line words it
 */
export async function openFiles(
  files: readonly File[],
  shelf: ScenarioShelf,
): Promise<{ readonly name: string; readonly texts: Readonly<Record<string, string>> }> {
  const texts: Record<string, string> = {}
  for (const file of files) {
    if (file.size > mostBytes) throw new UserError(65, `${file.name}: expected at most 1 MiB, got more`)
    texts[file.name] = await file.text()
  }
  const names = Object.keys(texts)
  const extended = new Set(
    Object.values(texts).flatMap(text => /^extends:\s*["']?([^"'\s#]+)/m.exec(text)?.[1]?.split('/').at(-1) ?? []),
  )
  const name = names.find(one => !extended.has(one)) ?? names[0]
  if (name === undefined) throw new UserError(66, 'expected a scenario file, got none')
  for (const [one, text] of Object.entries(texts)) shelf.open(one, text)
  await shelf.load(name)
  return { name, texts }
}
