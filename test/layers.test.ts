import { describe, expect, test } from 'vitest'
import { codeOnly, sourceFiles } from './source-files.ts'

/** Which layer may use which: imports point down. A layer may always use itself. */
const below = {
  'sim/built': [],
  'sim/core': [],
  'sim/scenario': ['sim/core'],
  'sim/model': ['sim/scenario', 'sim/core'],
  'sim/design': ['sim/scenario', 'sim/core'],
  'sim/store': ['sim/model', 'sim/design', 'sim/scenario', 'sim/core'],
  'sim/execute': ['sim/built', 'sim/store', 'sim/model', 'sim/design', 'sim/scenario', 'sim/core'],
  'sim/analysis': ['sim/store', 'sim/model', 'sim/design', 'sim/scenario', 'sim/core'],
  reports: ['sim/built', 'sim/analysis', 'sim/store', 'sim/model', 'sim/design', 'sim/scenario', 'sim/core'],
} as const
type Layer = keyof typeof below
const layers = Object.keys(below) as Layer[]

/** Folders that run in a worker, on a page and in a test alike. */
const pure: readonly string[] = ['sim/core', 'sim/scenario', 'sim/model', 'sim/design', 'sim/analysis']
/** Folders whose numbers must not depend on how an engine rounds powers, exponentials and logarithms. */
const withoutPowers: readonly string[] = ['sim/core', 'sim/model']

/** The one door of each third-party package: folders or files. */
const doors: Readonly<Record<string, readonly string[]>> = {
  yaml: ['sim/scenario'],
  zod: ['sim/scenario/zod.ts'],
  seedrandom: ['sim/core', 'sim/design'],
  'simple-statistics': ['sim/analysis'],
  piscina: ['sim/execute'],
  bullmq: ['sim/execute/queue'],
  ioredis: ['sim/execute/queue'],
  hyparquet: ['sim/store'],
  'hyparquet-writer': ['sim/store'],
  yargs: ['sim/cli'],
  'cli-progress': ['sim/cli'],
  vega: ['reports'],
  'vega-lite': ['reports'],
  'vega-interpreter': ['reports'],
  '@resvg/resvg-js': ['reports/render'],
  'topojson-client': ['reports'],
  'world-atlas': ['reports'],
  geojson: ['reports'],
  'topojson-specification': ['reports'],
  vite: [
    'sim/vite.config.ts',
    'reports/licences-plugin.ts',
    'reports/vite.config.ts',
    'reports/explorer/vite.config.ts',
  ],
}

const within = (path: string, place: string) => path === place || path.startsWith(`${place}/`)
const layerOf = (path: string): Layer | undefined => layers.find(layer => within(path, layer))

