import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { scenarioJsonSchema } from '../../sim/scenario/json-schema.ts'
import { parameterTable } from '../../sim/scenario/parameter-table.ts'
import { scenarioReference, withReference } from '../../sim/scenario/reference.ts'
import { byBase, listed } from '../../sim/scenario/shipped-reference.ts'
import { baseline } from './files-in-memory.ts'
import { accepts } from './json-schema.ts'

const shipped = readdirSync('scenarios')
  .filter(name => name.endsWith('.yaml'))
  .map(name => listed(name, readFileSync(`scenarios/${name}`, 'utf8')))

describe('scenarios/README.md', () => {
  /** The formatter pads the columns of tables; what they say is the same. */
  const unpadded = (markdown: string) =>
    markdown
      .replace(/ +/g, ' ')
      .replace(/-{3,}/g, '---')
      .replace(/\n{3,}/g, '\n\n')

  test('holds the reference as the code gives it (npm run build && node test/scenario/write-readme.js)', () => {
    const readme = readFileSync('scenarios/README.md', 'utf8')
    const fresh = (text: string) => unpadded(text) === unpadded(withReference(text, scenarioReference(shipped)))
    expect(fresh(readme)).toBe(true)
    expect(fresh(readme.replace('`title`', '`titel`'))).toBe(false)
  })

  test('has a row for every parameter and a meaning in every row of keys', () => {
    const reference = scenarioReference(shipped)
    for (const name of Object.keys(parameterTable)) expect(reference).toContain(`| \`${name}\` |`)
    const keys = reference.split('## Every key')[1]!.split('### Figures')[0]!
    const rows = keys.split('\n').filter(line => line.startsWith('| `'))
    expect(rows.length).toBeGreaterThan(90)
    for (const row of rows) expect(row, row).not.toMatch(/\| {2}\|$/)
  })

  test('lists every scenario of the folder once, with its question, below the one it extends', () => {
    const files = byBase(shipped).map(({ file }) => file)
    expect([...files].sort()).toEqual(readdirSync('scenarios').filter(name => name.endsWith('.yaml')))
    expect(files.slice(0, 2)).toEqual(['baseline.yaml', 'cis-plus-2030.yaml'])
    const list = scenarioReference(shipped).split('## Every key')[0]!
    for (const { file, title, question, base } of shipped) {
      expect(list).toContain(
        `| [${file}](${file}) | ${title} | ${question} | ${base === undefined ? '' : `\`${base}\``} |`,
      )
      if (base !== undefined) expect(files.indexOf(file)).toBeGreaterThan(files.indexOf(base))
    }
    expect(new Set(shipped.map(({ question }) => question)).size).toBe(shipped.length)
  })

  test('needs a title and a question of each scenario', () => {
    expect(() => listed('x.yaml', 'extends: baseline.yaml\ntitle: t\n')).toThrow('x.yaml: expected a title')
  })

  test('refuses a README without its marks', () => {
    expect(() => withReference('# Scenarios', '')).toThrow('expected the comments')
  })
})

describe('the JSON Schema', () => {
  const schema = scenarioJsonSchema()

  test.each(readdirSync('scenarios').filter(name => name.endsWith('.yaml')))('accepts %s', name => {
    expect(accepts(schema, parse(readFileSync(`scenarios/${name}`, 'utf8')))).toBe(true)
  })

  test('refuses a scenario with a wrong key, type, range, or nothing required', () => {
    const good = parse(baseline)
    expect(accepts(schema, good)).toBe(true)
    expect(accepts(schema, { ...good, zzz: 1 })).toBe(false)
    expect(accepts(schema, { ...good, title: 3 })).toBe(false)
    expect(accepts(schema, { ...good, batch: { runs: 0 } })).toBe(false)
    expect(accepts(schema, { ...good, actors: undefined })).toBe(false)
    expect(accepts(schema, { ...good, title: null })).toBe(false)
  })

  test('lets a file that extends another be partial, but not wrong', () => {
    const over = (rest: object) => accepts(schema, { extends: 'baseline.yaml', ...rest })
    expect(over({})).toBe(true)
    expect(over({ actors: { ARM: { name: 'x' } }, groups: { g: null }, note: null })).toBe(true)
    expect(over({ actors: { ARM: { nmae: 'x' } } })).toBe(false)
    expect(over({ actors: { ARM: { sovereignty: { value: 1 } } } })).toBe(false)
    expect(over({ levers: { ticket: { distribution: 'uniform', low: 0 } } })).toBe(false)
    expect(accepts(schema, { extends: 3 })).toBe(false)
    expect(accepts(schema, { extends: 'baseline.yaml', qestion: 'x' })).toBe(false)
  })
})
