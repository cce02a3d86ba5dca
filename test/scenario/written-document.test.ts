import { describe, expect, test } from 'vitest'
import { checkWritten } from '../../sim/scenario/written-document.ts'
import { load } from './files-in-memory.ts'

const { document } = await load('extends: baseline.yaml\ntitle: "red \\u009b31m"\n')
/** The same as a batch keeps it. */
const kept = (): Record<string, unknown> => JSON.parse(JSON.stringify(document))
const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)])

describe('the scenario of a batch', () => {
  test('is the one that was loaded, also with a text whose escapes stand for control characters', () => {
    expect(checkWritten(kept(), 'manifest.json')).toEqual(document)
  })

  test.each([
    ['that nests too deep', () => ({ ...kept(), zz: nested(40) }), /at most 32 levels/],
    ['with a reserved key', () => JSON.parse('{"groups":{"constructor":{}}}'), /another name than "constructor"/],
    ['with a number that is none', () => ({ ...kept(), groups: { g: Number.POSITIVE_INFINITY } }), /−2\^53 and 2\^53/],
    ['with a key that no scenario has', () => ({ ...kept(), extends: '/etc/passwd' }), /known key.*extends/],
    ['that refers to nothing', () => ({ ...kept(), groups: { g: { name: 'g', members: ['XYZ'] } } }), /XYZ/],
    ['that is a list', () => [], /keys and values/],
  ])('%s is refused', (_, value, message) => {
    expect(() => checkWritten(value(), 'manifest.json')).toThrow(message)
  })
})
