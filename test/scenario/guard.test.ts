import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UserError } from '../../sim/core/errors.ts'
import { baseline, load, placesOf } from './files-in-memory.ts'

const mebibyte = 1 << 20
const filled = (text: string) => text.repeat(Math.ceil(mebibyte / text.length)).slice(0, mebibyte)
const keys = (count: number) => Array.from({ length: count }, (_, i) => `k${i}: 1`)

describe('a hostile document', () => {
  test.each([
    ['brackets', filled('['), '1:33 nesting-limit'],
    ['braces', filled('{a: '), '1:129 nesting-limit'],
    ['dashes', filled('- '), '1:65 nesting-limit'],
    ['question marks', filled('? '), '1:65 nesting-limit'],
    ['colons', filled(': '), '1:65 nesting-limit'],
    ['keys on one line', filled('a: '), '1:98 nesting-limit'],
    [
      'keys that step in',
      Array.from({ length: 1400 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      '33:34 nesting-limit',
    ],
    [
      'dashes that step in',
      Array.from({ length: 1400 }, (_, i) => `${' '.repeat(i)}-`).join('\n'),
      '33:33 nesting-limit',
    ],
    ['brackets left open', filled('a: [\n'), '2001:1 key-limit'],
    ['forty thousand keys', keys(40_000).join('\n'), '2001:1 key-limit'],
    ['forty thousand keys in braces', `{${keys(40_000).join(', ')}}`, 'key-limit'],
    ['a million commas', `[${filled(',').slice(1)}`, 'token-limit'],
    ['a million blank lines', filled('\n'), 'token-limit'],
    ['a million notes', filled('#\n'), 'token-limit'],
    ['quotes left open', filled("- 'x\n"), 'token-limit'],
    ['a million backslashes', `a: "${filled('\\').slice(4)}`, '1:4 break-limit'],
    ['half a million escapes that YAML does not know', `a: "${filled('\\q').slice(4)}`, '1:4 break-limit'],
    ['half a million lines with a tab', `a: |\n  ${filled('\t\n').slice(8)}`, '2:1 break-limit'],
    ['one megabyte and one', `${filled('x')}x`, '1:1 file-size'],
    ['an anchor', 'a: &a [1]\nb: 2', '1:4 yaml-anchor'],
    ['an alias', 'a: 1\nb: *a', '2:4 yaml-alias'],
    ['a tag', 'a: !!float 1', '1:4 yaml-tag'],
    ['a directive', '%YAML 1.1\n---\na: 1', '1:1 yaml-directive'],
    ['a second document', 'a: 1\n---\nb: 1', '2:1 yaml-documents'],
    ['a second document after an end', 'a: 1\n...\nb: 1', '3:1 yaml-documents'],
    ['a merge key', 'extends: baseline.yaml\n<<: { title: x }', '2:1 reserved-key'],
    ['a prototype', 'extends: baseline.yaml\n__proto__: { title: x }', '2:1 reserved-key'],
    ['a constructor', 'extends: baseline.yaml\nactors: { constructor: { name: x } }', '2:11 reserved-key'],
    ['a quoted name of an object', 'extends: baseline.yaml\nactors: { "toString": 1 }', '2:11 reserved-key'],
    ['an escaped prototype', 'extends: baseline.yaml\nactors: { "\\x5f_proto__": 1 }', '2:11 reserved-key'],
    ['a key twice', 'extends: baseline.yaml\ntitle: a\ntitle: b', '3:1 repeated-key'],
    ['a map as a key', 'extends: baseline.yaml\n? { a: 1 }\n: 2', '2:3 key-form'],
    ['a tab before a key', 'batch:\n\truns: 1', '2:1 yaml-tab-as-indent'],
    ['NUL', 'title: a\0b', '1:9 control-character'],
    ['an escape character', 'title: \u001b[31m', '1:8 control-character'],
    ['a lone carriage return', 'a: 1\rb: 2', '1:5 control-character'],
    ['UTF-16 read as UTF-8', '\ufffd\ufffdt\0i\0', '1:1 encoding'],
    ['UTF-16 without a mark', 't\0i\0', '1:1 encoding'],
    ['a wrong byte', 'title: a\ufffd', '1:9 encoding'],
    ['half a surrogate pair', 'title: \ud800', '1:8 control-character'],
    ['nothing', '', '1:1 scenario-form'],
    ['a list', '- 1', '1:1 scenario-form'],
    ['a bare word', 'hello', '1:1 scenario-form'],
  ])('with %s is refused with its place', async (_, text, place) => {
    const places = await placesOf(text)
    expect(places[0]).toMatch(place.includes(' ') ? new RegExp(`^${place}$`) : new RegExp(`${place}$`))
  })

  test('may nest 32 levels and have 2,000 keys, and not one more', async () => {
    const nested = (depth: number) => `extends: baseline.yaml\nzz: ${'['.repeat(depth)}${']'.repeat(depth)}`
    expect(await placesOf(nested(31))).toEqual(['2:1 unknown-key'])
    expect(await placesOf(nested(32))).toEqual(['2:36 nesting-limit'])
    const sources = (count: number) =>
      `extends: baseline.yaml\nsources: { ${Array.from({ length: count }, (_, i) => `S${i}: s`).join(', ')} }`
    expect(await placesOf(sources(2_000))).toEqual([])
    expect((await placesOf(sources(2_001)))[0]).toMatch(/key-limit$/)
  })

  test('with brackets, anchors and tags inside quotes and notes is no hostile document', async () => {
    const text = `extends: baseline.yaml # &a *a !a\ntitle: '${'['.repeat(500)} &a *a !!x %'\n`
    expect(await placesOf(text)).toEqual([])
  })

  test('reserved names are inert as values', async () => {
    const { document } = await load('extends: baseline.yaml\ntitle: __proto__\nquestion: constructor\n')
    expect([document.title, document.question]).toEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf(document)).toBe(Object.prototype)
  })

  test.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty'])(
    '%s names nothing, wherever a name is expected',
    async name => {
      const event = (effects: string, more = '') =>
        `extends: baseline.yaml\nsources: { me: x }\nevents: { e: { title: t, source: me, grade: D, at: 2026Q1, ${more} effects: [${effects}] } }\n`
      for (const text of [
        ...['driver', 'variable', 'parameter', 'tier', 'corridor'].map(key => event(`{ ${key}: ${name}, add: 0.1 }`)),
        event(`{ driver: growth, of: ${name}, add: 0.1 }`),
        event('{ driver: war, set: 1 }', `actors: [${name}],`),
        `extends: baseline.yaml\noptions: [russia, china, ${name}, west, turkiye, south, own]\n`,
        `extends: baseline.yaml\ngroups: { g: { name: g, members: [${name}] } }\n`,
        `extends: baseline.yaml\nactors: { ARM: { pole: ${name} } }\n`,
      ])
        expect(await placesOf(text), text).not.toEqual([])
    },
  )

  test('with Windows line ends and a byte-order mark reads as any other', async () => {
    const { document } = await load(`\ufeff${'extends: baseline.yaml\ntitle: a\n'.replaceAll('\n', '\r\n')}`)
    expect(document.title).toBe('a')
    expect(await placesOf('extends: baseline.yaml\r\ntitle: 3\r\n')).toEqual(['2:8 title-type'])
  })

  test('made by mutating a good one is loaded or refused, never a crash', async () => {
    const alphabet = [
      ...'[]{}:,-?&*!|>\'"%@`#\\ \n\t0a',
      '\r\n',
      '\n  ',
      ': ',
      '- ',
      'null',
      '.inf',
      '1e400',
      '<<: ',
      '---\n',
      '\0',
      '\ufffd',
    ]
    // The start of the baseline and one actor: every kind of section, short enough for thousands of loads.
    const seed = `${baseline.slice(0, baseline.indexOf('  AZE:'))}`
    let refused = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(seed.length - 1), fc.nat(3), fc.constantFrom(...alphabet)), {
          minLength: 1,
          maxLength: 6,
        }),
        async edits => {
          let text = seed
          for (const [at, cut, put] of edits) text = text.slice(0, at) + put + text.slice(at + cut)
          try {
            await load(text)
          } catch (error) {
            if (!(error instanceof UserError) || error.message.length === 0) throw error
            refused += 1
          }
        },
      ),
      // The ordeal loads thousands of mutilated scenarios; these are for whoever runs the tests alone.
      { numRuns: 400, seed: 20251010 },
    )
    expect(refused).toBeGreaterThan(100)
  }, 120_000)
})