/** What a file imports, also for types and at run time. */
function importsOf(source: string): string[] {
  const statement = /^\s*(?:import|export)\b[^;'"()]*?\bfrom\s*['"]([^'"]+)['"]/gm
  const bare = /^\s*import\s*['"]([^'"]+)['"]/gm
  const dynamic = /\bimport\(\s*['"]([^'"]+)['"]/g
  return [statement, bare, dynamic].flatMap(pattern => [...source.matchAll(pattern)].map(match => match[1]!))
}

function resolved(from: string, reference: string): string {
  return new URL(reference, `file:///${from}`).pathname.slice(1)
}

function problemsOfImport(path: string, reference: string): string[] {
  const layer = layerOf(path)
  if (reference.startsWith('.')) {
    const target = resolved(path, reference)
    const targetLayer = layerOf(target)
    const allowed: readonly string[] = layer ? [layer, ...below[layer]] : []
    if (layer === undefined || (targetLayer !== undefined && allowed.includes(targetLayer))) return []
    return [`${path}: expected imports from ${allowed.join(', ')}, got ${target}`]
  }
  if (reference.startsWith('node:')) {
    return pure.some(folder => within(path, folder)) ? [`${path}: expected no platform, got ${reference}`] : []
  }
  const name = reference
    .split('/')
    .slice(0, reference.startsWith('@') ? 2 : 1)
    .join('/')
  const places = doors[name]
  if (places === undefined) return [`${path}: expected a package with a door, got ${name}`]
  return places.some(place => within(path, place)) ? [] : [`${path}: expected ${name} in ${places.join(' or ')} only`]
}

/** Names a pure folder may not use, and operators without a fixed rounding. */
const impure = /(?<![.\w$])(?:Math\s*\.\s*random|Date|process|performance|crypto)\b(?!\s*:)/g
const powers = /\bMath\s*\.\s*(?:pow|exp|log)\b|\*\*/g

/** Every breach of the rules in some files, by path. */
function breaches(files: ReadonlyMap<string, string>): string[] {
  const found: string[] = []
  for (const [path, source] of files) {
    for (const reference of importsOf(source)) found.push(...problemsOfImport(path, reference))
    const code = codeOnly(source)
    if (pure.some(folder => within(path, folder))) {
      for (const [use] of code.matchAll(impure)) found.push(`${path}: expected no chance, clock or process, got ${use}`)
    }
    if (withoutPowers.some(folder => within(path, folder))) {
      for (const [use] of code.matchAll(powers)) found.push(`${path}: expected products, got ${use}`)
    }
  }
  return found
}

const files = sourceFiles(['sim', 'reports'])
const count = (place: string) => [...files.keys()].filter(path => within(path, place)).length

describe('the layers', () => {
  test.each([...layers, 'sim/cli'])('%s has files that were looked at', layer => {
    expect(count(layer)).toBeGreaterThan(0)
  })

  test('import from below only, through one door a package, and stay pure', () => {
    expect(breaches(files)).toEqual([])
  })

  test('were looked at import by import', () => {
    const imports = [...files].flatMap(([path, source]) => importsOf(source).map(reference => `${path} ${reference}`))
    expect(imports.length).toBeGreaterThan(100)
    expect(imports).toContain('sim/model/simulate.ts ../core/random.ts')
    expect(imports).toContain('sim/scenario/zod.ts zod')
    for (const [path, source] of files) {
      const lines = source.split('\n').filter(line => /^(?:import|export) .*\bfrom '|^\} from '/.test(line))
      expect(importsOf(source).length, path).toBeGreaterThanOrEqual(lines.length)
    }
  })
})

describe('a planted breach is reported', () => {
  const planted: [path: string, source: string, breach: RegExp][] = [
    [
      'sim/core/a.ts',
      "import { P } from '../scenario/parameter.ts'",
      /expected imports from sim\/core, got sim\/scenario/,
    ],
    ['sim/model/a.ts', "export { b } from '../design/b.ts'", /got sim\/design\/b.ts/],
    ['sim/design/a.ts', "import type { Model } from '../model/model.ts'", /got sim\/model\/model.ts/],
    ['sim/analysis/a.ts', "const run = await import('../execute/threads.ts')", /got sim\/execute/],
    ['sim/store/a.ts', "import {\n  one,\n  two,\n} from '../experiment.ts'", /got sim\/experiment.ts/],
    ['reports/a.ts', "import '../sim/cli/main.ts'", /got sim\/cli/],
    ['sim/model/mechanisms/a.ts', "import { readFileSync } from 'node:fs'", /expected no platform, got node:fs/],
    ['sim/model/a.ts', "import { mean } from 'simple-statistics'", /expected simple-statistics in sim\/analysis only/],
    ['sim/core/a.ts', "import alea from 'seedrandom/lib/alea.js'\nimport _ from 'lodash'", /a door, got lodash/],
    ['sim/core/a.ts', 'const u = Math.random()', /got Math.random/],
    ['sim/model/a.ts', `const text = \`at \${Date.now()}\``, /got Date/],
    ['sim/scenario/a.ts', 'if (process.env.DEBUG) log()', /got process/],
    ['sim/model/a.ts', 'const square = x ** 2', /expected products, got \*\*/],
    ['sim/core/a.ts', 'const cube = Math.pow(x, 3)', /got Math.pow/],
    ['sim/model/a.ts', 'const growth = Math.exp(x)', /got Math.exp/],
  ]

  test.each(planted)('in %s: %s', (path, source, breach) => {
    const found = breaches(new Map([[path, source]]))
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(breach)
  })

  test('and what only looks like one is not', () => {
    const innocent = [
      '// Math.random, Date and x ** 2 are not used here',
      `const text = 'process.env' + "Date" + \`a ** b \${one + \`\${two}\`} Math.pow\``,
      "const slashes = /[/*] ** 'Date/.test(text) /* Date */",
      'const row = { process: 1, at: other.process, Dated: 2 }',
    ].join('\n')
    expect(breaches(new Map([['sim/core/a.ts', innocent]]))).toEqual([])
    expect(
      breaches(new Map([['sim/experiment.ts', "import { hash } from 'node:crypto'\nimport './cli/main.ts'"]])),
    ).toEqual([])
  })
})
