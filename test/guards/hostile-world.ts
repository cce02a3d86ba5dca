import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadScenarioFile } from '../../sim/scenario-files.ts'
// biome-ignore lint/suspicious/noTsIgnore: plain JavaScript, which the ordeal reads as well
// @ts-ignore
import { hostileTexts } from '../hostile-texts.js'

const texts: readonly string[] = hostileTexts

/** About the same texts, with letters in place of everything that could mean something; no two are the same. */
const harmless = texts.map((text, n) => {
  const letters = text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '')
    .replace(/[^\p{L}\p{N} ]/gu, 'x')
  return `${letters.slice(0, -3).trimStart()}${String(n).padStart(3, 'x')}`
})

/**
 * Writes `hostile/scenarios/world.yaml` and its twin `harmless/scenarios/world.yaml`, each a variant of the main scenario
 * with a text in every place where one may stand: titles, names, notes, sources, reasons of expectations.
 *
 * @param first - which text becomes the title; the others follow
 * @returns how many places there are
 */
export async function writeTwins(folder: string, first: number): Promise<number> {
  const { document } = await loadScenarioFile('scenarios/cis-plus-2030.yaml')
  let places = 0
  for (const [name, list] of Object.entries({ hostile: texts, harmless })) {
    for (const file of ['baseline.yaml', 'cis-plus-2030.yaml'])
      await cp(`scenarios/${file}`, join(folder, name, 'scenarios', file))
    places = 0
    const next = () => list[(first + places++) % list.length]!
    const each = (table: object, keys: readonly string[]) =>
      Object.fromEntries(Object.entries(table).map(([id]) => [id, Object.fromEntries(keys.map(key => [key, next()]))]))
    const world = {
      extends: 'cis-plus-2030.yaml',
      title: next(),
      question: next(),
      note: next(),
      actors: each(document.actors, ['name']),
      institutions: each(document.institutions, ['name']),
      corridors: each(document.corridors, ['name']),
      groups: each(document.groups, ['name']),
      events: each(document.events, ['title', 'system', 'note']),
      sources: Object.fromEntries(Object.keys(document.sources).map(id => [id, next()])),
      expect: Object.fromEntries(
        Array.from({ length: 12 }, (_, n) => [`e${n}`, { share: 'duality', at_least: n / 12, why: next() }]),
      ),
    }
    await writeFile(join(folder, name, 'scenarios', 'world.yaml'), escapedJson(world))
  }
  return places
}

/** JSON in ASCII: what a file may not hold as it is, a text can still hold. */
function escapedJson(value: unknown): string {
  return JSON.stringify(value, null, 1).replace(
    /[\u007f-\uffff]/g,
    mark => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
