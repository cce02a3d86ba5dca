import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { sourceFiles } from './source-files.ts'

/** One `@example expression // => value` of a doc comment. */
interface Example {
  readonly path: string
  readonly line: number
  readonly expression: string
  readonly value: string
}

const form = /@example\s+(?<expression>\S.*?)\s*\/\/ =>\s*(?<value>.*?)\s*(?:\*\/)?$/

/** Every example of a file. Throws for one that is not written `@example expression // => value` on one line. */
function examplesOf(path: string, source: string): Example[] {
  return source.split('\n').flatMap((text, n) => {
    if (!/^\s*(?:\/\*\*|\*).*@example\b/.test(text)) return []
    const match = form.exec(text)?.groups
    if (!match) throw new Error(`${path}:${n + 1}: expected \`@example expression // => value\`, got ${text.trim()}`)
    return [{ path, line: n + 1, expression: match.expression!, value: match.value! }]
  })
}

/** The value of a text of code, with the exports of a module in scope. */
function evaluate(code: string, scope: Record<string, unknown>): unknown {
  return new Function(...Object.keys(scope), `'use strict'; return (${code})`)(...Object.values(scope))
}

function check({ expression, value }: Example, scope: Record<string, unknown>): void {
  expect(evaluate(expression, scope)).toEqual(evaluate(value, scope))
}

const files = sourceFiles(['sim', 'reports'])
const examples = [...files].flatMap(([path, source]) => examplesOf(path, source))

describe('the examples in doc comments', () => {
  test('are all found', () => {
    expect(examples.length).toBeGreaterThan(20)
    expect(new Set(examples.map(({ path }) => path)).size).toBeGreaterThan(8)
    const written = [...files.values()].join('\n').match(/^\s*(?:\/\*\*|\*).*@example\b/gm)
    expect(examples).toHaveLength(written!.length)
  })

  test.each(examples)('$path:$line says true that $expression is $value', async example => {
    const place = fileURLToPath(new URL(`../${example.path}`, import.meta.url))
    const module = (await import(/* @vite-ignore */ place)) as Record<string, unknown>
    check(example, module)
  })
})

describe('an example that is wrong', () => {
  const scope = { twice: (x: number) => 2 * x, pair: (x: number) => ({ value: x, list: [x] }) }
  const of = (text: string) => examplesOf('a.ts', text)

  test.each([
    '/** Doubles. @example twice(2) // => 5 */',
    ' * @example pair(1) // => { value: 1, list: [2] }',
    ' * @example pair(1) // => { value: 1 }',
    ' * @example thrice(1) // => 3',
    ' * @example twice(2) // => 4 4',
  ])('fails: %s', text => {
    const found = of(text)
    expect(found).toHaveLength(1)
    expect(() => check(found[0]!, scope)).toThrow()
  })

  test('is told from one that is right', () => {
    for (const text of [
      '/** Doubles. @example twice(2) // => 4 */',
      ' * @example pair(1) // => { value: 1, list: [1] }',
    ]) {
      check(of(text)[0]!, scope)
    }
  })

  test('is reported with its place when it has another form', () => {
    expect(() => of('/**\n * @example twice(2)\n */')).toThrow(/a\.ts:2: expected `@example expression/)
  })
})
